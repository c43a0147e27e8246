"""What the use cases need of storage: the words by which matters are recognised as one and the same."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.desk.warnings import Opened


class CaseWords(Protocol):
    """Words of cases, each once a case, with when it was first said there (UTC). Cases without a store count
    nowhere.
    """

    def note(self, case_id: int, words: Sequence[str], *, at: datetime) -> None:
        """Keep those that the case does not have yet."""

    def count(self, since: datetime, until: datetime) -> int:
        """How many different words were said in a span."""

    def shared(self, since: datetime, until: datetime, *, least: int, kind: str = "") -> Sequence[Opened]:
        """Every case of a span with every word that so many stores share; `kind`: of cases of one kind only."""

    def days(self, words: Collection[str], ends: Sequence[datetime], length: timedelta) -> Sequence[Mapping[str, int]]:
        """For each span of this length that ends so (the newest first): by how many stores each word was said."""
