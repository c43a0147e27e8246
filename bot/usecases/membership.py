"""What Telegram says of the bot's own standing: blocked or started by a person, added to or removed from a group."""

from dataclasses import replace
from datetime import datetime

from bot.usecases.groups import is_agent_group, mark_problem, state_of, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.reachable import became_unreachable
from bot.usecases.say import say


def person_blocked(work: Work, office: Office, now: datetime, *, telegram_id: int) -> None:
    """The person blocked the bot: the topic is told once."""
    person = work.franchisees.by_telegram(telegram_id)
    if person is not None:
        became_unreachable(work, office, now, person=person)


def person_unblocked(work: Work, office: Office, now: datetime, *, telegram_id: int) -> None:
    """The person let the bot back in."""
    person = work.franchisees.by_telegram(telegram_id)
    if person is not None and not person.is_reachable:
        work.franchisees.save(replace(person, is_reachable=True))


def group_standing(
    work: Work, office: Office, now: datetime, *, chat_id: int, title: str, is_forum: bool, missing: str
) -> None:
    """The bot's rights in a group changed; `missing` says what is wrong (empty: nothing)."""
    if not is_agent_group(work, office, chat_id):
        return
    work.groups.save(replace(state_of(work, chat_id), title=title, is_forum=is_forum))
    if not mark_problem(work, chat_id, missing):
        return
    script = "notice/group_problem" if missing else "notice/group_mended"
    if chat_id != work.groups.current(office.supervisors_chat) or not missing:
        say(work, office, now, to=supervisors(work, office), script=script, values={"group": title, "what": missing})


def group_migrated(work: Work, office: Office, now: datetime, *, old_chat_id: int, new_chat_id: int) -> None:
    """The group became a supergroup: its id changes everywhere, at once."""
    work.groups.migrated(old_chat_id, new_chat_id)
