"""Bodies of requests and responses. Nothing in a request is free text: no picture fits in."""
