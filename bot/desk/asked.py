"""What a question about figures names, in any order and joined or apart: whose, which region's, of which days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.desk.fiscal import fiscal_period
from bot.desk.people import Region, Staff
from bot.desk.period import WORDS, Period, parse_period

PERIODS: Final = "、".join((*WORDS, "10月", "三季度", "2026-10", "2026Q3"))
"""What is offered to whoever named no period that can be read."""


@dataclass(frozen=True)
class Asked:
    """What was named, None where nothing was; `called`: the period's own words; `rest`: words that name none of it."""

    person: Staff | None = None
    region: Region | None = None
    period: Period | None = None
    called: str = ""
    rest: tuple[str, ...] = ()


def days_named(words: str, today: date) -> Period | None:
    """今天, 上周, 本月, 10月, 2026-10, 三季度, 2026Q3, 2026W41, 去年 …, by the calendar year; None for all else."""
    found = fiscal_period(words, today)
    return parse_period(words, today) if found is None else found.days


def read_asked(query: str, today: date, *, people: Sequence[Staff] = (), regions: Sequence[Region] = ()) -> Asked:
    """Each at most once: what is named a second time is left over, with what nobody understands."""
    asked, names = Asked(), _names(people, regions)
    for word in _together([w for each in query.split() for w in _apart(each, names)], today):
        asked = _with(asked, word, names.get(word.lstrip("@")) or days_named(word, today))
    return asked


def _with(asked: Asked, word: str, meant: Staff | Region | Period | None) -> Asked:
    match meant:
        case Staff() if asked.person is None:
            return replace(asked, person=meant)
        case Region() if asked.region is None:
            return replace(asked, region=meant)
        case Period() if asked.period is None:
            return replace(asked, period=meant, called=word)
        case _:
            return replace(asked, rest=(*asked.rest, word))


def _names(people: Sequence[Staff], regions: Sequence[Region]) -> Mapping[str, Staff | Region]:
    """Of two people with one name the first on file is meant."""
    places = {name: r for r in regions for name in (r.code, r.name, f"{r.name}区", f"{r.name}大区")}
    return places | {p.name: p for p in reversed(people)}


def _apart(word: str, names: Mapping[str, Staff | Region]) -> Iterator[str]:
    """林晓上月 and 上月林晓 are two words; the longest name counts."""
    bare = word.lstrip("@")
    if bare in names:
        yield word
        return
    for name in sorted(names, key=len, reverse=True):
        if name and (bare.startswith(name) or bare.endswith(name)):
            yield from (bare[: -len(name)], name) if bare.endswith(name) else (name, bare[len(name) :])
            return
    yield word


def _together(words: Sequence[str], today: date) -> Iterator[str]:
    """2026年 10月 is one period."""
    n = 0
    while n < len(words):
        both = "".join(words[n : n + 2])
        is_one = n + 1 < len(words) and days_named(both, today) is not None
        yield both if is_one else words[n]
        n += 2 if is_one else 1
