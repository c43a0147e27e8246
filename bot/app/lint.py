"""The lint in force in this process: it judges, and its rules can be shown and exchanged."""

import hashlib
import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bot.config_models import LintSettings
from bot.desk.lint import Linter, Report
from bot.desk.manners.expression import phrases
from bot.desk.manners.rules import Rule
from bot.language.linter import NOTHING, RuleLinter
from bot.language.rule_files import FOLDER, read_rule_files
from bot.usecases.rulebook import Rulebook, RulesBroken, ShownRule

log = logging.getLogger(__name__)

PROBLEMS_TOLD = 8
"""Problems of rule files in one answer: whoever mends these comes back for the rest."""


class Rules(Linter, Rulebook, Protocol):
    """Both: what judges and what can be shown."""


class FileRules:
    """The lint over the rule files, and the rulebook of the same files."""

    def __init__(self, settings: LintSettings, folder: Path = FOLDER) -> None:
        self.seen = 0
        self._folder = folder
        self._severities = settings.severities()
        self._linter = RuleLinter(self._severities, courtesy=settings.courtesy_severity(), folder=folder)
        self._files = marks(folder)
        self._shown: tuple[ShownRule, ...] = ()

    def warm(self) -> None:
        """Begin to load in a thread of its own: nobody waits for it but the first reply."""
        threading.Thread(target=self._warm, name="lint", daemon=True).start()

    def _warm(self) -> None:
        for problem in self._linter.warm():
            log.error("a rule of the lint is left out: %s", problem)

    def check(self, text: str) -> Report:
        """What is found in a text."""
        return self._linter.check(text)

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        """The whole text in kinder words; empty when there are none."""
        return self._linter.better(text, facts)

    def shown(self) -> Sequence[ShownRule]:
        """Every rule in force, as its file says it."""
        if not self._shown:
            self._shown = self._read()
        return self._shown

    def files(self) -> dict[str, str]:
        """Name → mark of every file in force."""
        return dict(self._files)

    def reload(self) -> None:
        """Take the files as they are now; RulesBroken names each problem with its line, and nothing changes then."""
        problems = self._linter.reload()
        if problems:
            raise RulesBroken("\n".join(str(p) for p in problems[:PROBLEMS_TOLD]))
        self._files, self._shown = marks(self._folder), self._read()

    def _read(self) -> tuple[ShownRule, ...]:
        return tuple(self._show(rule) for rule in read_rule_files(self._folder).book.rules)

    def _show(self, rule: Rule) -> ShownRule:
        said = tuple(phrase for pattern in rule.patterns for phrase in phrases(pattern.sequence))
        severity = self._severities[rule.category]
        return ShownRule(rule.name, rule.category, severity, said, rule.why, self._linter.engine.filled(rule, NOTHING))


def marks(folder: Path) -> dict[str, str]:
    """The files of a folder of rules, each with a mark that changes with its contents."""
    files = sorted([*folder.glob("*.toml"), *folder.glob("words/*")])
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest()[:12] for f in files}
