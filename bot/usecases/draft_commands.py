"""Commands that do what the buttons under a held reply do: to the draft that is named, replied to, or newest here."""

import re
from datetime import datetime

from bot.desk.draft import Draft
from bot.desk.errors import DeskError
from bot.desk.people import Role, Staff
from bot.usecases import adopt, release
from bot.usecases.at_hand import Spot, case_at
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

NAMES = ("adopt", "modify", "ask", "release", "refuse")
_NUMBERED = re.compile(r"#?(\d{1,15})(?:\s+(.*))?", re.DOTALL)


def draft_command(work: Work, office: Office, now: datetime, *, who: Staff, spot: Spot, name: str, rest: str) -> None:
    """`/adopt [N]`, `/modify [N]`, `/ask [N] [原因]`, `/release N`, `/refuse N [原因]`."""
    number, words = numbered(rest)
    if number is None and name in ("release", "refuse"):
        raise DeskError("notice/how_release")
    draft_id = number if number is not None else _here(work, who, spot).id
    told = _do(work, office, now, who, name, draft_id, words)
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/told", values={"words": told},
        reply_to=spot.ref)  # fmt: skip


def _do(work: Work, office: Office, now: datetime, who: Staff, name: str, draft_id: int, words: str) -> str:
    me = who.telegram_id
    match name:
        case "adopt":
            return adopt.adopt(work, office, now, staff_telegram_id=me, draft_id=draft_id)
        case "modify":
            return adopt.how_to_modify(work, office, now, staff_telegram_id=me, draft_id=draft_id)
        case "ask":
            return release.ask_release(work, office, now, staff_telegram_id=me, draft_id=draft_id, why=words)
        case "release":
            return release.release(work, office, now, staff_telegram_id=me, draft_id=draft_id)
        case _:
            return release.refuse(work, office, now, staff_telegram_id=me, draft_id=draft_id, why=words)


def numbered(rest: str) -> tuple[int | None, str]:
    """`3 加急` is (3, 加急); words without a number in front are words alone."""
    found = _NUMBERED.fullmatch(rest.strip())
    return (int(found[1]), (found[2] or "").strip()) if found else (None, rest.strip())


def _here(work: Work, who: Staff, spot: Spot) -> Draft:
    """The draft of the message that is replied to, else one's newest in this case (a leader's: anybody's)."""
    pointed = work.drafts.at(spot.reply_to) if spot.reply_to else None
    if pointed is not None:
        return pointed
    case = case_at(work, spot)
    held = [d for d in work.drafts.living(case.id) if d.staff_id == who.id] if case else []
    if case and not held and who.role is not Role.SPECIALIST:
        held = list(work.drafts.living(case.id))
    if not held:
        raise DeskError("notice/no_draft_here")
    return held[-1]
