"""What the use cases need of storage: the special days that were imported."""

from collections.abc import Sequence
from typing import Protocol

from bot.desk.calendar import SpecialDay
from bot.usecases.ports.people import Changes


class SpecialDays(Protocol):
    """Holidays, make-up workdays, and days that are to be as usual."""

    def all(self) -> Sequence[SpecialDay]:
        """Every one, by date."""

    def put_all(self, days: Sequence[SpecialDay]) -> Changes:
        """Add or change by date."""
