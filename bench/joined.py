"""Replies that are joined of two, for the close reader: hard words beside plain information.

Authors who write an impatient reply write it impatient from end to end. In a shop's day it is five characters before an
answer that is right, and a reader that has not met with these takes the whole for information. Hard words stay hard
beside whatever is told: neither 请 nor an answer makes them good.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Final

from bench.replies import Reply
from bot.desk.lint import Category

COUNT: Final = 4000
HARD: Final = frozenset({Category.IMPATIENT, Category.BLAME})
"""What stays so beside an answer. (A refusal is none once it is explained, nor is passing on that is followed up.)"""
SHORT: Final = range(3, 15)
"""So many characters hard words have that are said beside something else."""
PLAIN: Final = range(7, 33)
"""So many, the information beside them."""
BEFORE: Final = 0.7
"""So often hard words come first."""
MARKS: Final = (",", ",", ",", ",", ",", " ")
STOPS: Final = ("。", "", "")
SEED: Final = 11


def joined(replies: Sequence[Reply]) -> Iterator[Reply]:
    """So many sentences, each of one reply's hard words and another's plain ones, with the labels of the former."""
    chance = random.Random(SEED)
    hard = [one for one in replies if one.wanted & HARD and Category.SHIRK not in one.wanted and _is_one(one, SHORT)]
    kind = [one for one in replies if one.author and not one.wanted and _is_one(one, PLAIN)]
    for _ in range(COUNT):
        one, other = chance.choice(hard), chance.choice(kind)
        words = [_bare(one), _bare(other)]
        text = chance.choice(MARKS).join(words if chance.random() < BEFORE else words[::-1]) + chance.choice(STOPS)
        yield Reply([text], [frozenset()], one.wanted, "", is_firm=False, is_whole=one.is_whole)


def _is_one(reply: Reply, lengths: range) -> bool:
    """Whether it is a single sentence of such a length."""
    return len(reply.sentences) == 1 and len(_bare(reply)) in lengths


def _bare(reply: Reply) -> str:
    return reply.sentences[0].strip().rstrip("。！!，,.…~；;")
