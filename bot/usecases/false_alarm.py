"""False alarms (误报): marked by whoever was stopped; those who lead make an exception of them, or keep the rule."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.draft import DOUBT_EXCEPTED, DOUBT_KEPT, DOUBT_OPEN, Found
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.outgoing import Button, Buttons, Press, Verb
from bot.desk.people import Role, Staff
from bot.usecases.at_hand import Spot, case_at, require_case, require_staff, require_supervisor
from bot.usecases.found import data_of
from bot.usecases.groups import leaders, room
from bot.usecases.hold import under
from bot.usecases.noted import OF_MESSAGE
from bot.usecases.office import Office
from bot.usecases.ports import RuleChange, RuleException, Work
from bot.usecases.say import say
from bot.usecases.topics import place_of

LISTED = 10
LONGEST = 200
"""Characters of an exception: a clause, not a letter."""


def mark(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str = "") -> str:
    """误报 under a notice: `subject` is a draft, or with the choice `m` a message that was sent."""
    who = require_staff(work, staff_telegram_id)
    is_sent = choice == OF_MESSAGE
    found = work.findings.of_message(subject) if is_sent else work.findings.of_draft(subject)
    return _mark(work, office, now, who, [f for f in found if f.matched and f.version == found[-1].version])


def mark_here(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, draft_id: int | None
) -> str:
    """`/falsealarm [N]`: of the draft that is named, the message replied to, or one's newest words in this case."""
    who = require_staff(work, staff_telegram_id)
    if draft_id is not None:
        return mark(work, office, now, staff_telegram_id=staff_telegram_id, subject=draft_id)
    draft = work.drafts.at(spot.reply_to) if spot.reply_to else None
    mapped = work.messages.find(spot.reply_to) if spot.reply_to else None
    if draft is not None and draft.sent is None:
        return mark(work, office, now, staff_telegram_id=staff_telegram_id, subject=draft.id)
    if mapped is not None and mapped.message_id is not None:
        sent = mapped.message_id
        return mark(work, office, now, staff_telegram_id=staff_telegram_id, subject=sent, choice=OF_MESSAGE)
    case = case_at(work, spot)
    newest = work.findings.last_of(case.id, who.id) if case else None
    if newest is None:
        raise DeskError("notice/nothing_found_here")
    subject, choice = (newest.draft_id, "") if newest.draft_id else (newest.message_id or 0, OF_MESSAGE)
    return mark(work, office, now, staff_telegram_id=staff_telegram_id, subject=subject, choice=choice)


def _mark(work: Work, office: Office, now: datetime, who: Staff, found: Sequence[Found]) -> str:
    if not found:
        raise DeskError("notice/nothing_found_here")
    if found[0].staff_id != who.id and who.role is Role.SPECIALIST:
        raise NotAllowed("notice/false_alarm_not_yours")
    fresh = [f for f in found if not f.doubt]
    if not fresh:
        raise DeskError("notice/false_alarm_known")
    for each in fresh:
        work.findings.doubt(each.id, DOUBT_OPEN, at=now, by=who.id)
    data = {"findings": " ".join(str(f.id) for f in fresh), **data_of(fresh)}
    work.events.add(Event(fresh[0].case_id, Did.FALSE_ALARM, now, staff_id=who.id, data=data))
    for to in leaders(work, office):
        say(work, office, now, to=to, script="notice/false_alarm_up",
            values={"lines": _lines(work, office, fresh, who)}, buttons=_choices(office, fresh))  # fmt: skip
    return office.say("notice/false_alarm_marked").text


def show_false_alarms(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot) -> None:
    """`/falsealarms`: what waits to be looked at, with two buttons each."""
    require_supervisor(work, staff_telegram_id)
    found = work.findings.doubted(limit=LISTED)
    to = room(spot.ref.chat_id, spot.thread_id)
    if not found:
        say(work, office, now, to=to, script="notice/no_false_alarms", values={}, reply_to=spot.ref)
        return
    values = {"lines": _lines(work, office, found, None)}
    say(work, office, now, to=to, script="notice/false_alarms", values=values, buttons=_choices(office, found),
        reply_to=spot.ref)  # fmt: skip


def _lines(work: Work, office: Office, found: Sequence[Found], by: Staff | None) -> str:
    return "\n".join(_line(work, office, each, by) for each in found)


def _line(work: Work, office: Office, found: Found, by: Staff | None) -> str:
    author = work.staff.get(found.staff_id)
    doubter = by or (work.staff.get(found.doubted_by) if found.doubted_by else None)
    nobody = office.word("nobody")
    return office.line(
        "doubted", found=found.id, category=office.category(found.category), rule=found.rule, context=found.context,
        name=author.name if author else nobody, case=found.case_id, by=doubter.name if doubter else nobody,
    )  # fmt: skip


def _choices(office: Office, found: Sequence[Found]) -> Buttons:
    """One row each; with one only, the labels need no number."""

    def label(key: str, line: str, each: Found) -> str:
        return office.label(key) if len(found) == 1 else office.line(line, found=each.id)

    return tuple(
        (
            Button(label("except", "except_this", f), Press(Verb.EXCEPT, f.id)),
            Button(label("keep_rule", "keep_this", f), Press(Verb.KEEP_RULE, f.id)),
        )
        for f in found
    )


def make_exception(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, found_id: int, words: str = ""
) -> str:
    """加为例外: in these words (by default the clause in which it was found) the rule is not applied any more."""
    who, found = _to_decide(work, staff_telegram_id, found_id)
    words = words or found.context
    _check(found, words)
    made = work.rules.except_(RuleException(0, found.rule, words, now, who.id, found.id))
    detail = office.line("rule_exception", exception=made.id, rule=made.rule, words=made.words, name=who.name,
                         at=office.local(now))  # fmt: skip
    work.rules.changed(RuleChange(0, "except", now, who.id, detail))
    work.findings.doubt(found.id, DOUBT_EXCEPTED, at=now)
    values = {"words": words, "rule": found.rule}
    _tell_author(work, office, now, found, "notice/false_alarm_right", values)
    return office.say("notice/exception_made", words=words, number=str(made.id)).text


def _check(found: Found, words: str) -> None:
    """An exception holds the words that were found and something more, or it would switch the rule off."""
    if found.matched.lower() not in words.lower() or len(words) > LONGEST:
        raise DeskError("notice/exception_without_words", matched=found.matched, number=str(found.id))
    if len(words) <= len(found.matched):
        raise DeskError("notice/exception_too_wide", matched=found.matched, number=str(found.id))


def keep_rule(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, found_id: int) -> str:
    """规则不变: it was no false alarm; whoever marked it is told kindly."""
    _, found = _to_decide(work, staff_telegram_id, found_id)
    work.findings.doubt(found.id, DOUBT_KEPT, at=now)
    _tell_author(work, office, now, found, "notice/false_alarm_kept", {"words": found.matched})
    return office.say("notice/rule_kept", number=str(found.id)).text


def drop_exception(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, exception_id: int) -> str:
    """`/unexcept N`: the rule is applied everywhere again."""
    who = require_supervisor(work, staff_telegram_id)
    known = next((e for e in work.rules.exceptions() if e.id == exception_id), None)
    if known is None or not work.rules.unexcept(exception_id, at=now, by=who.id):
        raise DeskError("notice/no_such_exception", number=str(exception_id))
    detail = office.line("rule_exception", exception=known.id, rule=known.rule, words=known.words, name=who.name,
                         at=office.local(now))  # fmt: skip
    work.rules.changed(RuleChange(0, "unexcept", now, who.id, detail))
    return office.say("notice/exception_dropped", words=known.words, rule=known.rule).text


def _to_decide(work: Work, telegram_id: int, found_id: int) -> tuple[Staff, Found]:
    who = require_supervisor(work, telegram_id)
    found = work.findings.get(found_id)
    if found is None or found.doubt != DOUBT_OPEN:
        raise DeskError("notice/no_such_false_alarm", number=str(found_id))
    return who, found


def _tell_author(work: Work, office: Office, now: datetime, found: Found, script: str, values: dict[str, str]) -> None:
    case = require_case(work, found.case_id)
    draft = work.drafts.get(found.draft_id) if found.draft_id else None
    sent = work.messages.get(found.message_id) if found.message_id else None
    ref = draft.ref if draft else sent.ref if sent else None
    say(work, office, now, to=place_of(case), script=script, values=values, reply_to=under(case, ref), case_id=case.id)
