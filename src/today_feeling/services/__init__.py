"""The use cases. They know neither HTTP nor pictures."""
