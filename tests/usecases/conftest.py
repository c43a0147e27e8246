"""Use cases are played on a desk of their own each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.usecases.played import Played, played


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Played]:
    """The cast at work."""
    async with played(tmp_path) as opened:
        yield opened
