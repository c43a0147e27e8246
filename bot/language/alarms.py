"""Does a text tell of danger? Food, injuries, the press, courts, authorities: said as a fact or as a threat, not asked
in general, not denied, and not what a customer or a landlord threatens.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.desk.alarms import Alarm, Danger
from bot.language.clauses import Clause, clauses_of
from bot.language.plain import plain

DATA: Final = Path(__file__).resolve().parents[1] / "scripts" / "alarms.toml"
_SILENCE: Final = (
    "negation", "inner", "denied_after", "hypothetical", "asking", "plea", "unrelated", "settled", "turn", "others",
    "own",
)  # fmt: skip
_SINGLE: Final = re.compile(r"[ \t]([\u3400-\u9fff])[ \t]")
"""A character with a gap on either side is part of a word that was pulled apart."""
_SENTENCE: Final = re.compile(r"[^。!?\n]+")
_LONGEST: Final = 2000
"""Characters that are read."""


class AlarmsError(Exception):
    """The data file can't be used; the message names the place, in Chinese, for whoever edits it."""


@dataclass(frozen=True)
class _Sign:
    """A pattern of a danger; `beside` must stand in the same text too, and `unless` must not."""

    danger: Danger
    pattern: re.Pattern[str]
    is_threat: bool
    beside: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True)
class _Frame:
    """Classes of words that tell of a danger when they stand in this order or another in one sentence, each no further
    than `within` characters from those before.
    """

    danger: Danger
    classes: tuple[re.Pattern[str], ...]
    within: int
    is_threat: bool


class Alarms:
    """Reads texts by the data file; compiled data only, may be shared by threads."""

    def __init__(self, text: str | None = None) -> None:
        """`text`: another data file's text, for tests; AlarmsError."""
        try:
            table = tomllib.loads(DATA.read_text(encoding="utf-8") if text is None else text)
            macros = table["macros"]
            self._masks = [_compiled(p, macros) for p in table["masks"]["patterns"]]
            self._signs = tuple(_signs(table["dangers"], macros))
            self._frames = tuple(_frames(table["dangers"], macros))
            self._silence = {key: _compiled(table["silence"][key], macros) for key in _SILENCE}
        except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as error:
            raise AlarmsError(f"alarms.toml：写法有误或缺少一项：{error}") from error

    def read(self, text: str) -> Alarm | None:
        """The alarm that a text gives; None when nothing is in danger. Never raises."""
        told = plain(_SINGLE.sub(r"\1", text[:_LONGEST]))
        if self._is_settled(told):
            return None
        for mask in self._masks:
            told = mask.sub(lambda found: "　" * len(found.group()), told)
        clauses = clauses_of(told)
        found = {sign.danger: words for sign in self._signs for words in self._shown(sign, told, clauses)}
        for frame in self._frames:
            if frame.danger not in found and (words := self._framed(frame, told, clauses)):
                found[frame.danger] = words
        return Alarm(tuple(found), tuple(dict.fromkeys(found.values()))) if found else None

    def _shown(self, sign: _Sign, told: str, clauses: Sequence[Clause]) -> Iterator[str]:
        if sign.beside and sign.unless and (sign.unless.search(told) or not sign.beside.search(told)):
            return
        for match in sign.pattern.finditer(told):
            clause = next((c for c in clauses if c.start <= match.start() < c.end), None)
            if clause is not None and not self._is_idle(sign, told, clause, match):
                yield match.group().strip()
                return

    def _framed(self, frame: _Frame, told: str, clauses: Sequence[Clause]) -> str:
        """The words from the first class to the last, where every one of them counts; empty when there are none."""
        for start, end in _sentences(told):
            kept = [[m for m in kind.finditer(told, start, end) if not self._is_void(frame, told, clauses, m)]
                    for kind in frame.classes]  # fmt: skip
            span = _joined(kept, frame.within)
            if span is not None:
                return told[span[0] : span[1]].strip()
        return ""

    def _is_void(self, frame: _Frame, told: str, clauses: Sequence[Clause], match: re.Match[str]) -> bool:
        clause = next((c for c in clauses if c.start <= match.start() < c.end), None)
        return clause is None or self._is_idle(frame, told, clause, match)

    def _is_settled(self, told: str) -> bool:
        if self._silence["unrelated"].search(told):
            return True
        settled = self._silence["settled"].search(told)
        return settled is not None and self._silence["turn"].search(told, settled.end()) is None

    def _is_idle(self, sign: _Sign | _Frame, told: str, clause: Clause, match: re.Match[str]) -> bool:
        """Denied, asked in general, supposed, or somebody else's threat."""
        before, after = told[clause.start : match.start()], told[match.end() : clause.end]
        if self._silence["negation"].search(before) or self._silence["inner"].search(match.group()):
            return True
        if sign.is_threat:
            is_asked = self._silence["plea"].search(clause.text.strip()) is not None
            return is_asked or self._is_of_others(told, match.start())
        looked = {"denied_after": after, "hypothetical": before, "asking": clause.text}
        return any(self._silence[key].search(words) for key, words in looked.items())

    def _is_of_others(self, told: str, at: int) -> bool:
        """Who was named last before these words, within the sentence: a customer, or us."""
        start = max(told.rfind(mark, 0, at) for mark in "。!?\n") + 1
        others, own = (_last(self._silence[key], told, start, at) for key in ("others", "own"))
        return others > own


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    return max((match.start() for match in pattern.finditer(text, start, end)), default=-1)


def _sentences(told: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _SENTENCE.finditer(told))


def _joined(kept: Sequence[Sequence[re.Match[str]]], within: int) -> tuple[int, int] | None:
    """The stretch that takes one of each, none over another and none too far from those before it."""
    spans = [match.span() for match in kept[0]]
    for kind in kept[1:]:
        spans = [
            (min(a, m.start()), max(b, m.end())) for a, b in spans for m in kind
            if b <= m.start() <= b + within or m.end() <= a <= m.end() + within
        ]  # fmt: skip
    return spans[0] if spans else None


def _frames(rows: Any, macros: Mapping[str, str]) -> Iterator[_Frame]:
    for row in rows:
        for frame in row["frames"]:
            classes = tuple(_compiled(kind, macros) for kind in frame["all"])
            yield _Frame(Danger(row["code"]), classes, int(frame["within"]), bool(row.get("threat", False)))


def _signs(rows: Any, macros: Mapping[str, str]) -> Iterator[_Sign]:
    for row in rows:
        danger, is_threat = Danger(row["code"]), bool(row.get("threat", False))
        for pattern in row["patterns"]:
            yield _Sign(danger, _compiled(pattern, macros), is_threat)
        for pair in row["pairs"]:
            first, beside, unless = (_compiled(pair[key], macros) for key in ("first", "second", "unless"))
            yield _Sign(danger, first, is_threat, beside, unless)


def _compiled(pattern: str, macros: Mapping[str, str]) -> re.Pattern[str]:
    for name, meaning in macros.items():
        pattern = pattern.replace("{" + name + "}", meaning)
    return re.compile(pattern)
