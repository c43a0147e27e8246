"""What comes in: where the store is, what kind of matter it is, whether it complains; with the words that say so."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.desk.people import Region
from bot.desk.words import Segmenter
from bot.language.clauses import clauses_of
from bot.language.complaints import Clue, ComplaintReader
from bot.language.kinds import KindReader
from bot.language.places import Places
from bot.language.plain import plain

COMPLAINT: Final = "complaint"
_HEAD, _TAIL = 900, 300
"""Of a longer text this much of the beginning and of the end is weighed: people say at either what they want."""


@dataclass(frozen=True)
class Reading:
    """What a text says: province (short name) and region (code) or None, kind (one of nine), complaint, and why."""

    province: str | None
    region: str | None
    kind: str
    is_complaint: bool
    reasons: tuple[str, ...]


class Triage:
    """Reads openings; may be shared by threads. `warm` loads what the first reading would load."""

    def __init__(self, segmenter: Segmenter | None = None, regions: Sequence[Region] = ()) -> None:
        self._places = Places(segmenter, regions)
        self._lock = threading.Lock()
        self._readers: tuple[KindReader, ComplaintReader] | None = None

    def warm(self) -> None:
        """Load names, clues and patterns (0.3 s) unless they are loaded."""
        self._places.warm()
        self._loaded()

    def read(self, text: str) -> Reading:
        """Place, kind and complaint of one text; never raises."""
        guess = self._places.guess(text)
        kinds, complaints = self._loaded()
        told = _ends(plain(text))
        clauses = clauses_of(told)
        grievance = complaints.read(told, clauses)
        topic = kinds.best(clauses, is_settled=grievance.is_settled)
        kind = COMPLAINT if grievance.is_complaint else topic.kind
        why = _words(grievance.clues) if grievance.is_complaint or grievance.is_settled else ()
        reasons = (*guess.reasons, *kinds.reason(topic), *why)
        return Reading(guess.province, guess.region, kind, grievance.is_complaint, reasons)

    def _loaded(self) -> tuple[KindReader, ComplaintReader]:
        with self._lock:
            if self._readers is None:
                self._readers = KindReader(), ComplaintReader()
            return self._readers


def _ends(text: str) -> str:
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"


def _words(clues: Sequence[Clue]) -> tuple[str, ...]:
    return tuple(f"{clue.name}：{clue.written}" for clue in clues if clue.written)
