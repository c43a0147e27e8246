"""What comes in: where the store is, what kind of matter it is, whether it complains; with the words that say so."""

import functools
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.desk.people import Region
from bot.desk.words import Segmenter
from bot.language import weighing
from bot.language.clauses import Clause, clauses_of
from bot.language.complaints import Clue, ComplaintReader
from bot.language.kinds import COMPLAINT, OTHER, KindReader
from bot.language.places import Places
from bot.language.plain import plain
from bot.language.weighing import Evidence, Scales
from bot.language.wording import WordingReader

_LEAST_TOLD: Final = 12
"""Characters: who accuses of nothing and tells no story (稍等, 照片发您了) does not complain."""
_LEAST_KNOWN: Final = 8
"""With fewer known pieces than that (four are a text's ends) wording says nothing and the lexicon decides alone."""
_HEAD, _TAIL = 700, 300
"""Of a longer text this much of the beginning and of the end is weighed: people say at either what they want."""


@dataclass(frozen=True)
class Reading:
    """What a text says: province (short name) and region (code) or None, kind (one of nine), complaint, and why.

    `matter`: what a complaint is about, one of the other kinds.
    """

    province: str | None
    region: str | None
    kind: str
    is_complaint: bool
    reasons: tuple[str, ...]
    matter: str = OTHER


class Triage:
    """Reads openings; may be shared by threads. `warm` loads what the first reading would load."""

    def __init__(
        self, segmenter: Segmenter | None = None, regions: Sequence[Region] = (), *, readers: "Readers | None" = None
    ) -> None:
        self._places = Places(segmenter, regions)
        self._lock = threading.Lock()
        self._readers = readers

    def warm(self) -> None:
        """Load names, clues and patterns (0.3 s) unless they are loaded."""
        self._places.warm()
        self._loaded()

    def read(self, text: str) -> Reading:
        """Place, kind and complaint of one text; never raises."""
        told = ends(plain(text))
        guess = self._places.guess(told)
        readers = self._loaded()
        kind, why = readers.kind(told)
        matter = readers.matter(told) if kind == COMPLAINT else kind
        return Reading(guess.province, guess.region, kind, kind == COMPLAINT, (*guess.reasons, *why), matter)

    def _loaded(self) -> "Readers":
        with self._lock:
            if self._readers is None:
                self._readers = _readers()
            return self._readers


@functools.cache
def _readers() -> "Readers":
    """One a process, whoever asks: they hold data only."""
    return Readers()


class Readers:
    """What reads kind and complaint; data only, may be shared by threads."""

    def __init__(self, wording: WordingReader | None = None, scales: Scales | None = None) -> None:
        self.kinds, self.complaints = KindReader(), ComplaintReader()
        self._wording, self._scales = wording or WordingReader(), scales or weighing.load()

    def kind(self, told: str) -> tuple[str, tuple[str, ...]]:
        """The likeliest kind of a text in its plain form, and why."""
        clauses = clauses_of(told)
        evidence = self.evidence(told, clauses)
        grievance, wording = evidence.grievance, evidence.wording
        may_complain = grievance.accuses or len(told) >= _LEAST_TOLD
        if grievance.is_sure or wording.known < _LEAST_KNOWN:
            topic = self.kinds.best(clauses, is_settled=grievance.is_settled)
            kind = COMPLAINT if grievance.is_complaint and may_complain else topic.kind
        else:
            kind = self._scales.kind(evidence, may_complain=may_complain)
        clues = _words(grievance.clues) if kind == COMPLAINT or grievance.is_settled else ()
        return kind, (*self.kinds.reason(clauses, kind), *self.kinds.worded(wording.telling[kind]), *clues)

    def evidence(self, told: str, clauses: Sequence[Clause]) -> Evidence:
        """What is found in a text that is in its plain form."""
        grievance = self.complaints.read(told, clauses)
        return Evidence(self.kinds.scores(clauses), grievance, self._wording.read(told, clauses))

    def matter(self, told: str) -> str:
        """What a complaint is about, by the lexicon."""
        best = self.kinds.best(clauses_of(told), is_settled=False).kind
        return best if best != COMPLAINT else OTHER


def ends(text: str) -> str:
    """The part of a text that is weighed."""
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"


def _words(clues: Sequence[Clue]) -> tuple[str, ...]:
    return tuple(f"{clue.name}：{clue.written}" for clue in clues if clue.written)
