"""Which of the nine kinds: the lexicon's clues, the grievance and the wording weighed against one another.

Multinomial logistic regression over eighteen figures. Its weights stand in `weighing.json`, which `bench.fit_triage`
fits on openings that the lexicon had not seen, so that the lexicon is trusted no more than it deserves.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.desk.labels import KINDS
from bot.language.kinds import COMPLAINT
from bot.language.wording import Wording

DATA: Final = Path(__file__).with_name("weighing.json")
"""A row for each kind in the order of KINDS: the weights of the figures in the order of `figures`, at last the bias."""
TOPICS: Final = tuple(kind for kind in KINDS if kind != COMPLAINT)
_HALF, _TWICE = 0.5, 2.0
"""Bring grievance and wording to about the size of the lexicon's figures, for the fitting."""


@dataclass(frozen=True)
class Evidence:
    """What was found in a text: the lexicon's score of each topic, that of the grievance, and the wording."""

    topics: Mapping[str, float]
    grievance: float
    wording: Wording


class Scales:
    """Weighs evidence; a table only, may be shared by threads."""

    def __init__(self, weights: Sequence[Sequence[float]] | None = None) -> None:
        self._weights = load() if weights is None else weights

    def chances(self, evidence: Evidence) -> dict[str, float]:
        """Each kind's chance; together they are 1."""
        told = figures(evidence)
        return dict(zip(KINDS, chances(self._weights, told), strict=True))


def figures(evidence: Evidence) -> tuple[float, ...]:
    """The eighteen figures and a one, for the bias."""
    topics = (math.sqrt(evidence.topics.get(kind, 0.0)) for kind in TOPICS)
    wording = (one * _TWICE for one in evidence.wording.scores)
    return (*topics, evidence.grievance * _HALF, *wording, 1.0)


def chances(weights: Sequence[Sequence[float]], told: Sequence[float]) -> list[float]:
    """The softmax of the weighted sums."""
    sums = [sum(w * x for w, x in zip(row, told, strict=True)) for row in weights]
    most = max(sums)
    raised = [math.exp(one - most) for one in sums]
    total = sum(raised)
    return [one / total for one in raised]


def load(path: Path = DATA) -> list[list[float]]:
    """The weights."""
    table: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8"))
    return [table[kind] for kind in KINDS]
