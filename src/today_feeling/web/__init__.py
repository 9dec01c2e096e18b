"""The HTTP face of the services, and the built web app."""
