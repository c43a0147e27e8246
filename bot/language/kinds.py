"""What kind of matter is it? Every kind has clue words with weights; the words of the sentence that asks weigh more."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import ahocorasick

from bot.desk.labels import KINDS
from bot.language.clauses import Clause

DATA: Final = Path(__file__).with_name("kinds.toml")
"""Clue words and patterns by kind and weight."""
OTHER: Final = "other"
CONSULT: Final = "consult"
COMPLAINT: Final = "complaint"
_ASKED: Final = 1.6
"""How much more a clue counts in a clause that asks or requests, than in one that tells what happened before."""
_SET_ASIDE: Final = 0.4
"""And how little in one that says that this does not matter."""
_WEAK, _WEAK_AT_MOST = 1, 2.0
"""Words of weight 1 only lean: all of them together count so much at most."""
_SHOWN: Final = 4
"""Clues that a reason names."""
_LEAST: Final = 2.0
"""Below this nothing is said of any matter."""
_COURTEOUS: Final = 4.0
"""From here on a text is thanks, a greeting or a suggestion, unless it asks for something besides."""
_PATTERN_WEIGHT: Final = 3.0
_FADING: Final = 0.75
"""Each further clue of the same kind counts so much of what it would alone: two strong words beat five loose ones."""


@dataclass(frozen=True)
class Topic:
    """A kind with the clues that spoke for it, strongest first; `score` orders kinds of one text only."""

    kind: str
    score: float
    clues: tuple[str, ...]


class KindReader:
    """Scores kinds; compiled data only, may be shared by threads."""

    def __init__(self, path: Path = DATA) -> None:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        self._reason, self._worded = str(table.pop("reason")), str(table.pop("worded"))
        self._words: Any = ahocorasick.Automaton()
        for word, meanings in _by_word(table).items():
            self._words.add_word(word, (word, meanings))
        self._words.make_automaton()
        self._patterns = tuple((kind, re.compile(one)) for kind, row in table.items() for one in row["patterns"])

    def reason(self, clauses: Sequence[Clause], kind: str) -> tuple[str, ...]:
        """The strongest clues for a kind in words, of a complaint those for its matter; nothing when there are none."""
        ranked = self._ranked(clauses)
        topic = next((one for one in ranked if one.kind == kind or kind == COMPLAINT), Topic(kind, 0.0, ()))
        return _filled(self._reason, topic.clues)

    def worded(self, telling: Sequence[str]) -> tuple[str, ...]:
        """The pairs of characters that say most for a kind, in words."""
        return _filled(self._worded, telling)

    def best(self, clauses: Sequence[Clause], *, is_settled: bool = False) -> Topic:
        """The kind that the clauses speak of; `other` for a greeting, thanks, a suggestion, or nothing known.

        `is_settled`: the text takes something back (撤诉), so that what it was about is no longer asked for.
        """
        ranked = self._ranked(clauses)
        courteous = next((topic for topic in ranked if topic.kind == OTHER), Topic(OTHER, 0.0, ()))
        matters = [topic for topic in ranked if topic.kind != OTHER and topic.score >= _LEAST]
        if not matters:
            return self._fallback(courteous, clauses)
        if (is_settled or courteous.score >= _COURTEOUS) and not self._asks_for_something(clauses):
            return courteous
        return matters[0]

    def scores(self, clauses: Sequence[Clause]) -> dict[str, float]:
        """How strongly the clauses speak of each kind that they speak of."""
        return {topic.kind: topic.score for topic in self._ranked(clauses)}

    def _fallback(self, courteous: Topic, clauses: Sequence[Clause]) -> Topic:
        """No matter is known: a question is somebody's to answer all the same."""
        is_question = any(clause.is_asking for clause in clauses) and courteous.score < _COURTEOUS
        return Topic(CONSULT, 0.0, courteous.clues) if is_question else courteous

    def _asks_for_something(self, clauses: Sequence[Clause]) -> bool:
        near = {n for n, clause in enumerate(clauses) if clause.is_asking}
        asking = [clause for n, clause in enumerate(clauses) if n in near or n + 1 in near]
        return any(topic.kind != OTHER and topic.score >= _LEAST for topic in self._ranked(asking))

    def _ranked(self, clauses: Sequence[Clause]) -> list[Topic]:
        clues: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for clause in clauses:
            factor = _SET_ASIDE if clause.is_aside else _ASKED if clause.is_asking else 1.0
            for kind, word, weight in self._found(clause.text):
                clues[kind][word] = max(clues[kind].get(word, 0.0), weight * factor)
        topics = [_topic(kind, found) for kind, found in clues.items()]
        return sorted(topics, key=lambda topic: (-topic.score, KINDS.index(topic.kind)))

    def _found(self, text: str) -> Iterator[tuple[str, str, float]]:
        for word, meanings in (value for _, value in self._words.iter_long(text)):
            yield from ((kind, word, weight) for kind, weight in meanings)
        for kind, pattern in self._patterns:
            match = pattern.search(text)
            if match:
                yield kind, match.group(), _PATTERN_WEIGHT


def _filled(sentence: str, words: Sequence[str]) -> tuple[str, ...]:
    return (sentence.format(words="、".join(words[:_SHOWN])),) if words else ()


def _topic(kind: str, found: Mapping[str, float]) -> Topic:
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    weak = sum(weight for _, weight in ordered if weight < 2 * _WEAK)
    strong = [weight for _, weight in ordered if weight >= 2 * _WEAK]
    score = sum(weight * _FADING**n for n, weight in enumerate(strong)) + min(weak, _WEAK_AT_MOST)
    return Topic(kind, score, tuple(word for word, _ in ordered))


def _by_word(table: Mapping[str, Any]) -> dict[str, list[tuple[str, float]]]:
    """word → the kinds that it speaks for, each with its weight."""
    meanings: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for kind in KINDS:
        for weight in ("5", "4", "3", "2", "1"):
            for word in table.get(kind, {}).get(weight, ()):
                meanings[word].append((kind, float(weight)))
    return dict(meanings)
