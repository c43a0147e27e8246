"""Alembic: what made the tables, step by step."""
