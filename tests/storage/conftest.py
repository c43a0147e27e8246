"""Storage tests run on both engines."""

from tests.databases import database, storage

__all__ = ["database", "storage"]
