"""Use cases are played on a desk of their own each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import database, storage
from tests.usecases.played import Played, played

__all__ = ["database", "storage"]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Played]:
    """The cast at work."""
    async with played(tmp_path) as opened:
        yield opened
