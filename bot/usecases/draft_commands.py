"""Commands that do what the buttons under a held reply do: to the draft that is named, replied to, or newest here."""

import re
from datetime import datetime

from bot.desk.draft import Draft
from bot.desk.errors import DeskError
from bot.desk.people import Role, Staff
from bot.usecases import adopt, false_alarm, release
from bot.usecases.at_hand import Spot, case_at
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

NAMES = ("adopt", "modify", "ask", "release", "refuse")
ALARMS = ("falsealarm", "falsealarms", "except", "unexcept", "keep")
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


def alarm_command(work: Work, office: Office, now: datetime, *, who: Staff, spot: Spot, name: str, rest: str) -> None:
    """`/falsealarm [N]`, `/falsealarms`, `/except N [说法]`, `/unexcept N`, `/keep N`."""
    if name == "falsealarms":
        false_alarm.show_false_alarms(work, office, now, staff_telegram_id=who.telegram_id, spot=spot)
        return
    told = _about_alarm(work, office, now, who, spot, name, rest)
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/told", values={"words": told},
        reply_to=spot.ref)  # fmt: skip


def _about_alarm(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, name: str, rest: str) -> str:
    me, (number, words) = who.telegram_id, numbered(rest)
    if name == "falsealarm":
        return false_alarm.mark_here(work, office, now, staff_telegram_id=me, spot=spot, draft_id=number)
    if number is None:
        raise DeskError("notice/how_false_alarms")
    match name:
        case "except":
            return false_alarm.make_exception(work, office, now, staff_telegram_id=me, found_id=number, words=words)
        case "unexcept":
            return false_alarm.drop_exception(work, office, now, staff_telegram_id=me, exception_id=number)
        case _:
            return false_alarm.keep_rule(work, office, now, staff_telegram_id=me, found_id=number)


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
