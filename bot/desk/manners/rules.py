"""The rules in force: what a rule is, and all of them ready to be looked for."""

import functools
import re
from collections.abc import Collection, Mapping
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.desk.lint import Category
from bot.desk.manners.expression import Fillers, anchor, regex
from bot.desk.manners.pattern import Sequence


class Excuse(StrEnum):
    """Why words that look unkind are not, in the order in which they are asked."""

    FIXED = "fixed"
    QUOTED = "quoted"
    NEGATED = "negated"
    PLEA = "plea"
    WARNING = "warning"
    REPROACH = "reproach"
    SELF = "self"
    CONDITION = "condition"
    FOLLOW_UP = "follow_up"
    BOUNDARY = "boundary"


_ALWAYS = (Excuse.FIXED, Excuse.QUOTED, Excuse.NEGATED, Excuse.BOUNDARY)
EXCUSES: Mapping[Category, tuple[Excuse, ...]] = {
    Category.RIGID: (*_ALWAYS, Excuse.CONDITION),
    Category.IMPATIENT: (*_ALWAYS, Excuse.CONDITION),
    Category.SHIRK: (*_ALWAYS, Excuse.PLEA, Excuse.REPROACH, Excuse.CONDITION, Excuse.FOLLOW_UP),
    Category.BLAME: (*_ALWAYS, Excuse.REPROACH, Excuse.SELF),
    Category.INFORMAL_YOU: (Excuse.FIXED, Excuse.QUOTED),
    Category.OVERPROMISE: (*_ALWAYS, Excuse.PLEA, Excuse.WARNING),
    Category.PRIVATE: (*_ALWAYS, Excuse.PLEA, Excuse.WARNING),
    Category.LEAK: (*_ALWAYS, Excuse.PLEA, Excuse.WARNING),
}
"""What may excuse a hit of a category, unless its rule names its own."""


@dataclass(frozen=True)
class Pattern:
    """One pattern of a rule; compiled when it is first needed."""

    sequence: Sequence
    fillers: Fillers

    @functools.cached_property
    def _anchored(self) -> tuple[list[str], int, int]:
        return anchor(self.sequence)

    @property
    def anchor(self) -> Sequence_[str]:
        """Words of which one must stand in a text for the pattern to fit."""
        return self._anchored[0]

    @functools.cached_property
    def before(self) -> int:
        """How many characters before such a word the pattern may begin."""
        return self._anchored[1]

    @property
    def after(self) -> int:
        """How many characters after the beginning of such a word the pattern may end."""
        return self._anchored[2]

    @functools.cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled expression: linear in the text, since every gap is bounded."""
        return re.compile(regex(self.sequence, self.fillers))


@dataclass(frozen=True)
class Rule:
    """One thing that is not said, why, and what is said instead (a template of `reword`)."""

    name: str
    category: Category
    patterns: tuple[Pattern, ...]
    why: str
    better: str = ""
    also: tuple[Category, ...] = ()
    finds: tuple[str, ...] = ()
    """Shapes that are looked for besides patterns, by their names in `leak.FINDERS`."""
    unless: tuple[Pattern, ...] = ()
    excused_by: tuple[Excuse, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    is_loose: bool = False
    """Whether the tone of the whole reply may say that a hit is none."""
    path: str = ""
    line: int = 0

    @property
    def excuses(self) -> tuple[Excuse, ...]:
        """What excuses a hit, in the order in which it is asked."""
        return tuple(excuse for excuse in Excuse if excuse in (self.excused_by or EXCUSES[self.category]))

    @property
    def categories(self) -> tuple[Category, ...]:
        """Every category under which a hit is reported; what is impatient is rigid too."""
        rigid = (Category.RIGID,) if self.category is Category.IMPATIENT else ()
        return tuple(dict.fromkeys((self.category, *rigid, *self.also)))


@dataclass(frozen=True)
class General:
    """What is said of any sentence of a category that no rule has words for: why, and what is said instead."""

    why: str = ""
    better: str = ""


@dataclass(frozen=True)
class Words:
    """The word lists beside the rules."""

    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    """Fixed words and product names: what is inside them is never a hit."""

    def of(self, name: str) -> tuple[str, ...]:
        """A list by its name; empty when there is none."""
        return self.lists.get(name, ())


@dataclass(frozen=True)
class Rulebook:
    """All rules and word lists of a folder."""

    rules: tuple[Rule, ...]
    words: Words
    fillers: Fillers
    general: Mapping[Category, General] = field(default_factory=dict)

    def without(self, places: Collection[tuple[str, int]]) -> "Rulebook":
        """The book without the rules at these places (file and line)."""
        return replace(self, rules=tuple(rule for rule in self.rules if (rule.path, rule.line) not in places))
