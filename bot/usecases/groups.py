"""Which chat is which: an upgraded group has a new id, so the settings' ids are read through storage's aliases."""

from dataclasses import replace

from bot.desk.outgoing import Address, Group, Private
from bot.desk.people import Role
from bot.usecases.office import Office
from bot.usecases.ports import GroupState, Work


def group_of(work: Work, office: Office, region_code: str | None) -> int:
    """The group (as it is called now) in which a region's cases are worked on."""
    return work.groups.current(office.group_for(region_code))


def supervisors(work: Work, office: Office) -> Group:
    """The supervisors' chat, as an address."""
    return Group(work.groups.current(office.supervisors_chat))


def leaders(work: Work, office: Office, *, but: int | None = None) -> list[Address]:
    """Where those who lead are told something: their chat; while there is none, each in private (`but`: staff id)."""
    if office.supervisors_chat:
        return [supervisors(work, office)]
    people = (s for s in work.staff.all() if s.is_active and s.role is not Role.SPECIALIST and s.id != but)
    return [Private(s.telegram_id) for s in people]


def is_agent_group(work: Work, office: Office, chat_id: int) -> bool:
    """Whether the desk works in this chat."""
    configured = {office.supervisors_chat, *(r.group_id for r in office.regions)} - {0}
    return chat_id in {work.groups.current(c) for c in configured}


def state_of(work: Work, chat_id: int) -> GroupState:
    """What is known of a group; a group not yet seen is taken for a forum until it says otherwise."""
    return work.groups.get(chat_id) or GroupState(chat_id)


def mark_problem(work: Work, chat_id: int, problem: str) -> bool:
    """Record what is wrong with a group (empty: mended); True when that is news."""
    group = state_of(work, chat_id)
    if group.problem == problem:
        return False
    work.groups.save(replace(group, problem=problem))
    return True


def room(chat_id: int, thread_id: int | None) -> Address:
    """Where an answer to a command goes: back to where it was given."""
    return Private(chat_id) if chat_id > 0 else Group(chat_id, thread_id)
