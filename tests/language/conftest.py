"""The dictionary is loaded once for all language tests: it takes most of a second."""

import time

import pytest

from bot.language.segmenter import JiebaSegmenter

ORDINARY = "您好,您反映的冰柜漏水我们登记了,师傅今天下午两点到店,请您留一位同事开门。" * 110
"""About as long as a message may be."""
MOST = 0.05
"""Seconds that any text may take, on a machine that cuts an ordinary one in ten milliseconds."""


@pytest.fixture(scope="session")
def segmenter() -> JiebaSegmenter:
    warmed = JiebaSegmenter()
    warmed.warm()
    return warmed


@pytest.fixture
def most(segmenter: JiebaSegmenter) -> float:
    """Seconds that a text of 4,096 characters may take on this machine, as slow as it is now."""
    return max(MOST, MOST / 0.010 * min(_cut(segmenter) for _ in range(3)))


def _cut(segmenter: JiebaSegmenter) -> float:
    start = time.thread_time()
    segmenter.words(ORDINARY[:4096])
    return time.thread_time() - start
