"""Buttons about who answers for a case (首问负责制): transfers and their answers."""

from collections.abc import Callable
from typing import Any, Final

from bot.desk.message import MessageRef
from bot.desk.outgoing import Verb
from bot.usecases import transfer_answer

_EDITING: Final[dict[Verb, Callable[..., str]]] = {
    Verb.ACCEPT: transfer_answer.accept,
    Verb.SEND_BACK: transfer_answer.ask_why_back,
}
"""Verbs that answer in the place of the pressed message."""
_CHOOSING: Final[dict[Verb, Callable[..., str]]] = {
    Verb.SEND_BACK_WHY: transfer_answer.send_back_by_button,
}
"""The same, with a choice."""
OWNER_VERBS: Final = frozenset({*_EDITING, *_CHOOSING})


def owner_press(
    verb: Verb, *, subject: int, choice: str, pressed: MessageRef
) -> tuple[Callable[..., str], dict[str, Any]]:
    """The use case of a button, with its arguments."""
    if verb in _EDITING:
        return _EDITING[verb], {"case_id": subject, "pressed": pressed}
    return _CHOOSING[verb], {"case_id": subject, "choice": choice, "pressed": pressed}
