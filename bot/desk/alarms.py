"""Danger in a franchisee's words: what makes a complaint urgent at once, whoever complains."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Danger(StrEnum):
    """Food safety, somebody hurt, the press or the net, lawyers and courts, authorities."""

    FOOD = "food"
    INJURY = "injury"
    MEDIA = "media"
    LAW = "law"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class Alarm:
    """What was found, each danger once, and the words that showed it."""

    dangers: tuple[Danger, ...]
    words: tuple[str, ...]


class AlarmReader(Protocol):
    """Reads one text."""

    def read(self, text: str) -> Alarm | None:
        """The alarm that a text gives; None when nothing is in danger."""
