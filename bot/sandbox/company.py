"""A made-up franchise company for the sandbox: regions, staff, stores and franchisees, read from `company/`."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.sandbox.world import World

FOLDER: Final = Path(__file__).with_suffix("")
"""Where the data files lie; every telephone number in them begins with 190000 and is nobody's."""

Row = dict[str, str]


@dataclass(frozen=True)
class Region:
    """A region with its agent group; a group without topics is answered in by replying."""

    code: str
    name: str
    provinces: tuple[str, ...]
    group_id: int
    title: str
    is_forum: bool = True


@dataclass(frozen=True)
class Staff:
    """Somebody of the department; `role` is specialist, supervisor or manager."""

    telegram_id: int
    name: str
    role: str
    region: str
    province: str
    capacity: int
    phone: str


@dataclass(frozen=True)
class Guest:
    """Somebody in an agent group who does not belong to the desk; in their own department's chat they help it."""

    telegram_id: int
    name: str
    region: str
    department: str = ""


@dataclass(frozen=True)
class Department:
    """A department that helps: in its own chat (0: none), or through a contact."""

    code: str
    name: str
    chat_id: int = 0
    title: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Store:
    """A shop; `code` is the invitation code of its deep link."""

    number: str
    name: str
    province: str
    city: str
    address: str
    phone: str
    code: str


@dataclass(frozen=True)
class Franchisee:
    """Somebody who writes to the bot: what their Telegram account shows, and what the company has on file of them.

    `phone` is the account's own number; with strangers everything on file is empty.
    """

    telegram_id: int
    first_name: str
    last_name: str
    username: str
    phone: str
    name_on_file: str
    phone_on_file: str
    store_number: str
    remark: str

    @property
    def is_on_file(self) -> bool:
        """Whether sharing their own number lets the desk recognise them."""
        return bool(self.phone_on_file) and self.phone == self.phone_on_file


@dataclass(frozen=True)
class Company:
    """Everything about the company."""

    name: str
    desk: str
    supervisors_chat: int
    supervisors_title: str
    regions: tuple[Region, ...]
    staff: tuple[Staff, ...]
    guests: tuple[Guest, ...]
    departments: tuple[Department, ...]
    stores: tuple[Store, ...]
    franchisees: tuple[Franchisee, ...]
    roster: tuple[tuple[str, ...], ...] = ()

    @property
    def store_rows(self) -> list[Row]:
        """Stores as an operator's import file has them."""
        titles = ("门店编号", "门店名称", "省份", "城市", "地址", "电话", "邀请码")
        return [
            dict(zip(titles, (s.number, s.name, s.province, s.city, s.address, s.phone, s.code), strict=True))
            for s in self.stores
        ]

    @property
    def contact_rows(self) -> list[Row]:
        """People on file as an operator's import file has them."""
        on_file = [f for f in self.franchisees if f.phone_on_file]
        return [{"姓名": f.name_on_file, "手机": f.phone_on_file, "门店编号": f.store_number} for f in on_file]

    def as_config(self) -> dict[str, Any]:
        """The company's part of config.toml: regions, staff, the supervisors' chat, the departments."""
        return {
            "regions": [
                {"code": r.code, "name": r.name, "provinces": list(r.provinces), "group_id": r.group_id}
                for r in self.regions
            ],
            "staff": [_staff_config(s) for s in self.staff],
            "supervisors": {"chat_id": self.supervisors_chat},
            "departments": [
                {"code": d.code, "name": d.name, "chat_id": d.chat_id, "contact": d.contact} for d in self.departments
            ],
        }

    def settle(self, world: World) -> None:
        """Put everybody and every group into the world; its bots become administrators with every right."""
        for person in self.franchisees:
            _move_in(world, person)
        for member in self.staff:
            world.add_user(member.telegram_id, member.name, phone=f"+86{member.phone}", has_started=True)
        for guest in self.guests:
            world.add_user(guest.telegram_id, guest.name)
        for region in self.regions:
            members = self.members_of(region.code)
            world.add_group(region.group_id, region.title, is_forum=region.is_forum, members=members)
        for department in self.with_chat:
            members = {g.telegram_id: "member" for g in self.guests if g.department == department.code}
            world.add_group(department.chat_id, department.title, is_forum=False, members=members)
        world.add_group(self.supervisors_chat, self.supervisors_title, members=self._leaders())

    @property
    def with_chat(self) -> tuple[Department, ...]:
        """The departments that have a chat of their own."""
        return tuple(d for d in self.departments if d.chat_id)

    def members_of(self, region: str) -> dict[int, str]:
        """Who is in a region's group, with the Bot API's words for what they are there."""
        people: tuple[Staff | Guest, ...] = (*self.staff, *self.guests)
        return self._leaders() | {p.telegram_id: "member" for p in people if p.region == region}

    def _leaders(self) -> dict[int, str]:
        ranks = {"manager": "creator", "supervisor": "administrator"}
        return {s.telegram_id: ranks[s.role] for s in self.staff if s.role in ranks}


def _move_in(world: World, person: Franchisee) -> None:
    world.add_user(
        person.telegram_id,
        person.first_name,
        last_name=person.last_name,
        username=person.username or None,
        phone=f"+86{person.phone}",
    )


def load(folder: Path = FOLDER) -> Company:
    """Read the company's files."""
    told = tomllib.loads((folder / "company.toml").read_text(encoding="utf-8"))
    return Company(
        name=told["name"],
        desk=told["desk"],
        supervisors_chat=told["supervisors"]["chat_id"],
        supervisors_title=told["supervisors"]["title"],
        regions=tuple(_region(row) for row in told["regions"]),
        staff=tuple(_staff(row) for row in _rows(folder / "staff.csv")),
        departments=tuple(Department(**row) for row in told["departments"]),
        guests=tuple(Guest(**row) for row in told["guests"]),
        stores=tuple(Store(*row.values()) for row in _rows(folder / "stores.csv")),
        franchisees=tuple(_franchisee(row) for row in _rows(folder / "franchisees.csv")),
        roster=_table(folder / "roster.csv"),
    )


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _table(path: Path) -> tuple[tuple[str, ...], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in csv.reader(file))


def _region(row: Mapping[str, Any]) -> Region:
    return Region(**{**row, "provinces": tuple(row["provinces"])})


def _staff(row: Row) -> Staff:
    number, capacity = int(row["telegram_id"]), int(row["capacity"])
    return Staff(number, row["name"], row["role"], row["region"], row["province"], capacity, row["phone"])


def _staff_config(member: Staff) -> dict[str, Any]:
    return {
        "telegram_id": member.telegram_id,
        "name": member.name,
        "role": member.role,
        "regions": [member.region] if member.region else [],
        "provinces": [member.province] if member.province else [],
        "capacity": member.capacity,
    }


def _franchisee(row: Row) -> Franchisee:
    words = {name: value for name, value in row.items() if name not in ("telegram_id", "telegram_phone")}
    return Franchisee(telegram_id=int(row["telegram_id"]), phone=row["telegram_phone"], **words)
