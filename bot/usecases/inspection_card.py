"""The score card by buttons: who opens it has it in hand, each press marks one thing, and the marks are kept."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.inspection import Inspection, InspectionState, require_inspector
from bot.desk.outgoing import Address
from bot.desk.people import Staff
from bot.desk.score_card import LEVELS, Level, Marks, ScoreCard, read_score_card
from bot.usecases.at_hand import Spot, franchisee_of, require_case, require_supervisor
from bot.usecases.greet import case_values
from bot.usecases.inspection_facts import lacking
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import rebutton, say

ROUNDS = {InspectionState.DRAWN: "1", InspectionState.APPEALED: "2"}
"""Which score a card is for: a card of the first round that was left lying cannot decide the appeal."""
ITEM, FATAL, YES = "i", "r", "y"


def card_of(work: Work, item: Inspection) -> ScoreCard:
    """The score card as it was when the case was drawn."""
    source = work.inspections.card(item.card)
    if source is None:
        raise LookupError(f"score card {item.card} is not stored")
    return read_score_card(source)


def marks_of(work: Work, office: Office, now: datetime, *, item: Inspection, card: ScoreCard, who: Staff) -> Marks:
    """The marks that this inspector has made so far; before that what the record says, or (an appeal) the first's."""
    kept = card.read_marks(item.draft) if item.draft_by == who.id else None
    given = kept or (card.read_marks(item.marks) if item.is_scored else None)
    if given is not None:
        return given
    return card.begin(lacking(work, office, now, item, require_case(work, item.case_id)))


def show_card(work: Work, office: Office, now: datetime, *, to: Address, item: Inspection, who: Staff) -> None:
    """The card of a case, now in the hands of whoever opened it."""
    require_inspector(item, who)
    case, card = require_case(work, item.case_id), card_of(work, item)
    marks = marks_of(work, office, now, item=item, card=card, who=who)
    work.inspections.save(replace(item, draft=marks.code(), draft_by=who.id))
    values = {**_values(work, office, now, item, case), "items": "\n".join(_lines(office, card))}
    say(work, office, now, to=to, script="notice/inspection_card", values=values,
        buttons=card_buttons(office, item, card, marks))  # fmt: skip


def _values(work: Work, office: Office, now: datetime, item: Inspection, case: Case) -> dict[str, str]:
    facts = [office.inspecting(fact.value) for fact in lacking(work, office, now, item, case)]
    who = work.staff.get(item.staff_id)
    return {
        **case_values(work, office, case, franchisee_of(work, case)),
        "who": who.name if who is not None else office.word("nobody"),
        "why": office.inspecting(item.why.value),
        "kind": office.kind_of(case),
        "facts": office.inspecting("separator").join(facts) or office.inspecting("facts_none"),
    }


def _lines(office: Office, card: ScoreCard) -> list[str]:
    items = [office.inspecting("item", name=i.name, points=i.points, about=i.about) for i in card.items]
    return [*items, *(office.inspecting("fatal_item", name=f.name, about=f.about) for f in card.fatal)]


def card_buttons(office: Office, item: Inspection, card: ScoreCard, marks: Marks) -> Buttons:
    """A button an item, which marks it with the next level; then the fatal ones; the last row hands the card in."""
    items = tuple(
        (Button(office.inspecting("button_item", name=i.name, points=i.points, level=office.inspecting(level.value)),
                _mark(item, f"{ITEM}{n}.{_next(level)}")),)
        for n, (i, level) in enumerate(zip(card.items, marks.levels, strict=True))
    )  # fmt: skip
    fatal = tuple(
        (Button(_fatal_words(office, f.name, happened=is_so), _mark(item, f"{FATAL}{n}.{'' if is_so else YES}")),)
        for n, (f, is_so) in enumerate(zip(card.fatal, marks.fatal, strict=True))
    )
    done = Button(score_words(office, card, marks), Press(Verb.INSPECT_DONE, item.case_id, ROUNDS[item.state]))
    return (*items, *fatal, (done, Button(office.inspecting("button_show"), Press(Verb.SHOW, item.case_id))))


def _fatal_words(office: Office, name: str, *, happened: bool) -> str:
    state = office.inspecting("fatal_yes" if happened else "fatal_no")
    return office.inspecting("button_fatal", name=name, state=state)


def score_words(office: Office, card: ScoreCard, marks: Marks) -> str:
    """What the card comes to as it is marked."""
    score = card.score(marks)
    return office.inspecting("button_nothing" if score is None else "button_done", score=f"{score or 0:g}")


def _next(level: Level) -> Level:
    return LEVELS[(LEVELS.index(level) + 1) % len(LEVELS)]


def _mark(item: Inspection, what: str) -> Press:
    return Press(Verb.INSPECT_MARK, item.case_id, f"{ROUNDS[item.state]}{what}")


def mark(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A press on an item: what it says is so from then on; twice is once. The words for the press say how it stands."""
    item, card, _ = in_hand(work, office, staff_telegram_id=staff_telegram_id, case_id=subject, turn=choice[:1])
    marks = _marked(card, card.read_marks(item.draft), choice[1:])
    if marks is None:
        raise DeskError("notice/button_outdated")
    after = replace(item, draft=marks.code())
    work.inspections.save(after)
    rebutton(work, now, target=spot.ref, buttons=card_buttons(office, after, card, marks))
    return office.say("notice/inspection_marked", score=score_words(office, card, marks)).text


def _marked(card: ScoreCard, marks: Marks | None, what: str) -> Marks | None:
    """`i3.h`: the fourth item is half met; `r0.y`: the first fatal item happened; None for what is not of this card."""
    kind, (place, _, value) = what[:1], what[1:].partition(".")
    if marks is None or not place.isdecimal() or len(place) > 2:
        return None
    n = int(place)
    if kind == ITEM and n < len(card.items) and value in set(LEVELS):
        return marks.with_level(n, Level(value))
    if kind == FATAL and n < len(card.fatal) and value in ("", YES):
        return marks.with_fatal(n, happened=value == YES)
    return None


def in_hand(
    work: Work, office: Office, *, staff_telegram_id: int, case_id: int, turn: str
) -> tuple[Inspection, ScoreCard, Staff]:
    """The inspection whose card somebody has open; DeskError when it is scored, or in another's hands."""
    who = require_supervisor(work, staff_telegram_id)
    item = require_inspection(work, case_id)
    require_inspector(item, who)
    if ROUNDS.get(item.state) != turn:
        raise DeskError("notice/inspection_scored", case=str(case_id))
    if item.draft_by != who.id:
        other = work.staff.get(item.draft_by) if item.draft_by is not None else None
        name = other.name if other is not None else office.word("nobody")
        raise DeskError("notice/inspection_in_hand", case=str(case_id), by=name)
    return item, card_of(work, item), who


def require_inspection(work: Work, case_id: int) -> Inspection:
    """The inspection of a case, for those who lead; DeskError when it was not drawn."""
    item = work.inspections.of_case(case_id)
    if item is None:
        raise DeskError("notice/inspection_none", case=str(case_id))
    return item
