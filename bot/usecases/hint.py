"""Answers to buttons that only tell how something is done."""

from datetime import datetime

from bot.desk.errors import DeskError
from bot.usecases.at_hand import require_staff
from bot.usecases.office import Office
from bot.usecases.ports import Work


def how_to_note(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int) -> str:
    """The button 备注: a note is written, not pressed; a press costs no message of the group's allowance."""
    require_staff(work, staff_telegram_id)
    return office.say("notice/note_how_button", case=str(case_id)).text


def outdated(work: Work, office: Office, now: datetime) -> str:
    """A button that this version does not know (any more)."""
    raise DeskError("notice/button_outdated")
