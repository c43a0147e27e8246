"""The lint as the desk uses it: an engine that may be exchanged at any time, and reports of what it finds."""

import contextlib
import gc
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.desk.lint import DEFAULT_SEVERITIES, Category, Finding, Report, Severity
from bot.desk.manners.judge import Found
from bot.desk.manners.ports import Vocabulary
from bot.desk.manners.reword import filled, reworded
from bot.desk.script import Problem
from bot.language.engine import Engine, Seen
from bot.language.engine_files import load_engine, shared_segmenter
from bot.language.rule_files import FOLDER

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
"""Known of a case: a better wording then says what is usual."""


class RuleLinter:
    """The desk's `Linter`: `warm` it in a thread at start; `reload` exchanges the rules at any time."""

    def __init__(
        self,
        severities: Mapping[Category, Severity] = DEFAULT_SEVERITIES,
        *,
        courtesy: Severity = Severity.HINT,
        folder: Path = FOLDER,
        segmenter: Vocabulary | None = None,
        has_tone: bool = True,
    ) -> None:
        self._severities = {**DEFAULT_SEVERITIES, **severities}
        self._courtesy = courtesy
        self._folder = folder
        self._has_tone = has_tone
        self._segmenter = segmenter or shared_segmenter()
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._problems: tuple[Problem, ...] = ()

    def warm(self) -> tuple[Problem, ...]:
        """Load the rules unless they are loaded; what is wrong with them (such a rule is left out)."""
        with self._lock, _uncollected():
            if self._engine is None:
                self._engine, self._problems = load_engine(self._folder, self._segmenter, has_tone=self._has_tone)
        return self._problems

    def reload(self) -> tuple[Problem, ...]:
        """Take the rules as their files are now; if anything is wrong with them the old ones stay in force."""
        with self._lock, _uncollected():
            engine, problems = load_engine(self._folder, self._segmenter, has_tone=self._has_tone)
            if not problems or self._engine is None:
                self._engine = engine
        return problems

    @property
    def rules(self) -> int:
        """How many rules are in force."""
        return len(self._ready().book.rules)

    def check(self, text: str) -> Report:
        """What is found in a text; never raises, whatever the text."""
        engine = self._ready()
        findings = [self._finding(engine, text, hit) for hit in engine.found(text)]
        shown = [f for f in findings if f.severity is not Severity.OFF]
        folded = text.translate(engine.characters)
        return Report(
            tuple(sorted(shown, key=lambda f: (f.start, f.end, f.category))),
            engine.courtesy.read(folded),
            self._courtesy,
        )

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        """The whole text in kinder words, which themselves pass; empty when there are none."""
        engine = self._ready()
        hits = [
            _in_original(seen)
            for seen in engine.found(text)
            if self._severities[seen.found.category] is not Severity.OFF
        ]
        offered = reworded(text, hits, facts, engine.manners)
        return offered if offered and not self.check(offered).findings else ""

    @property
    def engine(self) -> Engine:
        """The rules of this moment."""
        return self._ready()

    def _ready(self) -> Engine:
        if self._engine is None:
            self.warm()
        assert self._engine is not None
        return self._engine

    def _finding(self, engine: Engine, text: str, seen: Seen) -> Finding:
        found = seen.found
        start, end = seen.folded.span(found.start, found.end)
        return Finding(
            found.category, self._severities[found.category], found.rule.name, start, end, text[start:end],
            found.rule.why, filled(found.rule.better, NOTHING, engine.manners.facts), seen.is_bold,
        )  # fmt: skip


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage meanwhile: what is loaded stays, and every look at it costs a tenth of the start."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _in_original(seen: Seen) -> Found:
    return Found(seen.found.rule, seen.found.category, *seen.folded.span(seen.found.start, seen.found.end))
