"""Which case a command is about, and the other words of it."""

import re
from collections.abc import Callable
from typing import Final

from bot.desk.case import Case
from bot.usecases.at_hand import Spot, case_at, require_case
from bot.usecases.ports import Work

NUMBER: Final = re.compile(r"(#?)(\d{1,15})(?:\s+|$)")
Waiting = Callable[[], list[int]]


def case_named(work: Work, spot: Spot, rest: str, waiting: Waiting = lambda: []) -> tuple[Case | None, str]:
    """The case that a command is about, and the other words: `#12` anywhere, a bare `12` where no case is at hand,
    else the topic's or the replied message's, else the only one that waits for this person.
    """
    here = case_at(work, spot)
    found = NUMBER.match(rest)
    if found is not None and (found[1] or here is None):
        return require_case(work, int(found[2])), rest[found.end() :].strip()
    if here is None and len(only := waiting()) == 1:
        return work.cases.get(only[0]), rest
    return here, rest
