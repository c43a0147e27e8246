"""What the lint says of a draft: 三要三不 (manual, ch. 3, 一.7), checked before the franchisee sees a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol


class Category(StrEnum):
    """What is wrong with a sentence. The manual names the first five; the rest is the trade's and the law's."""

    RIGID = "rigid"
    IMPATIENT = "impatient"
    SHIRK = "shirk"
    BLAME = "blame"
    INFORMAL_YOU = "informal_you"
    OVERPROMISE = "overpromise"
    PRIVATE = "private"
    LEAK = "leak"


class Severity(StrEnum):
    """What becomes of a reply in which something is found: held back, sent with a note, sent with a hint, nothing."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"
    OFF = "off"


DEFAULT_SEVERITIES: Final[Mapping[Category, Severity]] = MappingProxyType(
    dict.fromkeys(Category, Severity.BLOCK) | {Category.INFORMAL_YOU: Severity.WARN}
)
"""What becomes of each category unless the settings say otherwise. A leak is held back: it can't be unsaid."""


@dataclass(frozen=True)
class Finding:
    """One hit. `start` and `end` count the characters (code points) of the original text, `matched` is what is there.

    `suggestion` is a better wording of the sentence, empty when the rule has none; `is_suspected`: found only after
    a bold restoration (homophones, pinyin), so a person should look.
    """

    category: Category
    severity: Severity
    rule: str
    start: int
    end: int
    matched: str
    why: str
    suggestion: str = ""
    is_suspected: bool = False


@dataclass(frozen=True)
class Courtesy:
    """三要: 请, 您, and 再见 (asked for only in the last message before closing)."""

    qing: bool
    nin: bool
    zaijian: bool


@dataclass(frozen=True)
class Report:
    """What the lint says of one text; findings in the order of the text."""

    findings: tuple[Finding, ...]
    courtesy: Courtesy
    courtesy_severity: Severity = Severity.HINT

    @property
    def severity(self) -> Severity:
        """The gravest of the findings; OFF when there are none."""
        order = (Severity.BLOCK, Severity.WARN, Severity.HINT)
        return next((s for s in order if any(f.severity is s for f in self.findings)), Severity.OFF)

    @property
    def verdict(self) -> str:
        """The gravest severity by name, `pass` when nothing was found; missing courtesy is told apart from it."""
        return "pass" if self.severity is Severity.OFF else self.severity.value

    @property
    def lacks(self) -> tuple[str, ...]:
        """Which of 请 and 您 are missing; none when courtesy is not asked for."""
        if self.courtesy_severity is Severity.OFF:
            return ()
        return tuple(word for word, is_there in (("请", self.courtesy.qing), ("您", self.courtesy.nin)) if not is_there)


class Linter(Protocol):
    """Judges texts by the rules in force; safe to share between threads, and its rules may be exchanged at any time."""

    def check(self, text: str) -> Report:
        """What is found in a text; never raises, whatever the text."""

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        """The whole text in kinder words, which themselves pass; empty when there are none.

        `facts` is what the case knows for the templates: `department`, `deadline`, `person`, `case`; any may be absent.
        """
