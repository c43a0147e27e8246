"""Buttons about who answers for a case (首问负责制): transfers, assistance, closings and their answers."""

from collections.abc import Callable
from typing import Any, Final

from bot.desk.outgoing import Verb
from bot.usecases import assist, assist_answer, closing, departure, escalate, transfer_answer
from bot.usecases.at_hand import Spot
from bot.usecases.people import Sender

Press = tuple[Callable[..., str], dict[str, Any]]

_EDITING: Final[dict[Verb, Callable[..., str]]] = {
    Verb.ACCEPT: transfer_answer.accept,
    Verb.SEND_BACK: transfer_answer.ask_why_back,
    Verb.CLOSING_YES: closing.confirm_closing,
    Verb.CLOSING_NO: closing.refuse_closing,
}
"""Verbs that answer in the place of the pressed message."""
_CHOOSING: Final[dict[Verb, Callable[..., str]]] = {
    Verb.SEND_BACK_WHY: transfer_answer.send_back_by_button,
    Verb.ASSIST_WHOM: assist.ask_until_when,
    Verb.ASSIST_ASK: assist.assist_by_button,
    Verb.ESCALATE_WHY: escalate.escalate_by_button,
}
"""The same, with a choice."""
_ASKING: Final[dict[Verb, Callable[..., str]]] = {
    Verb.ASSIST: assist.offer_assist,
    Verb.ESCALATE: escalate.ask_why_up,
}
"""Verbs that ask further, where they were pressed."""
_OF_DEPARTMENTS: Final[dict[Verb, Callable[..., str]]] = {
    Verb.RECEIVED: assist_answer.take_on,
    Verb.RECEIPT: assist_answer.report_done,
}
"""Verbs of people who are no staff of the desk: their chat is what lets them."""
OWNER_VERBS: Final = frozenset({*_EDITING, *_CHOOSING, *_ASKING, *_OF_DEPARTMENTS, Verb.LEAVE_TO})


def owner_press(verb: Verb, *, by: Sender, subject: int, choice: str, at: Spot) -> Press:
    """The use case of a button, with its arguments."""
    if verb in _OF_DEPARTMENTS:
        return _OF_DEPARTMENTS[verb], {"by": by, "assist_id": subject, "pressed": at.ref}
    if verb is Verb.LEAVE_TO:
        leaving = {"leaver_id": subject, "choice": choice, "pressed": at.ref}
        return departure.leave_by_button, {"staff_telegram_id": by.telegram_id, **leaving}
    mine = {"staff_telegram_id": by.telegram_id, "case_id": subject}
    if verb in _ASKING:
        return _ASKING[verb], {**mine, "chat_id": at.ref.chat_id, "thread_id": at.thread_id}
    if verb in _EDITING:
        return _EDITING[verb], {**mine, "pressed": at.ref}
    return _CHOOSING[verb], {**mine, "choice": choice, "pressed": at.ref}
