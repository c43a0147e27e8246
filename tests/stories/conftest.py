"""Stories get a theatre of their own each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import HE, LIN, WANG, ZHOU
from tests.databases import database
from tests.stories.outfit import Outfit, outfitted
from tests.stories.theatre import Theatre, theatre

__all__ = ["database", "outfit", "stage"]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Theatre]:
    """The desk is open, everybody but the manager is on duty, and nothing was said yet."""
    async with theatre(tmp_path) as opened:
        for staff_id in (LIN, ZHOU, HE, WANG):
            opened.world.user_starts(staff_id)
            opened.world.user_writes(staff_id, staff_id, "/on")
        await opened.seen()
        yield opened


@pytest.fixture
async def outfit(tmp_path: Path) -> AsyncIterator[Outfit]:
    """A world behind a server, and the settings file that leads a bot to it."""
    async with outfitted(tmp_path) as made:
        yield made
