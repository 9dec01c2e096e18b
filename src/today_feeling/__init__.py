"""Today Feeling: a camera sees how you are, on your own device, and the right music plays."""

__version__ = "0.1.0"
