"""What Telegram says of the bot's own standing: blocked or started by a person, added to or removed from a group."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.outgoing import Group
from bot.usecases.assist_answer import department_at
from bot.usecases.groups import is_agent_group, mark_problem, state_of, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.reachable import became_reachable, became_unreachable
from bot.usecases.say import say
from bot.usecases.undelivered import group_in_trouble


def person_blocked(work: Work, office: Office, now: datetime, *, telegram_id: int) -> None:
    """The person blocked the bot: the topic is told once."""
    person = work.franchisees.by_telegram(telegram_id)
    if person is not None:
        became_unreachable(work, office, now, person=person)


def person_unblocked(work: Work, office: Office, now: datetime, *, telegram_id: int) -> None:
    """The person let the bot back in."""
    person = work.franchisees.by_telegram(telegram_id)
    if person is not None:
        became_reachable(work, now, person=person)


def group_standing(
    work: Work,
    office: Office,
    now: datetime,
    *,
    room: Group,
    title: str,
    is_forum: bool,
    missing: Sequence[str],
    is_member: bool,
) -> None:
    """The bot's rights in a group changed; a group that the settings do not name is told its own number."""
    if department_at(work, office, room.chat_id) is not None:
        missing = () if is_member else missing  # there it only speaks and hears replies: no administrator's rights
    elif not is_agent_group(work, office, room.chat_id):
        if is_member:
            say(work, office, now, to=room, script="notice/group_id", values={"group": str(room.chat_id)})
        return
    work.groups.save(replace(state_of(work, room.chat_id), title=title, is_forum=is_forum))
    if missing:
        what = "、".join(office.labels.rights[name] for name in missing)
        group_in_trouble(work, office, now, chat_id=room.chat_id, reason=what)
    elif mark_problem(work, room.chat_id, ""):
        say(work, office, now, to=supervisors(work, office), script="notice/group_mended", values={"group": title})


def group_migrated(work: Work, office: Office, now: datetime, *, old_chat_id: int, new_chat_id: int) -> None:
    """The group became a supergroup: its id changes everywhere, at once."""
    if work.groups.current(old_chat_id) != new_chat_id:
        work.groups.migrated(old_chat_id, new_chat_id)
