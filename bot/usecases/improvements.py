"""`/improvements`: the list, one of it, and what is done about it; the buttons under it do the same."""

from datetime import datetime
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.days import day_from
from bot.desk.errors import DeskError
from bot.desk.improvement import Improvement, ImprovementState
from bot.desk.outgoing import Address
from bot.desk.people import Staff
from bot.usecases.at_hand import Spot, case_number, require_staff, require_supervisor
from bot.usecases.groups import room
from bot.usecases.improve import buttons_of, give, move, put_off, require_item
from bot.usecases.improvement_words import item_line, item_values, step_line
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

MOST_LISTED = 30
STATES: Final = {
    **dict.fromkeys(("处理", "处理中", "开始"), ImprovementState.DOING),
    **dict.fromkeys(("完成", "已完成", "办结"), ImprovementState.DONE),
    **dict.fromkeys(("不采纳", "不采用"), ImprovementState.DECLINED),
}
OWNERS, DATES = ("负责", "负责人", "交给"), ("期限", "日期", "改期")
REASON: Final = "no"
"""How a choice begins that names one of the ready reasons by its place."""


def show_improvements(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/improvements [编号 [处理、完成 说明、不采纳 原因、负责 姓名、期限 日期]]`."""
    who = require_staff(work, staff_telegram_id)
    to = room(spot.ref.chat_id, spot.thread_id)
    if not query.strip():
        _list(work, office, now, to)
        return
    first, _, rest = query.strip().partition(" ")
    number = case_number(first)
    if number is None:
        raise DeskError("notice/how_improvements")
    if not rest.strip():
        _show(work, office, now, to, require_item(work, number))
        return
    item = _done(work, office, now, who, number, rest.split())
    told = item_line(work, office, now, item)
    say(work, office, now, to=to, script="notice/improvement_changed", values={"line": told}, reply_to=spot.ref)


def press_improvement(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A button: start, done; to decline asks for the reason first."""
    who = require_staff(work, staff_telegram_id)
    item = require_item(work, subject)
    if choice == ImprovementState.DECLINED.value and item.is_going_on:
        require_supervisor(work, staff_telegram_id)
        say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/improvement_why",
            values={"number": str(subject)}, buttons=_reasons(office, subject))  # fmt: skip
        return ""
    to, reason = _chosen(office, choice)
    return item_line(work, office, now, move(work, office, now, who=who, number=subject, to=to, reason=reason))


def _chosen(office: Office, choice: str) -> tuple[ImprovementState, str]:
    reasons = office.labels.decline_reasons
    place = choice.removeprefix(REASON)
    if choice.startswith(REASON) and place.isdecimal() and int(place) < len(reasons):
        return ImprovementState.DECLINED, reasons[int(place)]
    if choice not in set(ImprovementState):
        raise DeskError("notice/button_outdated")
    return ImprovementState(choice), ""


def _reasons(office: Office, number: int) -> Buttons:
    return tuple(
        (Button(reason, Press(Verb.IMPROVE, number, f"{REASON}{n}")),)
        for n, reason in enumerate(office.labels.decline_reasons)
    )


def _done(work: Work, office: Office, now: datetime, who: Staff, number: int, words: list[str]) -> Improvement:
    verb, rest = words[0], " ".join(words[1:])
    if verb in STATES:
        return move(work, office, now, who=who, number=number, to=STATES[verb], reason=rest)
    if verb in OWNERS:
        owner = next((s for s in work.staff.all() if s.is_active and s.name == rest.lstrip("@")), None)
        if owner is not None:
            return give(work, office, now, who=who, number=number, owner=owner)
    if verb in DATES:
        day = day_from(rest, office.today(now))
        if day is not None:
            return put_off(work, office, now, who=who, number=number, due_on=day)
    raise DeskError("notice/how_improvements")


def _list(work: Work, office: Office, now: datetime, to: Address) -> None:
    items = work.improvements.going_on()
    lines = [item_line(work, office, now, i) for i in items[:MOST_LISTED]] or [office.improving("none")]
    if len(items) > MOST_LISTED:
        lines.append(office.improving("more", count=len(items) - MOST_LISTED))
    say(work, office, now, to=to, script="notice/improvements", values={"lines": "\n".join(lines)})


def _show(work: Work, office: Office, now: datetime, to: Address, item: Improvement) -> None:
    steps = "\n".join(step_line(work, office, s) for s in work.improvements.steps(item.id))
    values = {**item_values(work, office, now, item), "state": office.improving(item.state.value), "steps": steps}
    say(work, office, now, to=to, script="notice/improvement", values=values, buttons=buttons_of(office, item))
