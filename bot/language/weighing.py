"""Which of the nine kinds: the lexicon's clues, the grievance and the wording weighed against one another.

Multinomial logistic regression over nineteen figures. Its weights stand in `weighing.json`, which `bench.learn_kinds`
fits on what was said of each author's openings by a wording that had learned nothing of that author, so that neither
lexicon nor wording is trusted more than it deserves.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.desk.labels import KINDS
from bot.language.complaints import Grievance
from bot.language.kinds import COMPLAINT
from bot.language.wording import Wording

DATA: Final = Path(__file__).with_name("weighing.json")
"""`weights`: a row for each kind, in the order of `figures`, at last the bias, in thousandths; `limit`: from which
chance on, in hundredths, a text complains. `left_out` is for people: how each author's openings were read by what was
learned from the others.
"""
TOPICS: Final = tuple(kind for kind in KINDS if kind != COMPLAINT)
_HALF, _TWICE = 0.5, 2.0
"""Bring grievance and wording to about the size of the lexicon's figures, for the fitting."""
UNIT, PART = 1000, 100


@dataclass(frozen=True)
class Evidence:
    """What was found in a text: the lexicon's score of each topic, the grievance, and the wording."""

    topics: Mapping[str, float]
    grievance: Grievance
    wording: Wording


class Scales:
    """Weighs evidence; a table only, may be shared by threads."""

    def __init__(self, weights: Sequence[Sequence[float]], limit: float) -> None:
        self._weights, self._limit = weights, limit

    def kind(self, evidence: Evidence, *, may_complain: bool = True) -> str:
        """The likeliest kind; a complaint as soon as the chance of one is above the limit."""
        chances = self.chances(evidence)
        if may_complain and chances[COMPLAINT] > self._limit:
            return COMPLAINT
        return max(TOPICS, key=lambda kind: chances[kind])

    def chances(self, evidence: Evidence) -> dict[str, float]:
        """Each kind's chance; together they are 1."""
        told = figures(evidence)
        sums = [sum(w * x for w, x in zip(row, told, strict=True)) for row in self._weights]
        raised = [math.exp(one - max(sums)) for one in sums]
        return {kind: one / sum(raised) for kind, one in zip(KINDS, raised, strict=True)}


def figures(evidence: Evidence) -> tuple[float, ...]:
    """The nineteen figures and a one, for the bias."""
    topics = (math.sqrt(evidence.topics.get(kind, 0.0)) for kind in TOPICS)
    wording = (one * _TWICE for one in evidence.wording.scores)
    return (*topics, evidence.grievance.score * _HALF, float(evidence.grievance.accuses), *wording, 1.0)


def load(path: Path = DATA) -> Scales:
    """The scales as they were learned."""
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Scales([[one / UNIT for one in table["weights"][kind]] for kind in KINDS], table["limit"] / PART)
