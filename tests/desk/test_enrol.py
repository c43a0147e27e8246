"""Tables of people and stores: either language, every bad row named with its number and reason."""

import pytest

from bot.desk.enrol import CONTACT_COLUMNS, STAFF_COLUMNS, STORE_COLUMNS, read_contacts, read_staff, read_stores
from bot.desk.people import Contact, Region, Role, Staff, Store
from bot.desk.table_rows import Enrolment

REGIONS = (Region("east", "华东", ("上海", "江苏")), Region("southwest", "西南", ("四川", "重庆")))
Row = dict[str, str]
LIN = {"Telegram 编号": "5001", "姓名": "林晓", "角色": "专员", "大区": "西南"}
SHOP = {"门店编号": "CD001", "门店名称": "春熙路店", "省份": "四川"}
PERSON = {"姓名": "刘建国", "手机": "19000030002", "门店编号": "CD001"}


def numbered(*rows: Row) -> list[tuple[int, Row]]:
    return list(enumerate(rows, start=2))


def staff(*rows: Row) -> Enrolment[Staff]:
    return read_staff(numbered(*rows), REGIONS)


def stores(*rows: Row) -> Enrolment[Store]:
    return read_stores(numbered(*rows))


def contacts(*rows: Row) -> Enrolment[Contact]:
    return read_contacts(numbered(*rows), [Store("CD001", "春熙路店", "四川"), Store("cq002", "解放碑店", "重庆")])


def told(read: Enrolment[object]) -> list[str]:
    return [str(problem) for problem in read.problems]


def test_staff_with_chinese_headers_and_with_english_ones_are_the_same_people() -> None:
    chinese = staff({**LIN, "大区": "西南大区、east", "负责省份": "四川省，重庆", "上限": "8", "在职": "是"})
    english = staff({"telegram_id": "5001", "Name": "林晓", "ROLE": "Specialist", "regions": "southwest/华东",
                     "provinces": "四川 重庆市", "capacity": "8", "active": "yes"})  # fmt: skip
    assert chinese == english
    assert chinese.records == (
        Staff(0, 5001, "林晓", Role.SPECIALIST, ("southwest", "east"), ("四川", "重庆"), capacity=8),
    )
    assert not chinese.problems


@pytest.mark.parametrize(
    ("columns", "read", "row"),
    [(STAFF_COLUMNS, staff, LIN), (STORE_COLUMNS, stores, SHOP), (CONTACT_COLUMNS, contacts, PERSON)],
    ids=["staff", "stores", "contacts"],
)
def test_every_title_of_every_column_is_known(columns, read, row) -> None:  # type: ignore[no-untyped-def]
    for column in columns.values():
        mine = next((title for title in column.titles if title in row), None)
        for title in column.titles:
            others = {h: v for h, v in row.items() if h != mine}
            renamed = others | {f" {title.upper()}（必填）": row.get(mine or "", "")}
            assert read(renamed).unused == (), title


@pytest.mark.parametrize("is_here", ["", "是", "在职", "YES", "1", "True"])
def test_who_is_not_marked_as_gone_is_here(is_here: str) -> None:
    assert staff({**LIN, "在职": is_here}).records[0].is_active


@pytest.mark.parametrize("is_gone", ["否", "离职", "No", "0", "FALSE"])
def test_who_left_is_marked(is_gone: str) -> None:
    assert not staff({**LIN, "在职": is_gone}).records[0].is_active


@pytest.mark.parametrize("title", ["专员", "客服专员", "省级专员", "主管", "客服主管", "经理", "客服经理", "manager"])
def test_roles_are_known_by_their_titles(title: str) -> None:
    (person,) = staff({**LIN, "角色": title}).records
    assert person.role.title_zh in title or person.role.value == title


BAD_STAFF = [
    ({"Telegram 编号": ""}, "缺少“Telegram 编号”"),
    ({"Telegram 编号": "@lin"}, "Telegram 编号“@lin”须是 1 到 4503599627370496 的整数"),
    ({"Telegram 编号": "-5"}, "Telegram 编号“-5”须是"),
    ({"Telegram 编号": "0"}, "Telegram 编号“0”须是"),
    ({"Telegram 编号": "9" * 5000}, "须是 1 到"),
    ({"姓名": "  "}, "缺少“姓名”"),
    ({"角色": "老板"}, "不认识的角色“老板”：请写 专员、主管 或 经理"),
    ({"大区": "东海"}, "不认识的大区“东海”；可用的有：华东、西南"),
    ({"负责省份": "四川、川东"}, "不认识的省份“川东”"),
    ({"上限": "很多"}, "上限“很多”须是 1 到 999 的整数"),
    ({"上限": "0"}, "上限“0”须是"),
    ({"上限": "1000"}, "上限“1000”须是"),
    ({"在职": "也许"}, "在职“也许”须写 是 或 否"),
    ({"": "多出来的"}, "“多出来的”上面没有表头"),
]


@pytest.mark.parametrize(("change", "reason"), BAD_STAFF, ids=range(len(BAD_STAFF)))
def test_a_bad_row_of_staff_is_named_with_its_reason(change: Row, reason: str) -> None:
    read = staff({**LIN, "负责省份": "", "上限": "", "在职": ""}, {**LIN, "Telegram 编号": "5002", **change})
    (problem,) = told(read)
    assert problem.startswith("第 3 行：")
    assert reason in problem


BAD_STORES = [
    ({"门店编号": ""}, "缺少“门店编号”"),
    ({"门店编号": "CD-002"}, "门店编号“CD-002”只能用字母和数字，2 到 20 个"),
    ({"门店编号": "C"}, "2 到 20 个"),
    ({"门店编号": "C" * 21}, "2 到 20 个"),
    ({"门店名称": ""}, "缺少“门店名称”"),
    ({"省份": "蜀"}, "不认识的省份“蜀”"),
    ({"电话": "12345"}, "电话“12345”格式不对"),
    ({"邀请码": "有 空格"}, "邀请码“有 空格”只能用英文字母"),
    ({"邀请码": "x" * 65}, "最多 64 个"),
    ({"门店编号": "cd001"}, "门店编号 cd001 与第 2 行重复"),
    ({"邀请码": "first-code"}, "邀请码 first-code 与第 2 行重复"),
]


@pytest.mark.parametrize(("change", "reason"), BAD_STORES, ids=range(len(BAD_STORES)))
def test_a_bad_row_of_stores_is_named_with_its_reason(change: Row, reason: str) -> None:
    first = {**SHOP, "电话": "", "邀请码": "first-code"}
    (problem,) = told(stores(first, {**first, "门店编号": "CD002", "邀请码": "", **change}))
    assert problem.startswith("第 3 行：")
    assert reason in problem


BAD_CONTACTS = [
    ({"手机": ""}, "缺少“手机”"),
    ({"手机": "1.9E+10"}, "手机号“1.9E+10”格式不对：Excel 把它变成了科学记数"),
    ({"手机": "29000030002"}, "手机号“29000030002”格式不对"),
    ({"手机": "1900003000"}, "格式不对"),
    ({"手机": "+86 190 0003 0002"}, "手机号 19000030002 与第 2 行重复"),
    ({"姓名": "\u200b "}, "缺少“姓名”"),
    ({"门店编号": "CD009"}, "没有“CD009”这家门店，请先导入门店"),
]


@pytest.mark.parametrize(("change", "reason"), BAD_CONTACTS, ids=range(len(BAD_CONTACTS)))
def test_a_bad_row_of_people_on_file_is_named_with_its_reason(change: Row, reason: str) -> None:
    (problem,) = told(contacts(PERSON, {**PERSON, "手机": "19000030003", **change}))
    assert problem.startswith("第 3 行：")
    assert reason in problem


def test_every_bad_row_is_told_not_only_the_first() -> None:
    read = stores({**SHOP, "省份": "蜀"}, SHOP, {**SHOP, "门店编号": "?"}, SHOP)
    assert [p.row for p in read.problems] == [2, 4, 5]


PHONES = {
    "19000030002": "19000030002",
    "+86 190-0003-0002": "19000030002",
    "0086 19000030002": "19000030002",
    "8619000030002": "19000030002",
    "１９００００３０００２": "19000030002",
    "(010) 8888 7777": "01088887777",
    "028-85551234": "02885551234",
    "\u200b19000030002\u3000": "19000030002",
}


@pytest.mark.parametrize(("written", "meant"), PHONES.items())
def test_phones_are_known_however_they_are_written(written: str, meant: str) -> None:
    (person,) = contacts({**PERSON, "手机": written}).records
    assert person.phone == meant


def test_store_numbers_are_the_same_in_full_width_and_in_any_case() -> None:
    (shop,) = stores({**SHOP, "门店编号": " ＣＤ００１ "}).records
    assert shop.number == "CD001"
    assert [c.store_number for c in contacts({**PERSON, "门店编号": "ｃｄ００１"}).records] == ["CD001"]
    assert [c.store_number for c in contacts({**PERSON, "门店编号": "CQ002"}).records] == ["cq002"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("四川省", "四川"), ("内蒙古自治区", "内蒙古"), ("广西壮族自治区", "广西"), ("北京市", "北京"),
     ("新疆维吾尔自治区", "新疆"), ("香港特别行政区", "香港"), ("宁夏回族自治区", "宁夏")],
)  # fmt: skip
def test_provinces_are_known_by_their_long_names(written: str, meant: str) -> None:
    assert [s.province for s in stores({**SHOP, "省份": written}).records] == [meant]


def test_a_missing_column_is_told_once_with_what_else_it_may_be_called() -> None:
    read = contacts({"姓名": "刘", "手机電話": "1", "门店编号": "CD001"}, PERSON, PERSON)
    (problem,) = told(read)
    assert problem.startswith("表头：缺少“手机”这一列（也可写作 手机号、")
    assert problem.endswith("未识别的列：手机電話")


def test_two_columns_of_one_meaning_are_refused() -> None:
    assert told(contacts({**PERSON, "电话": "19000030009"})) == ["表头：“手机”和“电话”是同一列，请只留一列"]


def test_columns_that_are_not_used_are_told_and_hinder_nothing() -> None:
    read = stores({**SHOP, "备注": "老客户"})
    assert (read.unused, read.problems, len(read.records)) == (("备注",), (), 1)


def test_a_table_without_rows_is_a_problem() -> None:
    assert told(stores()) == ["表头：文件里没有数据行"]


def test_line_breaks_in_a_cell_become_a_space() -> None:
    assert staff({**LIN, "姓名": "林\n晓"}).records[0].name == "林 晓"
