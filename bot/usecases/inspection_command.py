"""`/inspect`: what is to be scored, one case with its card or its score, appeals, and how a day's draw came about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.inspection import Inspection, InspectionState, require_inspector
from bot.desk.outgoing import Address
from bot.desk.people import Role, Staff
from bot.desk.score_card import LEVELS, Marks, ScoreCard
from bot.usecases.at_hand import Spot, case_number, require_staff
from bot.usecases.groups import room
from bot.usecases.inspection_appeal import (
    appeal,
    appeal_choices,
    appeal_values,
    own_inspection,
    uphold,
)
from bot.usecases.inspection_card import ROUNDS, card_of, marks_of, require_inspection, show_card
from bot.usecases.inspection_draw import draw_values
from bot.usecases.inspection_score import appeal_buttons, give, remark, result_words, score_line
from bot.usecases.keyboard import in_rows
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.review import place_for
from bot.usecases.say import say

DRAW: Final = ("抽样", "抽查")
APPEAL, KEEP, SCORE, REMARK, FATAL = "申诉", "维持", "评分", "评语", "红线"
MOST_LISTED: Final = 20


def inspect_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """It is told in private, but among the supervisors where they read alone: what was drawn is not for all eyes."""
    who = require_staff(work, staff_telegram_id)
    to = place_for(work, office, who, spot)
    first, _, rest = query.strip().partition(" ")
    if not first:
        _list(work, office, now, who, to)
    elif first in DRAW and who.role is not Role.SPECIALIST:
        say(work, office, now, to=to, script="notice/inspection_draw",
            values=draw_values(work, office, now, rest.strip()))  # fmt: skip
    elif (case_id := case_number(first)) is not None:
        _of_case(work, office, now, who=who, to=to, case_id=case_id, words=rest.strip())
    else:
        raise DeskError(_how(who))
    if to != room(spot.ref.chat_id, spot.thread_id):
        say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/review_private", values={},
            reply_to=spot.ref)  # fmt: skip


def press_open(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A button with a case's number: the same as `/inspect 编号`."""
    who = require_staff(work, staff_telegram_id)
    _show(work, office, now, who=who, to=place_for(work, office, who, spot), case_id=subject)
    return ""


def _how(who: Staff) -> str:
    return "notice/how_inspect_own" if who.role is Role.SPECIALIST else "notice/how_inspect"


def _of_case(work: Work, office: Office, now: datetime, *, who: Staff, to: Address, case_id: int, words: str) -> None:
    verb, _, rest = words.partition(" ")
    if not verb:
        _show(work, office, now, who=who, to=to, case_id=case_id)
        return
    told = _done(work, office, now, who=who, case_id=case_id, verb=verb, rest=rest.strip())
    say(work, office, now, to=to, script="notice/told", values={"words": told})


def _done(work: Work, office: Office, now: datetime, *, who: Staff, case_id: int, verb: str, rest: str) -> str:
    if verb == APPEAL:
        return appeal(work, office, now, who=who, case_id=case_id, words=rest)
    if who.role is Role.SPECIALIST:
        raise DeskError(_how(who))
    if verb == KEEP:
        return uphold(work, office, now, who=who, case_id=case_id, words=rest)
    if verb == SCORE:
        return _score(work, office, now, who=who, case_id=case_id, words=rest)
    if verb == REMARK:
        remark(work, office, now, who=who, item=require_inspection(work, case_id), words=rest)
        return office.say("notice/inspection_remarked", case=str(case_id)).text
    raise DeskError(_how(who))


def _score(work: Work, office: Office, now: datetime, *, who: Staff, case_id: int, words: str) -> str:
    """`评分 问声 减半 红线 泄露信息 评语 …`: what is not named stays as the card has it to begin with."""
    item = require_inspection(work, case_id)
    require_inspector(item, who)
    if item.state not in ROUNDS:
        raise DeskError("notice/inspection_scored", case=str(case_id))
    card = card_of(work, item)
    said, _, remark_words = words.partition(REMARK)
    marks = _marked(office, card, marks_of(work, office, now, item=item, card=card, who=who), said.split())
    after = give(work, office, now, who=who, item=item, card=card, marks=marks, words=remark_words)
    return office.say("notice/inspection_given", case=str(case_id), score=f"{after.score or 0:g}").text


def _marked(office: Office, card: ScoreCard, marks: Marks, words: list[str]) -> Marks:
    """The marks that words name; DeskError by how it is written."""
    levels = {office.inspecting(level.value): level for level in LEVELS}
    items, fatal = [i.name for i in card.items], [f.name for f in card.fatal]
    coming = iter(words)
    for word in coming:
        name = next(coming, "")
        if word == FATAL and name in fatal:
            marks = marks.with_fatal(fatal.index(name), happened=True)
        elif word in items and name in levels:
            marks = marks.with_level(items.index(word), levels[name])
        else:
            raise DeskError("notice/how_score", items="、".join(items), fatal="、".join(fatal),
                            levels="、".join(levels))  # fmt: skip
    return marks


def _show(work: Work, office: Office, now: datetime, *, who: Staff, to: Address, case_id: int) -> None:
    """The card, for whoever may mark it; else the score, for whoever may see it."""
    found = work.inspections.of_case(case_id)
    if who.role is Role.SPECIALIST or (found is not None and found.staff_id == who.id):
        item = own_inspection(work, who, case_id)
        values = {"lines": result_words(work, office, item, now=now)}
        say(work, office, now, to=to, script="notice/inspection", values=values,
            buttons=appeal_buttons(office, now, item))  # fmt: skip
        return
    item = require_inspection(work, case_id)
    if item.state is InspectionState.DRAWN:
        show_card(work, office, now, to=to, item=item, who=who)
    elif item.state is InspectionState.APPEALED:
        say(work, office, now, to=to, script="notice/inspection_appeal", values=appeal_values(work, office, item),
            buttons=appeal_choices(office, item))  # fmt: skip
    else:
        say(work, office, now, to=to, script="notice/inspection",
            values={"lines": result_words(work, office, item)})  # fmt: skip


def _list(work: Work, office: Office, now: datetime, who: Staff, to: Address) -> None:
    if who.role is Role.SPECIALIST:
        mine = work.inspections.of_staff(who.id, limit=MOST_LISTED)
        lines = [score_line(work, office, item) for item in mine] or [office.inspecting("mine_none")]
        say(work, office, now, to=to, script="notice/inspections_own", values={"lines": "\n".join(lines)},
            buttons=_open(office, mine))  # fmt: skip
        return
    waiting = [item for item in work.inspections.waiting() if item.staff_id != who.id]
    names = {s.id: s.name for s in work.staff.all()}
    lines = [_line(office, item, names) for item in waiting[:MOST_LISTED]] or [office.inspecting("waiting_none")]
    if len(waiting) > MOST_LISTED:
        lines.append(office.inspecting("more", count=len(waiting) - MOST_LISTED))
    say(work, office, now, to=to, script="notice/inspections", values={"lines": "\n".join(lines)},
        buttons=_open(office, waiting[:MOST_LISTED]))  # fmt: skip


def _open(office: Office, items: Sequence[Inspection]) -> Buttons:
    return in_rows([
        Button(office.inspecting("button_open", case=i.case_id, why=office.inspecting(i.why.value)),
               Press(Verb.INSPECT, i.case_id)) for i in items
    ], 2)  # fmt: skip


def _line(office: Office, item: Inspection, names: dict[int, str]) -> str:
    name = names.get(item.staff_id, "?")
    if item.state is InspectionState.APPEALED:
        return office.inspecting("waiting_appeal", case=item.case_id, name=name, words=item.appeal)
    return office.inspecting("waiting", case=item.case_id, name=name, why=office.inspecting(item.why.value),
                             day=f"{item.day:%m月%d日}")  # fmt: skip
