"""Finding and reading a face in a picture. Runs on the user's device, never in the server."""
