"""What is taken for true of a labelled reply: by its author, and by those who labelled it again.

`again` in a row holds what others said of the text alone, who knew the definitions of the categories and neither the
author's labels nor the lint. Authors write a reply for one category and seldom name the second that it has, too; those
who were asked about each category by itself have an `again` of nobody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.desk.lint import DEFAULT_SEVERITIES, Category, Severity

HELD: Final = frozenset(category for category, severity in DEFAULT_SEVERITIES.items() if severity is Severity.BLOCK)
"""What a reply is held back for."""
MANNERS: Final = frozenset({Category.RIGID, Category.IMPATIENT, Category.SHIRK, Category.BLAME})
"""The ways of being unkind, of which one sentence may have several."""


def agreed(row: Mapping[str, Any]) -> frozenset[str]:
    """The categories of a reply. Of three people's labels the majority; of two, which agree whether it must be held
    back, the ways of being unkind are the second one's; else the author's.
    """
    author = frozenset(row["categories"])
    others = [frozenset(labels) for labels in row.get("again", ())]
    match others:
        case []:
            return author
        case [other]:
            is_agreed = bool(author & HELD) == bool(other & HELD)
            return (author - MANNERS) | (other & MANNERS) if is_agreed else author
        case _:
            votes = Counter(category for labels in (author, *others) for category in labels)
            return frozenset(category for category, count in votes.items() if 2 * count > len(others) + 1)


def agreement(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """How far people agree, as a Markdown table: F1 of each pair of those who labelled all of these rows."""
    people = [[frozenset(row["categories"]) for row in rows]]
    people += [[frozenset(row["again"][n]) for row in rows] for n in range(len(rows[0]["again"]))]
    pairs = [(a, b) for a in range(len(people)) for b in range(a + 1, len(people))]
    yield "| what | " + " | ".join(f"{_name(a)} and {_name(b)}" for a, b in pairs) + " |"
    yield "|---" * (len(pairs) + 1) + "|"
    for what, those in (("held back or not", HELD), *((str(category), frozenset({category})) for category in Category)):
        yield f"| {what} | " + " | ".join(f"{_f1(people[a], people[b], those):.3f}" for a, b in pairs) + " |"


def _name(number: int) -> str:
    return f"reader {number}" if number else "author"


def _f1(some: Sequence[frozenset[str]], others: Sequence[frozenset[str]], those: frozenset[Category]) -> float:
    both = sum(bool(a & those) and bool(b & those) for a, b in zip(some, others, strict=True))
    either = sum(bool(a & those) + bool(b & those) for a, b in zip(some, others, strict=True))
    return 2 * both / either if either else 1.0
