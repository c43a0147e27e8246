"""The lint's rules as the desk shows and exchanges them; the composition root builds it over the rule files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.desk.lint import Category, Severity


@dataclass(frozen=True)
class ShownRule:
    """One rule for people: what it is called, how many phrases it knows, why it is there, what to say instead."""

    name: str
    category: Category
    severity: Severity
    phrases: tuple[str, ...]
    why: str
    better: str = ""


class RulesBroken(Exception):
    """The rule files cannot be used; the message names file, line and what to mend. The old rules stay in force."""


class Rulebook(Protocol):
    """The rules in force in this process; exchanged as a whole, never half."""

    seen: int
    """The number of the last change of the files (of any process) that is in force here."""

    def warm(self) -> None:
        """Begin to load, without anybody waiting."""

    def shown(self) -> Sequence[ShownRule]:
        """Every rule, in the order of the files."""

    def files(self) -> dict[str, str]:
        """The rule files in force: name → fingerprint of its text."""

    def reload(self) -> None:
        """Read the files again; RulesBroken when they cannot be used (nothing changes then)."""
