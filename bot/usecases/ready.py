"""Ready answers: one tap sends, placeholders filled; a search offers them."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.message import Content, ContentKind, MessageRef
from bot.desk.outgoing import EditButtons, Outgoing, Priority
from bot.usecases.at_hand import Spot, case_at, franchisee_of, require_staff, staff_and_case
from bot.usecases.greet import case_values
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.pass_on import Words, show_sent
from bot.usecases.ports import Work
from bot.usecases.relay import Offer, offer_buttons
from bot.usecases.reply import answer
from bot.usecases.say import say
from bot.usecases.topics import place_of


def use_ready(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    case_id: int,
    script_id: str,
    pressed: MessageRef,
) -> str:
    """Send a ready answer to the franchisee and show in the topic what was sent; the words that answer the press."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    if script_id not in office.scripts:
        raise DeskError("notice/no_such_answer")
    _require_time_to_come(office, now, case, script_id)
    words = office.say(script_id, **case_values(work, office, case, franchisee_of(work, case)))
    content = Content(ContentKind.TEXT, words.text)
    kept = answer(work, office, now, case=case, who=who, words=Words(content, script_id=script_id))
    if kept is None:
        return office.say("notice/held_press").text
    show_sent(work, office, now, who=who, kept=kept)
    work.outbox.add(Outgoing(place_of(case), EditButtons(pressed), priority=Priority.RECEIPT), at=now)
    return office.say("notice/ready_sent").text


def _require_time_to_come(office: Office, now: datetime, case: Case, script_id: str) -> None:
    """DeskError when the answer would promise the result by a time that is past."""
    is_past = case.resolve_by is not None and case.resolve_by <= now
    if is_past and "resolve_by" in office.scripts.get(script_id).placeholders:
        raise DeskError("notice/ready_time_past", by=office.local(case.resolve_by))


def search_ready(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    spot: Spot,
    offers: Sequence[Offer],
    query: str,
) -> None:
    """`/a 关键词`: the answers that fit, as buttons for the case at hand."""
    require_staff(work, staff_telegram_id)
    case = case_at(work, spot)
    if case is None:
        raise DeskError("notice/no_topic_here")
    if not query:
        raise DeskError("notice/how_a")
    script = "notice/answers_found" if offers else "notice/no_answer_found"
    to = room(spot.ref.chat_id, spot.thread_id)
    buttons = offer_buttons(office, case.id, offers)
    say(work, office, now, to=to, script=script, values={"query": query}, buttons=buttons, reply_to=spot.ref)
