"""The dictionary is loaded once for all language tests: it takes most of a second."""

import pytest

from bot.language.segmenter import JiebaSegmenter


@pytest.fixture(scope="session")
def segmenter() -> JiebaSegmenter:
    warmed = JiebaSegmenter()
    warmed.warm()
    return warmed
