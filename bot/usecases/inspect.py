"""The one door for everybody's words: whatever goes out to a franchisee is looked at here first."""

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.desk.lint import Courtesy, Finding, Report, Severity
from bot.usecases.office import Office
from bot.usecases.ports import RuleException, Work
from bot.usecases.rulebook import RulesBroken

log = logging.getLogger(__name__)

NOTHING = Report((), Courtesy(qing=True, nin=True, zaijian=True))
"""What is said of no words at all."""


def inspect(work: Work, office: Office, text: str) -> Report:
    """What the lint says of a text by the rules in force now, exceptions made in chat left out.

    Replies, captions, edits, ready answers, broadcasts, questions: all of them ask here, and send only what is not
    `Severity.BLOCK`.
    """
    if not text.strip():
        return NOTHING
    _keep_up(work, office)
    report = office.linter.check(text)
    grave = [f for f in report.findings if f.severity is not Severity.OFF]
    return replace(report, findings=tuple(_not_excepted(text, grave, work.rules.exceptions() if grave else ())))


def _keep_up(work: Work, office: Office) -> None:
    """Another process may have reloaded the rules: this one follows, once for each change."""
    version = work.rules.version()
    if version <= office.rulebook.seen:
        return
    office.rulebook.seen = version
    try:
        office.rulebook.reload()
    except RulesBroken as error:
        log.error("the rules were changed elsewhere and cannot be read here; the old ones stay\n%s", error)


def _not_excepted(text: str, findings: Iterable[Finding], exceptions: Sequence[RuleException]) -> list[Finding]:
    return [f for f in findings if not any(e.rule == f.rule and covers(text, e.words, f) for e in exceptions)]


def covers(text: str, words: str, finding: Finding) -> bool:
    """Whether a finding lies within one of the places where these words stand in the text."""
    places = re.finditer(re.escape(words), text, re.IGNORECASE)
    return any(p.start() <= finding.start and finding.end <= p.end() for p in places)
