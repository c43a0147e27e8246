"""Who lives in a simulated day: the sandbox's company with its 21 specialists, and 2,000 franchisees of its regions."""

import random
from dataclasses import dataclass
from datetime import datetime

from bench.inline import InlineDesk
from bot.app.sandbox import TOKEN, begin_shift
from bot.config import Settings
from bot.desk.people import Store
from bot.sandbox import company
from bot.sandbox.world import World
from bot.usecases.enrol import enrol_staff, enrol_stores

FRANCHISEES = 2000
_FIRST_ID = 8_100_000_000
_STRANGERS = 0.04
"""Of so many nothing is on file."""


@dataclass(frozen=True)
class Person:
    """A franchisee: `code` is their store's invitation, empty for a stranger; `region` is an index."""

    number: int
    telegram_id: int
    code: str
    province: str


@dataclass(frozen=True)
class Town:
    """Everybody, and where they meet."""

    settings: Settings
    people: tuple[Person, ...]
    groups: tuple[int, ...]
    specialists: dict[int, tuple[int, ...]]


def private_chat(number: int) -> int:
    """The private chat of a franchisee with the bot."""
    return _FIRST_ID + number


def found_town(world: World, chance: random.Random) -> Town:
    """Everybody moves in; Telegram's limits hold."""
    made_up = company.load()
    world.add_bot(TOKEN, username="shouwen_bot", first_name="首问客服")
    made_up.settle(world)
    world.faults.apply({"limits": {"enabled": True}})
    settings = Settings.model_validate(
        {**made_up.as_config(), "desk": {"name": made_up.desk}, "telegram": {"token": TOKEN, "api_base": "http://wire"}}
    )
    provinces = [(p, r.group_id) for r in made_up.regions for p in r.provinces]
    people = tuple(_person(n, chance.choice(provinces)[0], chance) for n in range(FRANCHISEES))
    for person in people:
        world.add_user(person.telegram_id, f"店主{person.number:04d}")
    staff = {r.group_id: tuple(s.telegram_id for s in made_up.staff if s.region == r.code) for r in made_up.regions}
    return Town(settings, people, tuple(staff), staff)


def _person(number: int, province: str, chance: random.Random) -> Person:
    is_known = chance.random() >= _STRANGERS
    return Person(number, private_chat(number), f"code{number:06d}" if is_known else "", province)


def open_office(desk: InlineDesk, town: Town, now: datetime) -> None:
    """Staff and stores on file, the morning shift on duty."""
    desk.run_now(enrol_staff, people=town.settings.staff_list())
    stores = [
        Store(f"S{p.number:04d}", f"{p.number:04d} 号店", p.province, p.province, "", "", p.code)
        for p in town.people
        if p.code
    ]
    desk.run_now(enrol_stores, stores=stores)
    desk.run_now(begin_shift)
