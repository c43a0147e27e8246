"""Is it a complaint? What is said decides: blame, claims, promises not kept, contempt; not whether the word 投诉 falls."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.language.clauses import Clause

DATA: Final = Path(__file__).with_name("complaint.toml")
"""Groups of clues with weights, what soothes, and who the others are."""


_AGAIN, _MOST = 0.5, 3
"""A second and third clue of one group add half of its weight each; more add nothing."""


@dataclass(frozen=True)
class Clue:
    """A group of clues that was found, with the words that showed it."""

    name: str
    weight: float
    written: str


@dataclass(frozen=True)
class Grievance:
    """Whether a text complains, and what spoke for it and against it."""

    is_complaint: bool
    score: float
    clues: tuple[Clue, ...]
    is_settled: bool = False


@dataclass(frozen=True)
class _Group:
    name: str
    weight: float
    pattern: re.Pattern[str]
    is_own: bool


class ComplaintReader:
    """Weighs the clues of the data file; compiled data only, may be shared by threads."""

    def __init__(self, path: Path = DATA) -> None:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        macros: dict[str, str] = table["macros"]
        self._threshold = float(table["threshold"])
        self._groups = tuple(_group(row, macros) for row in table["groups"])
        self._soothing = tuple((_group(row, macros), row.get("mutes", False)) for row in table["soothing"])
        self._settling = frozenset(row["name"] for row in table["soothing"] if row.get("settles"))
        self._turn = re.compile(table["turn"])
        self._others = {key: re.compile(pattern) for key, pattern in table["others"].items()}

    def read(self, text: str, clauses: Sequence[Clause]) -> Grievance:
        """Weigh a text that is in its plain form."""
        soothed, muted = self._soothed(text, clauses)
        others = self._of_others(clauses)
        found = [clue for group in self._groups if (clue := self._found(group, text, muted, others)) is not None]
        score = sum(clue.weight for clue in (*found, *soothed))
        is_settled = any(clue.name in self._settling for clue in soothed)
        return Grievance(bool(found) and score >= self._threshold, score, (*found, *soothed), is_settled)

    def _found(self, group: _Group, text: str, muted: Sequence[Clause], others: Sequence[Clause]) -> Clue | None:
        silent = (*muted, *others) if group.is_own else muted
        written: dict[str, None] = {}
        for match in group.pattern.finditer(text):
            if not any(clause.start <= match.start() < clause.end for clause in silent):
                written[match.group().strip()] = None
            if len(written) == _MOST:
                break
        times = 1 + (len(written) - 1) * _AGAIN
        return Clue(group.name, group.weight * times, "、".join(written)) if written else None

    def _soothed(self, text: str, clauses: Sequence[Clause]) -> tuple[list[Clue], list[Clause]]:
        """What speaks against a complaint, and the clauses in which nothing counts; a turn (但是…) undoes it."""
        clues, muted = [], []
        for group, mutes in self._soothing:
            match = group.pattern.search(text)
            if match is None:
                continue
            if mutes:
                muted += [clause for clause in clauses if clause.start <= match.start() < clause.end]
            if not (mutes and self._turn.search(text, match.end())):
                clues.append(Clue(group.name, group.weight, match.group().strip()))
        return clues, muted

    def _of_others(self, clauses: Sequence[Clause]) -> list[Clause]:
        return list(self._told_of_others(clauses))

    def _told_of_others(self, clauses: Sequence[Clause]) -> Iterator[Clause]:
        """Clauses that tell what a customer or a neighbour says or does, up to the next word to the company."""
        about_others = False
        for clause in clauses:
            about_others = about_others and not clause.opens_sentence
            if self._others["subjects"].search(clause.text):
                about_others = True
            elif self._others["resets"].search(clause.text):
                about_others = False
            if about_others:
                yield clause


def _group(row: Mapping[str, Any], macros: Mapping[str, str]) -> _Group:
    pattern = "|".join(row["patterns"])
    for name, meaning in macros.items():
        pattern = pattern.replace("{" + name + "}", meaning)
    return _Group(row["name"], float(row["weight"]), re.compile(pattern), row.get("own", False))
