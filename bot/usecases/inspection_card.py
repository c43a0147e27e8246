"""The score card by buttons: each press carries all marks, so that a card is only a message until it is handed in."""

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


def card_of(work: Work, item: Inspection) -> ScoreCard:
    """The score card as it was when the case was drawn."""
    source = work.inspections.card(item.card)
    if source is None:
        raise LookupError(f"score card {item.card} is not stored")
    return read_score_card(source)


def marks_at_first(work: Work, office: Office, now: datetime, item: Inspection, card: ScoreCard) -> Marks:
    """Where an inspector begins: at what the record says, or (an appeal) at the marks that were given."""
    given = card.read_marks(item.marks) if item.is_scored else None
    if given is not None:
        return given
    return card.begin(lacking(work, office, now, item, require_case(work, item.case_id)))


def show_card(work: Work, office: Office, now: datetime, *, to: Address, item: Inspection) -> None:
    """The card of a case, to be marked."""
    case, card = require_case(work, item.case_id), card_of(work, item)
    marks = marks_at_first(work, office, now, item, card)
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
    """A row an item, a row a fatal item, and the last one hands the card in."""
    items = tuple(
        (Button(office.inspecting("button_item", name=i.name, points=i.points, level=office.inspecting(level.value)),
                _mark(item, marks.with_level(n, _next(level)))),)
        for n, (i, level) in enumerate(zip(card.items, marks.levels, strict=True))
    )  # fmt: skip
    fatal = tuple(
        (Button(office.inspecting("button_fatal", name=f.name,
                                  state=office.inspecting("fatal_yes" if happened else "fatal_no")),
                _mark(item, marks.with_fatal(n, happened=not happened))),)
        for n, (f, happened) in enumerate(zip(card.fatal, marks.fatal, strict=True))
    )  # fmt: skip
    show = Button(office.inspecting("button_show"), Press(Verb.SHOW, item.case_id))
    return (*items, *fatal, (_done(office, item, card, marks), show))


def _next(level: Level) -> Level:
    return LEVELS[(LEVELS.index(level) + 1) % len(LEVELS)]


def _mark(item: Inspection, marks: Marks) -> Press:
    return Press(Verb.INSPECT_MARK, item.case_id, f"{ROUNDS[item.state]}{marks.code()}")


def _done(office: Office, item: Inspection, card: ScoreCard, marks: Marks) -> Button:
    score = card.score(marks)
    label = office.inspecting("button_nothing") if score is None else office.inspecting(
        "button_done", score=f"{score:g}"
    )  # fmt: skip
    return Button(label, Press(Verb.INSPECT_DONE, item.case_id, f"{ROUNDS[item.state]}{marks.code()}"))


def mark(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A press on an item: the buttons say how the card stands then; twice is once."""
    _, item, card, marks = pressed_card(work, staff_telegram_id, subject, choice)
    rebutton(work, now, target=spot.ref, buttons=card_buttons(office, item, card, marks))
    return ""


def pressed_card(
    work: Work, staff_telegram_id: int, case_id: int, choice: str
) -> tuple[Staff, Inspection, ScoreCard, Marks]:
    """Who pressed, and the marks that the button carried; DeskError when the card is not to be marked any more."""
    who = require_supervisor(work, staff_telegram_id)
    item = require_inspection(work, case_id)
    require_inspector(item, who)
    if ROUNDS.get(item.state) != choice[:1]:
        raise DeskError("notice/inspection_scored", case=str(case_id))
    card = card_of(work, item)
    marks = card.read_marks(choice[1:])
    if marks is None:
        raise DeskError("notice/button_outdated")
    return who, item, card, marks


def require_inspection(work: Work, case_id: int) -> Inspection:
    """The inspection of a case, for those who lead; DeskError when it was not drawn."""
    item = work.inspections.of_case(case_id)
    if item is None:
        raise DeskError("notice/inspection_none", case=str(case_id))
    return item
