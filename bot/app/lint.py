"""The lint in force in this process: it judges, and its rules can be shown and exchanged."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.desk.lint import Courtesy, Linter, Report
from bot.usecases.rulebook import Rulebook, ShownRule


class Rules(Linter, Rulebook, Protocol):
    """Both: what judges and what can be shown."""


class SilentLint:
    """No rules: nothing is found."""

    seen = 0

    def check(self, text: str) -> Report:
        """Nothing."""
        return Report((), Courtesy(qing=True, nin=True, zaijian=True))

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        """Nothing."""
        return ""

    def shown(self) -> Sequence[ShownRule]:
        """None."""
        return ()

    def files(self) -> dict[str, str]:
        """None."""
        return {}

    def reload(self) -> None:
        """Nothing to read."""
