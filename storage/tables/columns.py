"""The kinds of columns that several tables have."""

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Text

from storage.types import UtcDateTime


def big_id() -> Any:
    """A key that counts up by itself; SQLite does so for INTEGER only."""
    return Column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True)


def big(*, nullable: bool = False, **more: Any) -> Any:
    """A Telegram id: 64 bits."""
    return Column(BigInteger, nullable=nullable, **more)


def instant(*, nullable: bool = False) -> Any:
    """A moment, UTC."""
    return Column(UtcDateTime, nullable=nullable)


def long_text(*, default: str = "") -> Any:
    """Any length."""
    return Column(Text, nullable=False, server_default=default)
