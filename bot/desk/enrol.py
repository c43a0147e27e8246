"""Rows of a table into staff, stores and people on file; every bad row is named with its reason."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from bot.desk.people import MOST_CAPACITY, Contact, Region, Role, Staff, Store, normalise_phone, normalise_province

T = TypeVar("T")
Rows = Sequence[tuple[int, dict[str, str]]]
Cells = Mapping[str, str]

HEADER_ROW: Final = 0
"""The row number of a problem with the headers themselves."""
NO_HEADER: Final = ""
"""The key under which a row holds what stands below no header."""
LARGEST_ID: Final = 2**52
"""Telegram's identifiers have at most 52 significant bits (Bot API, User.id)."""


@dataclass(frozen=True)
class Column:
    """A column of a table: what its header may be, in either language; the first is what people are told."""

    titles: tuple[str, ...]
    is_required: bool = False


STAFF_COLUMNS: Final = MappingProxyType({
    "telegram_id": Column(("Telegram 编号", "电报编号", "telegram_id", "telegram", "tg"), is_required=True),
    "name": Column(("姓名", "名字", "name"), is_required=True),
    "role": Column(("角色", "岗位", "职务", "role"), is_required=True),
    "regions": Column(("大区", "所属大区", "regions", "region")),
    "provinces": Column(("负责省份", "专管省份", "省份", "省级", "provinces", "province")),
    "capacity": Column(("上限", "同时上限", "容量", "capacity")),
    "active": Column(("在职", "active")),
})  # fmt: skip
STORE_COLUMNS: Final = MappingProxyType({
    "number": Column(("门店编号", "门店号", "店号", "number", "store_number"), is_required=True),
    "name": Column(("门店名称", "店名", "门店", "名称", "store_name", "store", "name"), is_required=True),
    "province": Column(("省份", "省", "province"), is_required=True),
    "city": Column(("城市", "市", "city")),
    "address": Column(("地址", "门店地址", "address")),
    "phone": Column(("电话", "联系电话", "门店电话", "手机", "手机号", "phone", "mobile")),
    "code": Column(("邀请码", "code")),
})  # fmt: skip
CONTACT_COLUMNS: Final = MappingProxyType({
    "name": Column(("姓名", "联系人", "名字", "name"), is_required=True),
    "phone": Column(("手机", "手机号", "手机号码", "电话", "联系电话", "phone", "mobile"), is_required=True),
    "number": Column(("门店编号", "门店号", "店号", "number", "store_number", "store"), is_required=True),
})  # fmt: skip
_ROLES: Final = {**{r.value: r for r in Role}, **{r.title_zh: r for r in Role}, "客服专员": Role.SPECIALIST,
          "客服主管": Role.SUPERVISOR, "客服经理": Role.MANAGER, "省级专员": Role.SPECIALIST,
          "省级客服专员": Role.SPECIALIST}  # fmt: skip
_ACTIVE: Final = {**dict.fromkeys(("", "是", "在职", "yes", "true", "1"), True),
                  **dict.fromkeys(("否", "离职", "no", "false", "0"), False)}  # fmt: skip
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link can carry (core.telegram.org/api/links#bot-links)."""
_NUMBER_LENGTHS: Final = range(2, 21)
_INVISIBLE: Final = dict.fromkeys((*range(0x200B, 0x2010), 0x2060, 0xFEFF))


@dataclass(frozen=True)
class RowProblem:
    """A bad row: its number in the file (HEADER_ROW: the headers), and why."""

    row: int
    reason: str

    def __str__(self) -> str:
        return f"第 {self.row} 行：{self.reason}" if self.row != HEADER_ROW else f"表头：{self.reason}"


@dataclass(frozen=True)
class Enrolment(Generic[T]):
    """What a table holds; nothing of it is to be used while there are problems. `unused`: columns passed over."""

    records: tuple[T, ...]
    problems: tuple[RowProblem, ...]
    unused: tuple[str, ...] = ()


class BadRow(Exception):
    """A reason, in the words for whoever mends the file."""


def read_staff(rows: Rows, regions: Sequence[Region]) -> Enrolment[Staff]:
    """Staff: Telegram id, name, role; regions (names or codes), provinces, capacity and whether still here."""
    return read_table(
        rows,
        STAFF_COLUMNS,
        lambda row: _staff(row, regions),
        once={"Telegram 编号": lambda s: str(s.telegram_id)},
    )


def read_stores(rows: Rows) -> Enrolment[Store]:
    """Stores: number, name, province; city, address, phone, code may be empty."""
    return read_table(
        rows,
        STORE_COLUMNS,
        _store,
        once={"门店编号": lambda s: s.number.casefold(), "邀请码": lambda s: s.code},
    )


def read_contacts(rows: Rows, known_stores: Iterable[str]) -> Enrolment[Contact]:
    """People on file: name, phone, number of a store that is known."""
    known = {n.strip().casefold(): n for n in known_stores}
    return read_table(rows, CONTACT_COLUMNS, lambda row: _contact(row, known), once={"手机号": lambda c: c.phone})


def read_table(
    rows: Rows,
    columns: Mapping[str, Column],
    parse: Callable[[Cells], T],
    *,
    once: Mapping[str, Callable[[T], str]],
) -> Enrolment[T]:
    """`once`: what may stand in one row only, by its name for people."""
    if not rows:
        return Enrolment((), (RowProblem(HEADER_ROW, "文件里没有数据行"),))
    headers, problems = _headers(rows[0][1], columns)
    known = {_folded(title) for column in columns.values() for title in column.titles}
    unused = tuple(h for h in rows[0][1] if h and _folded(h) not in known)
    if problems:
        hint = f"；未识别的列：{'、'.join(unused)}" if unused else ""
        return Enrolment((), tuple(RowProblem(HEADER_ROW, f"{p}{hint}") for p in problems), unused)
    records: list[T] = []
    bad: list[RowProblem] = []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in rows:
        try:
            record = parse(_named(cells, columns, headers))
        except BadRow as reason:
            bad.append(RowProblem(number, str(reason)))
            continue
        records.append(record)
        for what, key in once.items():
            first = seen.setdefault((what, key(record)), number)
            if key(record) and first != number:
                bad.append(RowProblem(number, f"{what} {key(record)} 与第 {first} 行重复"))
    return Enrolment(tuple(records), tuple(bad), unused)


def _headers(found: Iterable[str], columns: Mapping[str, Column]) -> tuple[dict[str, str], list[str]]:
    """The file's header of each column of ours, and what is wrong with them."""
    headers: dict[str, str] = {}
    problems: list[str] = []
    by_title = {_folded(title): name for name, column in columns.items() for title in column.titles}
    for header in found:
        name = by_title.get(_folded(header))
        if name is not None and name in headers:
            problems.append(f"“{headers[name]}”和“{header}”是同一列，请只留一列")
        elif name is not None:
            headers[name] = header
    for name, column in columns.items():
        if column.is_required and name not in headers:
            problems.append(f"缺少“{column.titles[0]}”这一列（也可写作 {'、'.join(column.titles[1:])}）")
    return headers, problems


def _folded(header: str) -> str:
    """Headers are the same whatever their case, spaces, marks and remarks: `手机号（必填）` is 手机号."""
    return re.sub(r"\(.*?\)|[\s_*:]", "", unicodedata.normalize("NFKC", header.translate(_INVISIBLE))).casefold()


def _named(cells: Cells, columns: Mapping[str, Column], headers: Mapping[str, str]) -> Cells:
    """The cells by our own column names, cleaned of what cannot be seen."""
    stray = _clean(cells.get(NO_HEADER))
    if stray:
        raise BadRow(f"“{stray}”上面没有表头（是否多了一个逗号或一格）")
    row = {name: _clean(cells.get(headers.get(name, NO_HEADER))) for name in columns}
    for name, column in columns.items():
        if column.is_required and not row[name]:
            raise BadRow(f"缺少“{column.titles[0]}”")
    return row


def _clean(text: str | None) -> str:
    return " ".join((text or "").translate(_INVISIBLE).split())


def plain_text(text: str) -> str:
    """Full-width digits and letters as plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[、,;/\s]+", plain_text(text)) if part]


def _staff(row: Cells, regions: Sequence[Region]) -> Staff:
    role = _ROLES.get(plain_text(row["role"]).casefold())
    if role is None:
        raise BadRow(f"不认识的角色“{row['role']}”：请写 专员、主管 或 经理")
    is_active = _ACTIVE.get(plain_text(row["active"]).casefold())
    if is_active is None:
        raise BadRow(f"在职“{row['active']}”须写 是 或 否")
    return Staff(
        id=0,
        telegram_id=_whole(row["telegram_id"], "Telegram 编号", most=LARGEST_ID),
        name=row["name"],
        role=role,
        regions=tuple(_region(part, regions) for part in _parts(row["regions"])),
        provinces=tuple(_province(part) for part in _parts(row["provinces"])),
        capacity=_whole(row["capacity"], "上限", most=MOST_CAPACITY) if row["capacity"] else Staff.capacity,
        is_active=is_active,
    )


def _whole(text: str, what: str, *, most: int) -> int:
    plain = plain_text(text)
    if not plain.isdecimal() or not 0 < int(plain[:20]) <= most:
        raise BadRow(f"{what}“{text:.40}”须是 1 到 {most} 的整数")
    return int(plain)


def _region(text: str, regions: Sequence[Region]) -> str:
    wanted = text.removesuffix("大区").casefold()
    found = next((r.code for r in regions if wanted in (r.code, r.name)), None)
    if found is None:
        raise BadRow(f"不认识的大区“{text}”；可用的有：{'、'.join(r.name for r in regions)}")
    return found


def _province(text: str) -> str:
    found = normalise_province(text)
    if found is None:
        raise BadRow(f"不认识的省份“{text}”")
    return found


def _store(row: Cells) -> Store:
    number = plain_text(row["number"])
    if not number.isalnum() or len(number) not in _NUMBER_LENGTHS:
        raise BadRow(f"门店编号“{row['number']}”只能用字母和数字，2 到 20 个")
    if row["code"] and not _CODE.fullmatch(row["code"]):
        raise BadRow(f"邀请码“{row['code']}”只能用英文字母、数字、_ 和 -，最多 64 个")
    return Store(
        number=number,
        name=row["name"],
        province=_province(row["province"]),
        city=row["city"],
        address=row["address"],
        phone=_phone(row["phone"], "电话") if row["phone"] else "",
        code=row["code"],
    )


def _phone(text: str, what: str) -> str:
    number = normalise_phone(text)
    if number is None:
        hint = "：Excel 把它变成了科学记数，请把这一列设为文本再填" if re.search(r"\de\+?\d", text, re.I) else ""
        raise BadRow(f"{what}“{text}”格式不对{hint}")
    return number


def _contact(row: Cells, known: Mapping[str, str]) -> Contact:
    phone = _phone(row["phone"], "手机号")
    store = known.get(plain_text(row["number"]).casefold())
    if store is None:
        raise BadRow(f"门店编号“{row['number']}”不在门店表里：请先导入门店")
    return Contact(phone, row["name"], store)
