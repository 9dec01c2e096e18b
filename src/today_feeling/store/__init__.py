"""What is remembered: SQLAlchemy tables and the queries on them, one noun a module."""
