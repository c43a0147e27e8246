"""Put something on the improvement list (other parts call this too), change how it stands, tell who suggested it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.improvement import (
    LONGEST,
    TRANSITIONS,
    Improvement,
    ImprovementState,
    Source,
    Step,
    moved,
)
from bot.desk.lint import Severity
from bot.desk.outgoing import Private
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.groups import leaders
from bot.usecases.improvement_words import day_words, item_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.sales_report import midnight
from bot.usecases.say import say

ADDED, OWNER, DUE, LATE = "added", "owner", "due", "late"
"""What a step may be, beside a new state."""


def add_improvement(
    work: Work,
    office: Office,
    now: datetime,
    *,
    source: Source,
    words: str,
    author: str,
    author_telegram_id: int | None = None,
    case_id: int | None = None,
    owner_id: int | None = None,
    due_on: date | None = None,
) -> Improvement:
    """On the list, with an owner (a supervisor unless named) and a date; whoever leads is told.

    The same words of the same author are on it once, as long as they go on. DeskError when there are no words or too
    many.
    """
    text = " ".join(words.split())
    if not text or len(text) > LONGEST:
        raise DeskError("notice/how_suggest", most=str(LONGEST))
    same = (i for i in work.improvements.going_on() if (i.words, i.source, i.author_telegram_id, i.case_id)
            == (text, source, author_telegram_id, case_id))  # fmt: skip
    if (known := next(same, None)) is not None:
        return known
    item = work.improvements.add(Improvement(
        id=0, words=text, source=source, author=author, owner_id=owner_id or _owner(work).id,
        due_on=due_on or office.today(now) + office.improve_within, added_at=now,
        author_telegram_id=author_telegram_id, case_id=case_id,
    ))  # fmt: skip
    work.improvements.note(Step(item.id, ADDED, now, None, author))
    _remind(work, office, item)
    for to in leaders(work, office):
        say(work, office, now, to=to, script="notice/improvement_new", values=item_values(work, office, now, item),
            buttons=buttons_of(office, item))  # fmt: skip
    return item


def buttons_of(office: Office, item: Improvement) -> Buttons:
    """What can be done about it now."""
    labels = {ImprovementState.DOING: "improve_start", ImprovementState.DONE: "improve_done",
              ImprovementState.DECLINED: "improve_decline"}  # fmt: skip
    row = tuple(
        Button(office.label(labels[to]), Press(Verb.IMPROVE, item.id, to.value)) for to in TRANSITIONS[item.state]
    )
    return (row,) if row else ()


def require_item(work: Work, number: int) -> Improvement:
    """One by its number; DeskError when there is none."""
    item = work.improvements.get(number)
    if item is None:
        raise DeskError("notice/no_such_improvement", number=str(number))
    return item


def move(
    work: Work, office: Office, now: datetime, *, who: Staff, number: int, to: ImprovementState, reason: str = ""
) -> Improvement:
    """It stands as `to`; whoever suggested it hears of its end. Doing so twice changes nothing."""
    item = require_item(work, number)
    _may_change(who, item, leads_only=to is ImprovementState.DECLINED)
    if item.state is to:
        return item
    if reason and item.source is Source.FRANCHISEE:
        _is_fit(office, reason)
    after = moved(item, to, at=now, reason=reason)
    work.improvements.save(after)
    work.improvements.note(Step(item.id, to.value, now, who.id, reason))
    if not after.is_going_on:
        _tell_author(work, office, now, after, who)
    return after


def give(work: Work, office: Office, now: datetime, *, who: Staff, number: int, owner: Staff) -> Improvement:
    """Somebody else sees to it, and is told."""
    item = _changeable(work, who, number)
    if item.owner_id == owner.id:
        return item
    after = replace(item, owner_id=owner.id)
    work.improvements.save(after)
    work.improvements.note(Step(item.id, OWNER, now, who.id, owner.name))
    say(work, office, now, to=Private(owner.telegram_id), script="notice/improvement_yours",
        values=item_values(work, office, now, after), buttons=buttons_of(office, after))  # fmt: skip
    return after


def put_off(work: Work, office: Office, now: datetime, *, who: Staff, number: int, due_on: date) -> Improvement:
    """Another date; DeskError for one that has passed."""
    item = _changeable(work, who, number)
    if due_on < office.today(now):
        raise DeskError("notice/improvement_past", day=day_words(office, due_on))
    if item.due_on == due_on:
        return item
    after = replace(item, due_on=due_on)
    work.improvements.save(after)
    work.improvements.note(Step(item.id, DUE, now, who.id, day_words(office, due_on)))
    _remind(work, office, after)
    return after


def chase_improvement(work: Work, office: Office, now: datetime, *, subject: int) -> None:
    """Its date has passed and it still goes on: its owner is told, once for each date."""
    item = work.improvements.get(subject)
    if item is None or not item.is_late(office.today(now)):
        return
    told = Step(item.id, LATE, now, None, item.due_on.isoformat())
    if any((s.did, s.words) == (told.did, told.words) for s in work.improvements.steps(item.id)):
        return  # the reminder of a date that was changed since
    work.improvements.note(told)
    owner = work.staff.get(item.owner_id)
    chats = [Private(owner.telegram_id)] if owner is not None and owner.is_active else leaders(work, office)
    for to in chats:
        say(work, office, now, to=to, script="notice/improvement_late", values=item_values(work, office, now, item),
            buttons=buttons_of(office, item))  # fmt: skip


def _owner(work: Work) -> Staff:
    """A supervisor, else the manager, else whoever is there: nothing on the list is nobody's."""
    order = (Role.SUPERVISOR, Role.MANAGER, Role.SPECIALIST)
    active = [s for s in work.staff.all() if s.is_active]
    if not active:
        raise DeskError("notice/improvement_nobody")
    return min(active, key=lambda s: (order.index(s.role), s.id))


def _remind(work: Work, office: Office, item: Improvement) -> None:
    after = office.opening(midnight(office, item.due_on + timedelta(days=1)))
    work.reminders.add(Reminder(ReminderKind.IMPROVEMENT, item.id, after))


def _changeable(work: Work, who: Staff, number: int) -> Improvement:
    item = require_item(work, number)
    _may_change(who, item, leads_only=True)
    if not item.is_going_on:
        raise DeskError("notice/improvement_over", number=str(number))
    return item


def _may_change(who: Staff, item: Improvement, *, leads_only: bool) -> None:
    """Who leads may do all; its owner may work on it and end it, but not turn it down or pass it on."""
    if who.role is Role.SPECIALIST and (leads_only or who.id != item.owner_id):
        raise NotAllowed("notice/improvement_not_yours", number=str(item.id))


def _is_fit(office: Office, reason: str) -> None:
    """No text of the staff reaches a franchisee that the lint would hold back."""
    report = office.linter.check(reason)
    if report.severity is Severity.BLOCK:
        found = "、".join(dict.fromkeys(f.matched for f in report.findings if f.severity is Severity.BLOCK))
        raise DeskError("notice/improvement_reason_held", words=found)


def _tell_author(work: Work, office: Office, now: datetime, item: Improvement, who: Staff) -> None:
    if item.author_telegram_id is None or item.author_telegram_id == who.telegram_id:
        return
    script = "notice/improvement_done" if item.state is ImprovementState.DONE else "notice/improvement_declined"
    reason = office.improving("reason", reason=item.reason) if item.reason else ""
    values = {"number": str(item.id), "words": item.words, "reason": reason}
    say(work, office, now, to=Private(item.author_telegram_id), script=script, values=values)
