"""Whose figures a command asks for, and of which days: `姓名 时段`, in whichever order."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.desk.asked import PERIODS, Asked, days_named, read_asked
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.people import Role, Staff
from bot.desk.period import Period, month_of
from bot.usecases.office import Office
from bot.usecases.ports import Work

THIS_MONTH: Final = "本月"


def whose(
    work: Work, office: Office, now: datetime, who: Staff, *, query: str, how: str, own: str, has_regions: bool = False
) -> tuple[Asked, Period]:
    """What was named, and its days (this month unless some are named). Those who lead may ask of anybody, specialists
    of themselves: NotAllowed by the notice `own`. DeskError by the notice `how` for words that name nothing.
    """
    asked = read_asked(query, office.today(now), people=work.staff.all(), regions=office.regions if has_regions else ())
    if asked.rest:
        raise DeskError(how, word=asked.rest[0], periods=PERIODS)
    return only_own(asked, who, own=own), days_of(asked, office, now)


def only_own(asked: Asked, who: Staff, *, own: str) -> Asked:
    """A specialist asks of themselves, whether they say so or not."""
    if who.role is not Role.SPECIALIST:
        return asked
    if asked.region is not None or (asked.person is not None and asked.person.id != who.id):
        raise NotAllowed(own)
    return replace(asked, person=who)


def days_of(asked: Asked, office: Office, now: datetime) -> Period:
    """This month unless some days are named."""
    return asked.period or month_of(office.today(now))


def days_only(office: Office, now: datetime, *, query: str, how: str) -> Period:
    """The days of a command that takes nothing else; DeskError by the notice `how`."""
    if not query.strip():
        return month_of(office.today(now))
    found = days_named("".join(query.split()), office.today(now))
    if found is None:
        raise DeskError(how, word=query.strip(), periods=PERIODS)
    return found
