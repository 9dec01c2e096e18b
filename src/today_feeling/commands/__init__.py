"""What a person types: one module a subject, each imported only when its command runs."""
