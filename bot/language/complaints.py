"""Is it a complaint? What is said decides: blame, claims, promises not kept, contempt; not whether the word 投诉 falls.

Clues alone would miss whatever nobody thought of, so the stance counts too: who speaks to the company, of how long it
took and what went wrong, and asks for nothing, complains, in whatever words.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.language.clauses import Clause

DATA: Final = Path(__file__).with_name("complaint.toml")
"""Groups of clues with weights, the stance, what soothes, and who the others are."""
_LONG: Final = 60
"""Characters that count in full as length."""
_AGAIN, _MOST = 0.5, 3
"""A second and third clue of one group add half of its weight each; more add nothing."""


@dataclass(frozen=True)
class Clue:
    """A group that was found: its weight, how often that counts, and the words that showed it."""

    name: str
    weight: float
    times: float
    written: str


@dataclass(frozen=True)
class Grievance:
    """Whether a text complains, and what spoke for it and against it.

    `is_settled`: it takes something back. `is_sure`: it says outright that it complains, and nothing softens that.
    `accuses`: something in it blames, claims or reproaches, whatever the score.
    """

    is_complaint: bool
    score: float
    clues: tuple[Clue, ...]
    is_settled: bool = False
    is_sure: bool = False
    accuses: bool = False


@dataclass(frozen=True)
class _Group:
    """A row of the data file, compiled; the fields are explained there."""

    name: str
    weight: float
    pattern: re.Pattern[str]
    own: bool = False
    hot: bool = False
    mutes: bool = False
    settles: bool = False
    outright: bool = False
    alone: float = 0.0
    again: float = 0.0
    most: int = 1


class ComplaintReader:
    """Weighs the clues of the data file; compiled data only, may be shared by threads."""

    def __init__(self, path: Path = DATA) -> None:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = {
            key: tuple(_group(row, table["macros"]) for row in table[key]) for key in ("groups", "stance", "soothing")
        }
        self._groups, self._stance, self._soothing = rows["groups"], rows["stance"], rows["soothing"]
        self._asks = _group(table["asks"], table["macros"])
        self._threshold, self._length = float(table["threshold"]), float(table["length"])
        self._bare = float(table["bare"])
        self._outright = frozenset(group.name for group in self._groups if group.outright)
        self._accusing = frozenset(group.name for group in self._groups)
        self._settling = frozenset(group.name for group in self._soothing if group.settles)
        self._turn = re.compile(table["turn"])
        self._others = {key: re.compile(pattern) for key, pattern in table["others"].items()}

    def features(self, text: str, clauses: Sequence[Clause]) -> dict[str, float]:
        """How often each group counts, and the length, for fitting the weights; `alone` apart."""
        clues = self._clues(text, clauses)
        asks = any(clue.name == self._asks.name for clue in clues)
        alone = {
            f"{g.name} alone": 1.0 for g in self._stance for c in clues if g.alone and c.name == g.name and not asks
        }
        return {**{clue.name: clue.times for clue in clues}, **alone, "length": min(len(text) / _LONG, 1)}

    def read(self, text: str, clauses: Sequence[Clause]) -> Grievance:
        """Weigh a text that is in its plain form."""
        clues = self._clues(text, clauses)
        score = self._length * min(len(text) / _LONG, 1) + sum(clue.weight * clue.times for clue in clues)
        is_settled = any(clue.name in self._settling for clue in clues)
        accuses = any(clue.name in self._accusing for clue in clues)
        is_complaint = score >= (self._threshold if accuses else self._bare)
        is_outright = any(c.name in self._outright for c in clues) and all(c.weight > 0 for c in clues)
        return Grievance(is_complaint, score, tuple(clues), is_settled, is_complaint and is_outright, accuses)

    def _clues(self, text: str, clauses: Sequence[Clause]) -> list[Clue]:
        soothed, muted = self._soothed(text, clauses)
        others = tuple(self._told_of_others(clauses))
        found, hot = [], []
        for group in self._groups:
            spans = list(_spans(group, text, (*muted, *others) if group.own else muted))
            if spans:
                found.append(_clue(group, text, spans))
                hot += spans if group.hot else []
        own = tuple(clause for clause in clauses if clause not in others)
        asking = self._asking(clauses, hot)
        return [*found, *soothed, *asking, *self._stances(own, asks=bool(asking))]

    def _asking(self, clauses: Sequence[Clause], hot: Sequence[tuple[int, int]]) -> list[Clue]:
        """The clauses that truly ask for something; one that reproaches asks for nothing."""
        asking = [
            match.group()
            for clause in clauses
            if not any(start < clause.end and clause.start < end for start, end in hot)
            and (match := self._asks.pattern.search(clause.text)) is not None
        ]
        extra = self._asks.again / self._asks.weight if len(asking) > 1 else 0.0
        return [Clue(self._asks.name, self._asks.weight, 1 + extra, asking[0])] if asking else []

    def _stances(self, own: Sequence[Clause], *, asks: bool) -> Iterator[Clue]:
        said = "".join(clause.text for clause in own)
        for group in self._stance:
            written = [match.group() for match in group.pattern.finditer(said)][: group.most]
            if written:
                weight = group.weight if asks else group.weight + group.alone
                yield Clue(group.name, weight, len(written), "、".join(dict.fromkeys(written)))

    def _soothed(self, text: str, clauses: Sequence[Clause]) -> tuple[list[Clue], list[Clause]]:
        """What speaks against a complaint, and the clauses in which nothing counts; a turn (但是…) undoes it."""
        clues, muted = [], []
        for group in self._soothing:
            match = group.pattern.search(text)
            if match is None:
                continue
            if group.mutes:
                muted += [clause for clause in clauses if clause.start <= match.start() < clause.end]
            if not (group.mutes and self._turn.search(text, match.end())):
                clues.append(Clue(group.name, group.weight, 1, match.group().strip()))
        return clues, muted

    def _told_of_others(self, clauses: Sequence[Clause]) -> Iterator[Clause]:
        """Clauses that tell what a customer or a neighbour says or does, up to the next word to the company."""
        about_others = False
        for clause in clauses:
            about_others = about_others and not clause.opens_sentence
            them = self._others["subjects"].search(clause.text)
            company = self._others["resets"].search(clause.text)
            if company and not (them and them.start() < company.start()):
                about_others = False
            elif them:
                about_others = True
            if about_others:
                yield clause


def _spans(group: _Group, text: str, silent: Iterable[Clause]) -> Iterator[tuple[int, int]]:
    """Where a group is found outside the silent clauses: at most as often as it counts."""
    written: set[str] = set()
    for match in group.pattern.finditer(text):
        if match.group() not in written and not any(c.start <= match.start() < c.end for c in silent):
            written.add(match.group())
            yield match.span()
        if len(written) == _MOST:
            return


def _clue(group: _Group, text: str, spans: Sequence[tuple[int, int]]) -> Clue:
    written = "、".join(text[start:end].strip() for start, end in spans)
    return Clue(group.name, group.weight, 1 + (len(spans) - 1) * _AGAIN, written)


def _group(row: Mapping[str, Any], macros: Mapping[str, str]) -> _Group:
    pattern = "|".join(row["patterns"])
    for name, meaning in macros.items():
        pattern = pattern.replace("{" + name + "}", meaning)
    return _Group(**{key: value for key, value in row.items() if key != "patterns"}, pattern=re.compile(pattern))
