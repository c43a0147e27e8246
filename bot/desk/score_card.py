"""The score card of quality inspection (质检评分卡): items with points, and fatal ones (红线) that leave nothing.

Items and points are data of the supervisors' own (`bot/scripts/scorecard.toml`), checked here. A card is known by the
print of its text, so that what was scored stays what it was when the file changes.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

MOST_ITEMS, MOST_FATAL = 12, 8
"""A card's marks travel in a button, of which Telegram takes 64 bytes; and nobody reads a longer card."""
WHOLE: Final = 100
LONGEST_NAME: Final = 12


class ScoreCardError(Exception):
    """What is wrong with the file, in words for whoever edits it."""


class Fact(StrEnum):
    """What the desk itself can say about a case; an item may name one, and is then marked by it to begin with."""

    GREETING = "greeting"
    ANSWER = "answer"
    GOODBYE = "goodbye"
    COURTESY = "courtesy"
    KINDNESS = "kindness"
    IN_TIME = "in_time"
    FIRST_OWNER = "first_owner"


class Level(StrEnum):
    """How an item was met; a code is one letter, for buttons carry them."""

    FULL = "f"
    HALF = "h"
    NONE = "n"
    APART = "x"
    """不适用: nothing of that kind was to be done here; its points are spread over the others."""


LEVELS: Final = tuple(Level)
_EARNS: Final = {Level.FULL: 1.0, Level.HALF: 0.5, Level.NONE: 0.0}


@dataclass(frozen=True)
class Item:
    """An item: its name on the button, its points, what is looked at."""

    name: str
    points: int
    about: str = ""
    fact: Fact | None = None


@dataclass(frozen=True)
class Fatal:
    """A fatal item: whoever does it has 0."""

    name: str
    about: str = ""


@dataclass(frozen=True)
class Marks:
    """What an inspector marked: a level an item, and which fatal items happened."""

    levels: tuple[Level, ...]
    fatal: tuple[bool, ...] = ()

    def code(self) -> str:
        """`fhnf.01`: short enough for a button; `read_marks` reads it back."""
        return "".join(self.levels) + "." + "".join("01"[f] for f in self.fatal)

    def with_level(self, place: int, level: Level) -> "Marks":
        """One item marked."""
        return Marks((*self.levels[:place], level, *self.levels[place + 1 :]), self.fatal)

    def with_fatal(self, place: int, *, happened: bool) -> "Marks":
        """One fatal item marked."""
        return Marks(self.levels, (*self.fatal[:place], happened, *self.fatal[place + 1 :]))


@dataclass(frozen=True)
class ScoreCard:
    """A card as its file says; `version` is the print of `source`."""

    items: tuple[Item, ...]
    fatal: tuple[Fatal, ...]
    source: str
    version: str

    def begin(self, lacking: Iterable[Fact] = ()) -> Marks:
        """Marks to begin with: full, but half where the desk's own record speaks against it."""
        bad = set(lacking)
        levels = tuple(Level.HALF if item.fact in bad else Level.FULL for item in self.items)
        return Marks(levels, (False,) * len(self.fatal))

    def read_marks(self, code: str) -> Marks | None:
        """The marks of a button or a row; None when they are not of this card."""
        levels, _, fatal = code.partition(".")
        if len(levels) != len(self.items) or len(fatal) != len(self.fatal):
            return None
        if not set(levels) <= {str(level) for level in LEVELS} or not set(fatal) <= {"0", "1"}:
            return None
        return Marks(tuple(Level(each) for each in levels), tuple(each == "1" for each in fatal))

    def score(self, marks: Marks) -> float | None:
        """0 to 100, to a tenth: what was earned of what could be; 0 with a fatal item; None when nothing applies."""
        pairs = [(i.points, level) for i, level in zip(self.items, marks.levels, strict=True) if level in _EARNS]
        possible = sum(points for points, _ in pairs)
        if any(marks.fatal):
            return 0.0
        if not possible:
            return None
        return round(sum(points * _EARNS[level] for points, level in pairs) * WHOLE / possible, 1)


@lru_cache(maxsize=1)
def read_score_card(text: str) -> ScoreCard:
    """The card of a file's text, kept for the next desk of the process; ScoreCardError says what to mend."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScoreCardError(f"scorecard.toml：写法有误（TOML）：{error}") from error
    for key in data:
        if key not in ("items", "fatal"):
            raise ScoreCardError(f"scorecard.toml：不认识 {key}；可用的有：items、fatal")
    items = tuple(_item(each, n) for n, each in enumerate(_tables(data, "items"), start=1))
    fatal = tuple(_fatal(each, n) for n, each in enumerate(_tables(data, "fatal"), start=1))
    _check(items, fatal)
    return ScoreCard(items, fatal, text, hashlib.sha256(text.encode()).hexdigest()[:16])


def _tables(data: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ScoreCardError(f"scorecard.toml：{name} 须写成一节一节的 [[{name}]]")
    return found


def _item(data: Mapping[str, Any], n: int) -> Item:
    where = f"第 {n} 个 [[items]]"
    _known(data, where, ("name", "points", "about", "fact"))
    points, fact = data.get("points"), data.get("fact")
    if not isinstance(points, int) or isinstance(points, bool) or points < 1:
        raise ScoreCardError(f"scorecard.toml：{where} 的 points 须是正整数")
    if fact is not None and fact not in set(Fact):
        raise ScoreCardError(f"scorecard.toml：{where} 的 fact “{fact}”不认识；可用的有：{'、'.join(Fact)}")
    return Item(_name(data, where), points, _about(data, where), Fact(fact) if fact is not None else None)


def _fatal(data: Mapping[str, Any], n: int) -> Fatal:
    where = f"第 {n} 个 [[fatal]]"
    _known(data, where, ("name", "about"))
    return Fatal(_name(data, where), _about(data, where))


def _known(data: Mapping[str, Any], where: str, keys: tuple[str, ...]) -> None:
    for key in data:
        if key not in keys:
            raise ScoreCardError(f"scorecard.toml：{where} 里不认识 {key}；可用的有：{'、'.join(keys)}")


def _name(data: Mapping[str, Any], where: str) -> str:
    name = data.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= LONGEST_NAME or any(c.isspace() for c in name):
        raise ScoreCardError(f"scorecard.toml：{where} 的 name 须是 {LONGEST_NAME} 字以内、不含空格的文字")
    return name


def _about(data: Mapping[str, Any], where: str) -> str:
    about = data.get("about", "")
    if not isinstance(about, str):
        raise ScoreCardError(f"scorecard.toml：{where} 的 about 须是文字")
    return about


def _check(items: tuple[Item, ...], fatal: tuple[Fatal, ...]) -> None:
    names = [*(i.name for i in items), *(f.name for f in fatal)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ScoreCardError(f"scorecard.toml：“{twice}”出现了两次")
    if not 1 <= len(items) <= MOST_ITEMS or len(fatal) > MOST_FATAL:
        raise ScoreCardError(f"scorecard.toml：须有 1 到 {MOST_ITEMS} 个 [[items]]，至多 {MOST_FATAL} 个 [[fatal]]")
    total = sum(item.points for item in items)
    if total != WHOLE:
        raise ScoreCardError(f"scorecard.toml：各项 points 之和须是 {WHOLE}，现在是 {total}")
