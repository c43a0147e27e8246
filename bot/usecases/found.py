"""Keep what the lint found: in whose words, in which version of them, and what became of it; and put it in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import Case
from bot.desk.draft import Found, Outcome, clause
from bot.desk.lint import Category, Finding, Severity
from bot.desk.outgoing import Priority
from bot.desk.people import Staff
from bot.usecases.groups import leaders
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

GRAVE = (Category.PRIVATE, Category.LEAK)
"""What those who lead are told at once."""
SHOWN = 6
"""Findings in one notice: whoever has more to mend begins with these."""


def keep_found(
    work: Work, now: datetime, *, case: Case, who: Staff, text: str, findings: Iterable[Finding],
    outcome: Outcome, version: int, draft_id: int | None = None, message_id: int | None = None,
) -> Sequence[Found]:  # fmt: skip
    """Store findings in a text of somebody's."""
    return work.findings.add(
        [
            Found(
                id=0, case_id=case.id, staff_id=who.id, category=f.category.value, severity=f.severity, rule=f.rule,
                start=f.start, end=f.end, matched=f.matched, context=clause(text, f.start, f.end), at=now,
                outcome=outcome, draft_id=draft_id, message_id=message_id, version=version,
                is_suspected=f.is_suspected,
            )
            for f in findings
        ]
    )  # fmt: skip


def keep_missing(
    work: Work, now: datetime, *, case: Case, who_id: int, lacks: Iterable[str], outcome: Outcome,
    message_id: int | None = None, severity: Severity = Severity.HINT,
) -> Sequence[Found]:  # fmt: skip
    """Store what a reply lacks of 三要: there is nothing to mark in it."""
    return work.findings.add(
        [
            Found(
                id=0, case_id=case.id, staff_id=who_id, category=key, severity=severity, rule=key, start=0, end=0,
                matched="", context="", at=now, outcome=outcome, message_id=message_id,
            )
            for key in lacks
        ]
    )  # fmt: skip


def told(office: Office, findings: Sequence[Finding]) -> str:
    """What was found and why, a line each; the same words for the same reason, or as impatient and as rigid (of which
    impatience is a part), are told once.
    """
    impatient = {(f.start, f.end) for f in findings if f.category is Category.IMPATIENT}
    lines = {
        office.line(
            "found", category=office.category(f.category), matched=f.matched, why=f.why,
            suspected=office.word("suspected") if f.is_suspected else "",
        ): None
        for f in findings
        if f.category is not Category.RIGID or (f.start, f.end) not in impatient
    }  # fmt: skip
    return "\n".join(list(lines)[:SHOWN])


def data_of(found: Sequence[Found]) -> dict[str, str]:
    """Findings in an event, so that every figure can be made again from the events."""
    return {"found": " ".join(f.category for f in found), "rules": " ".join(f.rule for f in found)}


def tell_leaders(
    work: Work, office: Office, now: datetime, *, case: Case, who: Staff, findings: Sequence[Finding], is_held: bool
) -> None:
    """Private dealings and leaks are told upstairs at once, held or not."""
    grave = [f for f in findings if f.category in GRAVE]
    if not grave:
        return
    button = ((Button(office.label("show_case"), Press(Verb.SHOW, case.id)),),)
    values = {"case": str(case.id), "name": who.name, "lines": told(office, grave)}
    script = "notice/grave_held" if is_held else "notice/grave_sent"
    for to in leaders(work, office):
        say(work, office, now, to=to, script=script, values=values, buttons=button, case_id=case.id,
            priority=Priority.CARD)  # fmt: skip
