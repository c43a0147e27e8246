"""The people and places of the department: staff, regions, stores, franchisees, and the manual's limits."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

MOST_SPECIALISTS: Final = 3
"""Specialists a region (manual, 第一章: 最多 3 人/大区)."""
MOST_PROVINCIAL: Final = 3
"""Provincial specialists a province (manual, 第一章 注: 1-3 人)."""
MOST_SUPERVISORS: Final = 2
"""Supervisors (manual, 第一章: 1-2 人)."""
MOST_CAPACITY: Final = 999
"""Unfinished cases at once that may be set for a person: more is a slip of the finger."""
FEWEST_SPECIALISTS: Final = 7
"""Specialists in all (manual, 第一章: 7-21 人)."""

PROVINCES: Final = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃",
    "青海", "宁夏", "新疆", "香港", "澳门", "台湾",
)  # fmt: skip
"""Short names, in the order of the national code."""


class Role(StrEnum):
    """What a member of staff may do."""

    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"

    @property
    def title_zh(self) -> str:
        """What people call the role."""
        return ROLE_TITLES[self]


ROLE_TITLES: Final = MappingProxyType({Role.SPECIALIST: "专员", Role.SUPERVISOR: "主管", Role.MANAGER: "经理"})


@dataclass(frozen=True)
class Region:
    """A region (大区): its provinces by short name, its agent group (0: not set yet), who helps out, in order."""

    code: str
    name: str
    provinces: tuple[str, ...]
    group_id: int = 0
    stand_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Staff:
    """A member of staff; with `provinces` a provincial specialist. Instants are UTC."""

    id: int
    telegram_id: int
    name: str
    role: Role
    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    capacity: int = 12
    is_on_duty: bool = False
    is_active: bool = True
    duty_changed_at: datetime | None = None
    last_assigned_at: datetime | None = None


@dataclass(frozen=True)
class Store:
    """A shop (门店); `code` is the secret of its deep link."""

    number: str
    name: str
    province: str
    city: str = ""
    address: str = ""
    phone: str = ""
    code: str = ""


@dataclass(frozen=True)
class Contact:
    """A person on file, known by telephone before they ever wrote."""

    phone: str
    name: str
    store_number: str


@dataclass(frozen=True)
class Franchisee:
    """A person who has written (加盟商); several may belong to one store. `created_at` is UTC."""

    id: int
    telegram_id: int
    name: str
    username: str | None
    phone: str | None
    store_number: str | None
    province: str | None
    is_reachable: bool
    created_at: datetime


def region_of(province: str, regions: Iterable[Region]) -> Region | None:
    """The region that serves a province."""
    return next((r for r in regions if province in r.provinces), None)


_SUFFIX: Final = re.compile(r"(?:壮族自治区|回族自治区|维吾尔自治区|特别行政区|自治区|省|市)$")


def normalise_province(text: str) -> str | None:
    """四川省 → 四川, 内蒙古自治区 → 内蒙古; None for what is no province."""
    short = _SUFFIX.sub("", unicodedata.normalize("NFKC", text).strip())
    return short if short in PROVINCES else None


_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_LANDLINE: Final = re.compile(r"0\d{9,11}")


def normalise_phone(text: str) -> str | None:
    """A mainland mobile or landline as digits (+86 and separators gone); None for what is neither."""
    digits = re.sub(r"[^\d+]", "", unicodedata.normalize("NFKC", text))
    local = re.sub(r"^(?:\+86|0086|86(?=1\d{10}$))", "", digits)
    return local if _MOBILE.fullmatch(local) or _LANDLINE.fullmatch(local) else None


@dataclass(frozen=True)
class Problem:
    """What the department may not be, in the words for whoever changes it; `of`: whose rows it is about (their
    Telegram ids, or a store's number in small letters).
    """

    text: str
    of: tuple[int | str, ...] = ()

    def __str__(self) -> str:
        return self.text


def department_problems(staff: Sequence[Staff], regions: Sequence[Region], *, provincial_count: bool) -> list[Problem]:
    """Where the manual's limits, or plain sense, are broken by these active people.

    `provincial_count`: whether provincial specialists count towards a region's three (the manual does not say).
    """
    rules = (_leaders(staff), _ids(staff), _places(staff, regions), _full(staff, regions, provincial_count))
    return [problem for rule in rules for problem in rule]


def _about(text: str, *people: Staff) -> Problem:
    return Problem(text, tuple(person.telegram_id for person in people))


def _names(people: Sequence[Staff]) -> str:
    return "、".join(person.name for person in people)


def _leaders(staff: Sequence[Staff]) -> Iterator[Problem]:
    managers = [s for s in staff if s.role is Role.MANAGER]
    supervisors = [s for s in staff if s.role is Role.SUPERVISOR]
    if len(managers) > 1:
        yield _about(f"经理只能有 1 人，现有 {_names(managers)}：请先让前任卸任", *managers)
    if len(supervisors) > MOST_SUPERVISORS:
        yield _about(f"主管最多 {MOST_SUPERVISORS} 人，现有 {_names(supervisors)}", *supervisors)


def _ids(staff: Sequence[Staff]) -> Iterator[Problem]:
    twice = [i for i, count in Counter(s.telegram_id for s in staff).items() if count > 1]
    yield from (Problem(f"Telegram 编号 {i} 登记了不止一次", (i,)) for i in twice)


def _places(staff: Sequence[Staff], regions: Sequence[Region]) -> Iterator[Problem]:
    codes = {r.code for r in regions}
    for person in staff:
        for code in person.regions:
            if code not in codes:
                yield _about(f"{person.name} 的大区 {code} 不在设置里；可用的有：{'、'.join(sorted(codes))}", person)
        for province in person.provinces:
            if region_of(province, regions) is None:
                yield _about(f"{person.name} 的省份“{province}”不属于任何大区", person)
        if person.role is Role.SPECIALIST and not person.regions and not person.provinces:
            yield _about(f"{person.name} 是专员，请写明所属大区或省份", person)


def _full(staff: Sequence[Staff], regions: Sequence[Region], provincial_count: bool) -> Iterator[Problem]:
    specialists = [s for s in staff if s.role is Role.SPECIALIST]
    for region in regions:
        people = [s for s in specialists if _counts_in(s, region, provincial_count)]
        if len(people) > MOST_SPECIALISTS:
            first, late = people[:MOST_SPECIALISTS], people[MOST_SPECIALISTS:]
            full = f"{region.name}已有 {len(first)} 名专员（手册上限 {MOST_SPECIALISTS} 人）"
            yield _about(f"{full}：无法再加入 {_names(late)}", *late)
        for province in region.provinces:
            provincial = [s for s in specialists if province in s.provinces]
            if len(provincial) > MOST_PROVINCIAL:
                told = f"{province}的省级专员最多 {MOST_PROVINCIAL} 人，现有 {_names(provincial)}"
                yield _about(told, *provincial)


def _counts_in(person: Staff, region: Region, provincial_count: bool) -> bool:
    if person.provinces:
        return provincial_count and any(p in region.provinces for p in person.provinces)
    return region.code in person.regions


def department_warnings(staff: Sequence[Staff], regions: Sequence[Region]) -> list[str]:
    """What works but should be known: no supervisor, one leader alone, few specialists, empty regions."""
    specialists = [s for s in staff if s.role is Role.SPECIALIST]
    empty = [r.name for r in regions if not any(_counts_in(s, r, True) for s in specialists)]
    warnings = []
    if not any(s.role is Role.SUPERVISOR for s in staff):
        warnings.append("没有主管：无人在岗时由经理兜底")
    if sum(s.role is not Role.SPECIALIST for s in staff) == 1:
        warnings.append("主管和经理合计只有 1 人：没有别人能复核质检申诉、放行其本人的答复、受理对其本人的投诉")
    if len(specialists) < FEWEST_SPECIALISTS:
        warnings.append(f"专员共 {len(specialists)} 人，手册编制为 {FEWEST_SPECIALISTS}-21 人")
    if empty:
        warnings.append(f"暂无专员的大区：{'、'.join(empty)}，来信由主管兜底")
    return warnings
