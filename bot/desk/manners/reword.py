"""Say it better: the rule's own words for the sentence, 您 for 你, and a 请 where one belongs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.desk.lint import Category
from bot.desk.manners.expression import ENDS
from bot.desk.manners.judge import Found

_SENTENCE: Final = re.compile(f"[^{ENDS}]*[{ENDS}]+[”」』\"'’)】]*|[^{ENDS}]+$")
_EITHER: Final = re.compile(r"〔([^|〕]*)(?:\|([^〕]*))?〕")
_SLOT: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Manners:
    """Words for rewording: what stands for an unknown fact, which beginnings take a 请, and a close."""

    facts: Mapping[str, str]
    asking: tuple[str, ...]
    close: str


def filled(template: str, facts: Mapping[str, str], usual: Mapping[str, str]) -> str:
    """A template with what is known: 〔{deadline}前|尽快〕 is its second part when the first can't be filled."""

    def either(found: re.Match[str]) -> str:
        return found[1] if all(facts.get(name) for name in _SLOT.findall(found[1])) else found[2] or ""

    return _SLOT.sub(lambda m: facts.get(m[1]) or usual.get(m[1], ""), _EITHER.sub(either, template))


def reworded(text: str, found: Sequence[Found], facts: Mapping[str, str], manners: Manners) -> str:
    """The whole text with every sentence in which something was found said as its rule says it; may be empty."""
    said: list[str] = []
    for start, end in sentences(text):
        hits = [f for f in found if f.start < end and start < f.end]
        said += _better(text[start:end], hits, facts, manners)
    return with_please("".join(dict.fromkeys(said)).strip(), manners)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text are."""
    return (found.span() for found in _SENTENCE.finditer(text))


def _better(sentence: str, hits: Iterable[Found], facts: Mapping[str, str], manners: Manners) -> list[str]:
    """What is said instead of a sentence; the sentence itself with 您 when that is all that was wrong."""
    grave = [f for f in hits if f.category is not Category.INFORMAL_YOU]
    if not grave:
        return [respectful(sentence)]
    words = dict.fromkeys(filled(f.rule.better, facts, manners.facts) for f in grave if f.rule.better)
    return [next(iter(words), "")]


def respectful(text: str) -> str:
    """您 wherever 你 or 你们 was said to the franchisee."""
    return re.sub("[你妳您]们|[你妳]", "您", text)


def with_please(text: str, manners: Manners) -> str:
    """The text with a 请 in it: before what asks for something, else in a closing sentence."""
    if not text or "请" in text:
        return text
    asking = "|".join(map(re.escape, manners.asking))
    begun = re.sub(f"(^|[{ENDS},，、])((?:{asking}))", r"\1请\2", text, count=1) if asking else text
    return begun if begun != text else f"{text}{'' if text[-1] in ENDS + '！？' else '。'}{manners.close}"
