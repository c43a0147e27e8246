"""What a supervisor does about a warning: look, take it (by name, once), close it with a reason; `/warnings`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from statistics import median_low

from bot.desk.asked import PERIODS, days_named
from bot.desk.errors import DeskError
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.period import Period
from bot.desk.split import pieces
from bot.desk.warnings import MOST_CASES, EarlyWarning, Level
from bot.usecases.at_hand import Spot, case_number, require_supervisor
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.upstairs import tell_leaders
from bot.usecases.warning_words import line_of, rule_of, state_of, what_of, words_of_cases

LONGEST = 300


def show(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> None:
    """查看: the rule, the numbers, and every case that it carries."""
    require_supervisor(work, staff_telegram_id)
    warning = _warning(work, subject)
    values = {
        "warning": str(warning.id),
        "level": office.alert(warning.level.value),
        "at": office.local(warning.raised_at),
        "what": what_of(office, warning),
        "rule": rule_of(office, warning),
        "cases": words_of_cases(work, office, warning, most=MOST_CASES),
        "state": state_of(work, office, warning),
    }
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/warning_shown", values=values)


def take(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """我来处理: the first who says so has it; the others learn who that was."""
    who = require_supervisor(work, staff_telegram_id)
    warning = _warning(work, subject)
    if warning.taken_at is None and warning.closed_at is None:
        warning = replace(warning, taken_at=now, taken_by=who.id)
        work.warnings.save(warning)
        tell_leaders(work, office, now, script="notice/warning_taken", values=_values(work, office, warning))
    return office.say("notice/warning_state", **_values(work, office, warning)).text


def how_to_close(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 关闭: the reason is written, not pressed."""
    require_supervisor(work, staff_telegram_id)
    return office.say("notice/warning_how_close", warning=str(_warning(work, subject).id)).text


def _close(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, reason: str) -> str:
    """Closed with a reason; a second time changes nothing."""
    who = require_supervisor(work, staff_telegram_id)
    warning = _warning(work, subject)
    if warning.closed_at is None:
        warning = replace(warning, closed_at=now, closed_by=who.id, reason=reason[:LONGEST])
        work.warnings.save(warning)
    return office.say("notice/warning_state", **_values(work, office, warning)).text


def warnings_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/warnings [期间]` lists; `/warnings 3`, `/warnings 3 处理`, `/warnings 3 关闭 原因` are the buttons' twins."""
    require_supervisor(work, staff_telegram_id)
    number, _, rest = query.strip().partition(" ")
    verb, _, reason = rest.strip().partition(" ")
    period = days_named("".join(query.split()), office.today(now))
    subject = case_number(number)
    if not query.strip() or period is not None:
        _list(work, office, now, spot, period)
        return
    me = {"staff_telegram_id": staff_telegram_id, "subject": subject or 0}
    if subject is None or (verb, bool(reason.strip())) not in (
        (office.alert("close"), True),
        (office.alert("take_word"), False),
        ("", False),
    ):
        raise DeskError("notice/how_warnings", periods=PERIODS)
    if not verb:
        show(work, office, now, **me, choice="", spot=spot)
        return
    told = (
        _close(work, office, now, **me, reason=reason.strip())
        if reason
        else take(work, office, now, **me, choice="", spot=spot)
    )
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/told", values={"words": told}, reply_to=spot.ref)


def _list(work: Work, office: Office, now: datetime, spot: Spot, period: Period | None) -> None:
    """A period's, with the time until each was taken; without one: those that wait."""
    if period is None:
        found = work.warnings.waiting()
    else:
        first, end = (datetime.combine(day, time(), office.zone) for day in (period.first, period.end))
        found = work.warnings.raised(first, end)
    lines = "\n".join([*_summary(office, found), *(line_of(work, office, each) for each in found)])
    lines = lines or office.alert("none")
    words = office.say("notice/warnings", count=str(len(found)), lines=lines)
    for part in pieces(words.text):
        work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), SayText(part)), at=now)


def _summary(office: Office, found: Sequence[EarlyWarning]) -> list[str]:
    """By level: how many were taken, and how long the middle one of them took."""
    lines = []
    for level in Level:
        mine = [each for each in found if each.level is level]
        spans = [each.taken_at - each.raised_at for each in mine if each.taken_at and each.raised_at]
        middle = office.alert("middle", span=office.span(median_low(spans))) if spans else ""
        if mine:
            lines.append(office.alert("summary", level=office.alert(level.value), count=len(mine), taken=len(spans),
                                      middle=middle))  # fmt: skip
    return lines


def _warning(work: Work, number: int) -> EarlyWarning:
    warning = work.warnings.get(number)
    if warning is None:
        raise DeskError("notice/no_such_warning", warning=str(number))
    return warning


def _values(work: Work, office: Office, warning: EarlyWarning) -> dict[str, str]:
    return {"warning": str(warning.id), "what": what_of(office, warning), "state": state_of(work, office, warning)}
