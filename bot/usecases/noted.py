"""Words that were sent although something can be better: recorded, and whoever wrote them is told, quietly."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.case import Case
from bot.desk.draft import Outcome, missing
from bot.desk.events import Did, Event
from bot.desk.lint import Category, Finding, Report, Severity
from bot.desk.message import Message
from bot.desk.outgoing import Button, Outgoing, Press, Priority, SayText, Verb
from bot.desk.people import Staff
from bot.usecases.at_hand import require_case
from bot.usecases.found import data_of, keep_found, keep_missing, tell_leaders, told
from bot.usecases.hold import under
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.topics import place_of

OF_MESSAGE = "m"
"""A false alarm about words that were sent: the button's subject is the message, not a draft."""


def note_found(
    work: Work, office: Office, now: datetime, *, kept: Message, who: Staff, report: Report, version: int = 0
) -> None:
    """One short note for all of it; a hint (请 or 您 is missing) at most once a case."""
    case = require_case(work, kept.case_id)
    known = _still_there(work, now, kept, who, report) if version else frozenset()
    findings, lacks = _worth_telling(work, case, kept, report)
    findings = [f for f in findings if (f.rule, f.matched) not in known]
    if not findings and not lacks:
        return
    found = keep_found(work, now, case=case, who=who, text=kept.content.text, findings=findings,
                       outcome=Outcome.SENT, version=version, message_id=kept.id)  # fmt: skip
    lacking = keep_missing(
        work,
        now,
        case=case,
        who_id=who.id,
        lacks=lacks,
        outcome=Outcome.SENT,
        message_id=kept.id,
        severity=report.courtesy_severity,
    )
    data = {"message": str(kept.id), "version": str(version), **data_of([*found, *lacking])}
    work.events.add(Event(case.id, Did.REPLY_NOTED, now, staff_id=who.id, data=data))
    _tell(work, office, now, case, kept, findings, lacks)
    tell_leaders(work, office, now, case=case, who=who, findings=findings, is_held=False)


def _still_there(work: Work, now: datetime, kept: Message, who: Staff, report: Report) -> frozenset[tuple[str, str]]:
    """After an edit: what was told before and is still there is not told again, what is gone was mended."""
    before = [f for f in work.findings.of_message(kept.id) if f.outcome is Outcome.SENT and f.matched]
    there = frozenset((f.rule, f.matched) for f in report.findings)
    mended = [f for f in before if (f.rule, f.matched) not in there]
    if mended:
        work.findings.became([f.id for f in mended], Outcome.CHANGED)
        data = {"message": str(kept.id), **data_of(mended)}
        work.events.add(Event(kept.case_id, Did.WORDS_MENDED, now, staff_id=who.id, data=data))
    return frozenset((f.rule, f.matched) for f in before)


def _worth_telling(work: Work, case: Case, kept: Message, report: Report) -> tuple[list[Finding], tuple[str, ...]]:
    """What was found, and what is lacking; hints only while none was given in this case."""
    lacks = _lacking(kept, report)
    hints = [f for f in report.findings if f.severity is Severity.HINT]
    others = [f for f in report.findings if f.severity is not Severity.HINT]
    is_hint = report.courtesy_severity is Severity.HINT
    if (hints or (lacks and is_hint)) and work.findings.has_hint(case.id):
        return others, () if is_hint else lacks
    return [*others, *hints], lacks


def _lacking(kept: Message, report: Report) -> tuple[str, ...]:
    """请 and 您 where they are asked for; who said 你 hears of that already."""
    if kept.script_id or report.courtesy_severity is Severity.OFF:
        return ()
    is_told = any(f.category is Category.INFORMAL_YOU for f in report.findings)
    return tuple(key for key in missing(report.courtesy) if key != "nin" or not is_told)


def _tell(
    work: Work, office: Office, now: datetime, case: Case, kept: Message, findings: Sequence[Finding],
    lacks: Sequence[str],
) -> None:  # fmt: skip
    lines = [told(office, findings)] if findings else []
    lines += [office.line("missed", what=office.category(key)) for key in lacks]
    words = office.say("notice/reply_noted", lines="\n".join(lines))
    press = Press(Verb.FALSE_ALARM, kept.id, OF_MESSAGE)
    buttons = ((Button(office.label("false_alarm"), press),),) if findings else ()
    act = SayText(words.text, html=words.html, buttons=buttons, reply_to=under(case, kept.ref), is_quiet=True)
    work.outbox.add(Outgoing(place_of(case), act, priority=Priority.REPLY, case_id=case.id), at=now)
