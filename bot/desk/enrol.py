"""Rows of a table into staff, stores and people on file; every bad row is named with its reason."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.desk.people import Contact, Region, Role, Staff, Store, normalise_phone, normalise_province

T = TypeVar("T")
Rows = Sequence[tuple[int, dict[str, str]]]

HEADERS: dict[str, tuple[str, ...]] = {
    "telegram_id": ("telegram_id", "telegram", "telegram编号", "电报编号", "telegram id", "tg"),
    "name": ("name", "姓名", "名字", "联系人"),
    "role": ("role", "角色", "岗位", "职务"),
    "regions": ("regions", "region", "大区", "所属大区"),
    "provinces": ("provinces", "负责省份", "省级", "专管省份"),
    "capacity": ("capacity", "上限", "同时上限", "容量"),
    "active": ("active", "在职"),
    "number": ("number", "store", "store number", "store_number", "门店编号", "店号", "门店号"),
    "store_name": ("store name", "store_name", "门店名称", "店名", "门店"),
    "province": ("province", "省份", "省"),
    "city": ("city", "城市", "市"),
    "address": ("address", "地址", "门店地址"),
    "phone": ("phone", "mobile", "手机", "手机号", "电话", "联系电话"),
    "code": ("code", "邀请码"),
}
"""What a column may be called, in either language."""
_ROLES = {**{r.value: r for r in Role}, **{r.title_zh: r for r in Role}, "客服专员": Role.SPECIALIST,
          "客服主管": Role.SUPERVISOR, "客服经理": Role.MANAGER, "省级专员": Role.SPECIALIST}  # fmt: skip
_NO = ("否", "no", "false", "0", "离职")


@dataclass(frozen=True)
class RowProblem:
    """A bad row: its number in the file, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class Enrolment(Generic[T]):
    """What a table holds; nothing of it is to be used while there are problems."""

    records: tuple[T, ...]
    problems: tuple[RowProblem, ...]


class _BadRow(Exception):
    """A reason, in the words for whoever mends the file."""


def read_staff(rows: Rows, regions: Sequence[Region]) -> Enrolment[Staff]:
    """Staff: telegram_id, name, role, regions (names or codes), provinces, capacity."""
    return _read(rows, lambda row: _staff(row, regions), key=lambda s: str(s.telegram_id), what="Telegram 编号")


def read_stores(rows: Rows) -> Enrolment[Store]:
    """Stores: number, name, province; city, address, phone, code may be empty."""
    return _read(rows, _store, key=lambda s: s.number.casefold(), what="门店编号")


def read_contacts(rows: Rows, known_stores: Iterable[str]) -> Enrolment[Contact]:
    """People on file: name, phone, number of a store that is known."""
    known = {n.strip().casefold(): n for n in known_stores}
    return _read(rows, lambda row: _contact(row, known), key=lambda c: c.phone, what="手机号")


def _read(rows: Rows, parse: Callable[[dict[str, str]], T], *, key: Callable[[T], str], what: str) -> Enrolment[T]:
    records: list[T] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        try:
            record = parse(_named(cells))
        except _BadRow as bad:
            problems.append(RowProblem(number, str(bad)))
            continue
        first = seen.setdefault(key(record), number)
        if first != number:
            problems.append(RowProblem(number, f"{what} {key(record)} 与第 {first} 行重复"))
        records.append(record)
    if not rows:
        problems.append(RowProblem(1, "文件里没有数据行"))
    return Enrolment(tuple(records), tuple(problems))


def _named(cells: dict[str, str]) -> dict[str, str]:
    """The cells by our own column names, whatever the file calls them."""
    folded = {header.strip().casefold(): (value or "").strip() for header, value in cells.items() if header}
    return {
        name: next((folded[h.casefold()] for h in headers if h.casefold() in folded), "")
        for name, headers in HEADERS.items()
    }


def _required(row: dict[str, str], name: str) -> str:
    if not row[name]:
        raise _BadRow(f"缺少“{next(h for h in HEADERS[name] if not h.isascii())}”")
    return row[name]


def _parts(text: str) -> list[str]:
    for mark in "、,\uff0c;\uff1b/ ":
        text = text.replace(mark, " ")
    return text.split()


def _staff(row: dict[str, str], regions: Sequence[Region]) -> Staff:
    telegram_id = _required(row, "telegram_id")
    if not telegram_id.isdecimal() or int(telegram_id) <= 0:
        raise _BadRow(f"Telegram 编号“{telegram_id}”须是正整数")
    name = _required(row, "name")
    role = _ROLES.get(_required(row, "role").casefold())
    if role is None:
        raise _BadRow(f"不认识的角色“{row['role']}”：请写 专员、主管 或 经理")
    return Staff(
        id=0,
        telegram_id=int(telegram_id),
        name=name,
        role=role,
        regions=tuple(_region(part, regions) for part in _parts(row["regions"])),
        provinces=tuple(_province(part) for part in _parts(row["provinces"])),
        capacity=_capacity(row["capacity"]),
        is_active=row["active"].casefold() not in _NO,
    )


def _region(text: str, regions: Sequence[Region]) -> str:
    found = next((r.code for r in regions if text in (r.code, r.name)), None)
    if found is None:
        raise _BadRow(f"不认识的大区“{text}”；可用的有：{'、'.join(r.name for r in regions)}")
    return found


def _province(text: str) -> str:
    found = normalise_province(text)
    if found is None:
        raise _BadRow(f"不认识的省份“{text}”")
    return found


def _capacity(text: str) -> int:
    if not text:
        return 12
    if not text.isdecimal() or int(text) < 1:
        raise _BadRow(f"同时上限“{text}”须是正整数")
    return int(text)


def _store(row: dict[str, str]) -> Store:
    phone = row["phone"]
    if phone and normalise_phone(phone) is None:
        raise _BadRow(f"电话“{phone}”格式不对")
    number = _required(row, "number")
    if not number.isalnum():
        raise _BadRow(f"门店编号“{number}”只能用字母和数字")
    return Store(
        number=number,
        name=row["store_name"] or _required({**row, "store_name": row["name"]}, "store_name"),
        province=_province(_required(row, "province")),
        city=row["city"],
        address=row["address"],
        phone=normalise_phone(phone) or "",
        code=row["code"],
    )


def _contact(row: dict[str, str], known: dict[str, str]) -> Contact:
    name, phone = _required(row, "name"), _required(row, "phone")
    number = normalise_phone(phone)
    if number is None:
        raise _BadRow(f"手机号“{phone}”格式不对")
    store = known.get(_required(row, "number").casefold())
    if store is None:
        raise _BadRow(f"门店编号“{row['number']}”不在门店表里：请先导入门店")
    return Contact(number, name, store)
