"""Rows of a table into staff, stores and people on file; every bad row is named with its reasons."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.desk.people import MOST_CAPACITY, Contact, Region, Role, Staff, Store, normalise_phone, normalise_province
from bot.desk.table_rows import EXAMPLE, BadRow, Column, Enrolment, Row, Rows, plain_text, read_table

LARGEST_ID: Final = 2**52
"""Telegram's identifiers have at most 52 significant bits (Bot API, User.id)."""

STAFF_COLUMNS: Final = MappingProxyType({
    "telegram_id": Column(("Telegram 编号", "电报编号", "telegram_id", "telegram", "tg"), is_required=True,
                          told="Telegram 的数字编号，不是用户名，也不是手机号", example="5001234567"),
    "name": Column(("姓名", "名字", "name"), is_required=True,
                   told="同事之间不要重名：排班、转交都按姓名", example=f"{EXAMPLE}李娜"),
    "role": Column(("角色", "岗位", "职务", "role"), is_required=True,
                   told="专员、主管 或 经理", example="专员"),
    "regions": Column(("大区", "所属大区", "regions", "region"),
                      told="大区的名称或代码，几个用顿号隔开；专员须写大区或负责省份，主管、经理留空", example="华东"),
    "provinces": Column(("负责省份", "专管省份", "省份", "省级", "provinces", "province"),
                        told="省级专员专管的省份，几个用顿号隔开；其他人留空"),
    "capacity": Column(("上限", "同时上限", "容量", "capacity"),
                       told=f"同时办理的工单最多几个，缺省 {Staff.capacity}", example=str(Staff.capacity)),
    "active": Column(("在职", "active"), told="是 或 否，缺省 是", example="是"),
})  # fmt: skip
STORE_COLUMNS: Final = MappingProxyType({
    "number": Column(("门店编号", "门店号", "店号", "number", "store_number"), is_required=True,
                     told="只用字母和数字，2 到 20 个，每店一个", example="SH001"),
    "name": Column(("门店名称", "店名", "门店", "名称", "store_name", "store", "name"), is_required=True,
                   told="大家怎样称呼这家店", example=f"{EXAMPLE}南京西路店"),
    "province": Column(("省份", "省", "province"), is_required=True,
                       told="由省份决定大区：四川 或 四川省 都可以", example="上海"),
    "city": Column(("城市", "市", "city"), example="上海"),
    "address": Column(("地址", "门店地址", "address"), example="南京西路 1 号"),
    "phone": Column(("电话", "联系电话", "门店电话", "手机", "手机号", "phone", "mobile"),
                    told="手机号，或带区号的座机", example="02155551234"),
    "code": Column(("邀请码", "code"), told="加盟商用它绑定门店：英文字母、数字、_ 和 -；留空则由程序生成"),
})  # fmt: skip
CONTACT_COLUMNS: Final = MappingProxyType({
    "name": Column(("姓名", "联系人", "名字", "name"), is_required=True,
                   told="加盟商的姓名", example=f"{EXAMPLE}刘建国"),
    "phone": Column(("手机", "手机号", "手机号码", "电话", "联系电话", "phone", "mobile"), is_required=True,
                    told="与其 Telegram 账号相同的手机号：分享号码时凭它认出门店", example="19000030001"),
    "number": Column(("门店编号", "门店号", "店号", "number", "store_number", "store"), is_required=True,
                     also=("门店",), told="门店表里的编号；只有一家叫这个名字时，也可写店名", example="SH001"),
})  # fmt: skip
_ROLES: Final = {**{r.value: r for r in Role}, **{r.title_zh: r for r in Role}, "客服专员": Role.SPECIALIST,
          "客服主管": Role.SUPERVISOR, "客服经理": Role.MANAGER, "省级专员": Role.SPECIALIST,
          "省级客服专员": Role.SPECIALIST}  # fmt: skip
_ACTIVE: Final = {**dict.fromkeys(("是", "在职", "yes", "true", "1"), True),
                  **dict.fromkeys(("否", "离职", "no", "false", "0"), False)}  # fmt: skip
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link can carry (core.telegram.org/api/links#bot-links)."""
_NUMBER_LENGTHS: Final = range(2, 21)


def read_staff(rows: Rows, regions: Sequence[Region]) -> Enrolment[Staff]:
    """Staff: Telegram id, name, role; regions (names or codes), provinces, capacity and whether still here."""
    once = {"Telegram 编号": lambda s: str(s.telegram_id)}
    return read_table(rows, STAFF_COLUMNS, lambda row: _staff(row, regions), once=once)


def read_stores(rows: Rows) -> Enrolment[Store]:
    """Stores: number, name, province; city, address, phone, code may be empty."""
    once = {"门店编号": lambda s: s.number.casefold(), "邀请码": lambda s: s.code}
    return read_table(rows, STORE_COLUMNS, _store, once=once)


def read_contacts(rows: Rows, stores: Iterable[Store]) -> Enrolment[Contact]:
    """People on file: name, phone, store (its number, or a name that only one of `stores` has)."""
    known = numbers_by_name(stores)
    return read_table(rows, CONTACT_COLUMNS, lambda row: _contact(row, known), once={"手机号": lambda c: c.phone})


def numbers_by_name(stores: Iterable[Store]) -> Mapping[str, Sequence[str]]:
    """Store numbers by what people write for them: the number itself, or the name."""
    found: dict[str, list[str]] = {}
    listed = list(stores)
    for store in listed:
        found.setdefault(plain_text(store.name).casefold(), []).append(store.number)
    return {**found, **{plain_text(s.number).casefold(): [s.number] for s in listed}}


def store_named(text: str, known: Mapping[str, Sequence[str]]) -> str:
    """The number of the one store that is meant; BadRow."""
    found = known.get(plain_text(text).casefold(), ())
    if not found:
        raise BadRow(f"没有“{text}”这家门店，请先导入门店")
    if len(found) > 1:
        raise BadRow(f"有 {len(found)} 家门店叫“{text}”（{'、'.join(found)}），请写门店编号")
    return found[0]


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[、,;/\s]+", plain_text(text)) if part]


def _staff(row: Row, regions: Sequence[Region]) -> Staff:
    nobody = Role.SUPERVISOR  # a role that nobody knows is blamed once, and asks for no region on top of it
    person = Staff(
        id=0,
        telegram_id=row.read("telegram_id", lambda text: _whole(text, "Telegram 编号", most=LARGEST_ID), 0),
        name=row["name"],
        role=row.read("role", _role, nobody),
        regions=row.read("regions", lambda text: tuple(_region(part, regions) for part in _parts(text)), ()),
        provinces=row.read("provinces", lambda text: tuple(_province(part) for part in _parts(text)), ()),
        capacity=row.read("capacity", lambda text: _whole(text, "上限", most=MOST_CAPACITY), Staff.capacity),
        is_active=row.read("active", _is_active, True),
    )
    if person.is_active and person.role is Role.SPECIALIST and not (row["regions"] or row["provinces"]):
        raise BadRow(f"{person.name} 是专员，请写明所属大区或省份")
    return person


def _role(text: str) -> Role:
    role = _ROLES.get(plain_text(text).casefold())
    if role is None:
        raise BadRow(f"不认识的角色“{text}”：请写 专员、主管 或 经理")
    return role


def _is_active(text: str) -> bool:
    is_active = _ACTIVE.get(plain_text(text).casefold())
    if is_active is None:
        raise BadRow(f"在职“{text}”须写 是 或 否")
    return is_active


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


def _store(row: Row) -> Store:
    return Store(
        number=row.read("number", _number, ""),
        name=row["name"],
        province=row.read("province", _province, ""),
        city=row["city"],
        address=row["address"],
        phone=row.read("phone", lambda text: _phone(text, "电话"), ""),
        code=row.read("code", _invitation, ""),
    )


def _number(text: str) -> str:
    number = plain_text(text)
    if not number.isalnum() or len(number) not in _NUMBER_LENGTHS:
        raise BadRow(f"门店编号“{text}”只能用字母和数字，2 到 20 个")
    return number


def _invitation(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise BadRow(f"邀请码“{text}”只能用英文字母、数字、_ 和 -，最多 64 个")
    return text


def _phone(text: str, what: str) -> str:
    number = normalise_phone(text)
    if number is None:
        hint = "：Excel 把它变成了科学记数，请把这一列设为文本再填" if re.search(r"\de\+?\d", text, re.I) else ""
        raise BadRow(f"{what}“{text}”格式不对{hint}")
    return number


def _contact(row: Row, known: Mapping[str, Sequence[str]]) -> Contact:
    phone = row.read("phone", lambda text: _phone(text, "手机号"), "")
    store = row.read("number", lambda text: store_named(text, known), "")
    return Contact(phone, row["name"], store)
