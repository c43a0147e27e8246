"""`import`: tables as people really have them; all of a table or nothing, and twice is as good as once."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from bot.cli.sheets import read_rows
from bot.desk.import_template import COLUMNS
from bot.desk.table_rows import EXAMPLE
from tests.cli.rig import Desk, Told
from tests.process import run_bot

STORES = """门店编号,门店名称,省份,城市,电话
CD001,春熙路店,四川省,成都,02885551234
SH002,麦垄街店,上海,上海,19000010002
"""
STAFF = "Telegram 编号,姓名,角色,大区,负责省份\n5001,林晓,专员,西南,\n5002,何静,省级专员,,四川\n5003,王芳,主管,,\n"
PEOPLE = "姓名,手机,门店编号\n刘建国,19000030002,cd001\n马秀英,+86 190-0003-0003,SH002\n"


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(data: bytes, old: str, new: str) -> bytes:
    """A workbook whose sheet says something else: as other programs write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if "sheet1" in name:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return out.getvalue()


def stores_in(desk: Desk) -> list[tuple[str, str, str, str]]:
    return [(s.number, s.name, s.province, s.phone) for s in desk.work(lambda work: list(work.stores.all()))]


BOTH = [("CD001", "春熙路店", "四川", "02885551234"), ("SH002", "麦垄街店", "上海", "19000010002")]
FILES: dict[str, bytes] = {
    "utf8.csv": STORES.encode(),
    "bom.csv": STORES.encode("utf-8-sig"),
    "gb.csv": STORES.encode("gb18030"),
    "crlf.CSV": STORES.replace("\n", "\r\n").encode("gb18030"),
    "blanks.csv": ("\n" + STORES.replace("\nSH", "\n,,,,\n\nSH") + "\n\n").encode(),
    "english.csv": STORES.replace("门店编号,门店名称,省份,城市,电话", "number,store name,Province,city,PHONE").encode(),
    "book.xlsx": workbook([row.split(",") for row in STORES.splitlines()]),
    "wrong_size.xlsx": edited(workbook([row.split(",") for row in STORES.splitlines()]), "A1:E3", "A1"),
    "gaps.xlsx": workbook(
        [
            [],
            *[row.split(",") for row in STORES.splitlines()[:2]],
            [None],
            [""],
            ["SH002", "麦垄街店", "上海", None, 19000010002.0],
        ]
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_table_is_read_alike(desk: Desk, name: str) -> None:
    told = desk.run("import", "stores", desk.file(name, FILES[name]))
    assert (told.code, told.out, told.err) == (0, "导入完成：新增 2，更新 0，未变 0。\n", "")
    assert stores_in(desk) == BOTH


def test_importing_twice_changes_nothing_and_a_change_is_counted(desk: Desk) -> None:
    file = desk.file("stores.csv", STORES)
    desk.run("import", "stores", file)
    codes = desk.work(lambda work: [s.code for s in work.stores.all()])
    assert desk.run("import", "stores", file).out == "导入完成：新增 0，更新 0，未变 2。\n"
    changed = desk.file("stores.csv", STORES.replace("春熙路店", "春熙路旗舰店").replace("CD001", "cd001"))
    assert desk.run("import", "stores", changed).out == "导入完成：新增 0，更新 1，未变 1。\n"
    assert desk.work(lambda work: [s.code for s in work.stores.all()]) == codes
    assert len(set(codes)) == 2
    assert all(codes)


def test_staff_and_franchisees_twice_change_nothing(desk: Desk) -> None:
    desk.run("import", "stores", desk.file("stores.csv", STORES))
    for kind, text, count in (("staff", STAFF, 3), ("franchisees", PEOPLE, 2)):
        file = desk.file(f"{kind}.csv", text)
        assert desk.run("import", kind, file).out == f"导入完成：新增 {count}，更新 0，未变 0。\n"
        assert desk.run("import", kind, file).out == f"导入完成：新增 0，更新 0，未变 {count}。\n"
    person = desk.work(lambda work: work.contacts.by_phone("19000030003"))
    assert person is not None
    assert (person.name, person.store_number) == ("马秀英", "SH002")
    assert [(s.name, s.role.value, s.regions, s.provinces) for s in desk.work(lambda work: list(work.staff.all()))] == [
        ("林晓", "specialist", ("southwest",), ()),
        ("何静", "specialist", (), ("四川",)),
        ("王芳", "supervisor", (), ()),
    ]


def test_phones_and_numbers_that_a_workbook_took_for_numbers_are_digits_again(desk: Desk) -> None:
    desk.run("import", "stores", desk.file("stores.csv", STORES.replace("CD001", "1001")))
    rows = [
        ["姓名", "手机", "门店编号"],
        ["刘", 19000030002, 1001],
        ["马", 19000030003, "1001"],
        ["陈", "'19000030004", 1001.0],
    ]
    book = edited(workbook(rows), "<v>19000030003</v>", "<v>1.9000030003E10</v>")
    assert desk.run("import", "franchisees", desk.file("p.xlsx", book)).code == 0
    assert desk.work(lambda work: all(work.contacts.by_phone(f"1900003000{n}") for n in (2, 3, 4)))


def test_nothing_is_imported_while_any_row_is_bad_and_every_bad_row_is_named(desk: Desk) -> None:
    bad = STORES + "\nXA003,钟楼店,陕东\nCD001,重复店,四川\nBJ004,,北京\n"
    told = desk.run("import", "stores", desk.file("stores.csv", bad))
    assert told == Told(
        1,
        "",
        "第 5 行：不认识的省份“陕东”\n第 6 行：门店编号 cd001 与第 2 行重复\n第 7 行：缺少“门店名称”\n"
        "共 3 处有误，未导入任何内容。\n",
    )
    assert stores_in(desk) == []


def test_people_need_their_store_first(desk: Desk) -> None:
    told = desk.run("import", "franchisees", desk.file("p.csv", PEOPLE))
    assert "第 2 行：没有“cd001”这家门店，请先导入门店" in told.err
    assert told.code == 1


def test_staff_beyond_the_manuals_limits_is_refused_as_a_whole_also_with_those_who_are_there(desk: Desk) -> None:
    desk.run("import", "staff", desk.file("staff.csv", STAFF))
    more = "姓名,角色,telegram,大区\n甲,专员,6001,西南\n乙,专员,6002,西南\n丙,专员,6003,西南\n丁,主管,6004,\n"
    told = desk.run("import", "staff", desk.file("more.csv", more))
    assert (told.code, told.err) == (
        1,
        "第 4 行：西南已有 3 名专员（手册上限 3 人）：无法再加入 丙\n共 1 处有误，未导入任何内容。\n",
    )
    left = STAFF.replace("角色,", "角色,在职,").replace("专员,西南", "专员,否,西南").replace("专员,,四", "专员,,,四")
    assert desk.run("import", "staff", desk.file("left.csv", left.replace("主管,,", "主管,,,"))).code == 0
    assert desk.run("import", "staff", desk.file("more.csv", more)).code == 0
    assert len(desk.work(lambda work: list(work.staff.all()))) == 7


def test_a_code_that_another_store_has_is_refused(desk: Desk) -> None:
    first = "门店编号,门店名称,省份,邀请码\nCD001,春熙路店,四川,the-code\n"
    assert desk.run("import", "stores", desk.file("s.csv", first)).code == 0
    told = desk.run("import", "stores", desk.file("s.csv", first.replace("CD001", "CD002")))
    assert told.code == 1
    assert told.err.splitlines()[0] == "第 2 行：门店 CD002 的邀请码 the-code 已是另一家门店的，请换一个"


def test_columns_that_are_not_used_are_told(desk: Desk) -> None:
    told = desk.run("import", "stores", desk.file("s.csv", "门店编号,店名,省份,开业日期\nCD001,春熙路店,四川,2020\n"))
    assert (told.code, told.err) == (0, "未用到的列：开业日期\n")


@pytest.mark.parametrize("kind", COLUMNS)
def test_each_kind_has_a_template_whose_example_is_refused_until_it_is_replaced(desk: Desk, kind: str) -> None:
    file = desk.folder / "t.xlsx"
    assert desk.run("import", kind, "--template", file).code == 0
    told = desk.run("import", kind, file)
    assert told.err == "第 2 行：这是样表里的示例，请换成真实的内容，或删去这一行\n共 1 处有误，未导入任何内容。\n"
    book = openpyxl.load_workbook(file)
    first, explained = book.worksheets
    assert [cell.value for cell in explained["A"]][1:] == [cell.value for cell in first[1]]
    if kind in ("franchisees", "sales"):
        desk.run("import", "stores", desk.file("s.csv", "门店编号,店名,省份\nSH001,店,上海\n"))
    for cell in first[2]:
        cell.value = str(cell.value or "").removeprefix(EXAMPLE)
    book.save(file)
    assert desk.run("import", kind, file).out == "导入完成：新增 1，更新 0，未变 0。\n"


def test_a_row_is_told_with_everything_that_is_wrong_with_it(desk: Desk) -> None:
    rows = "Telegram 编号,姓名,角色,大区,上限\n甲,,组长,中南,0\n5001,张三,专员,,\n"
    assert desk.run("import", "staff", desk.file("s.csv", rows)).err.splitlines() == [
        "第 2 行：缺少“姓名”；Telegram 编号“甲”须是 1 到 4503599627370496 的整数；不认识的角色“组长”："
        "请写 专员、主管 或 经理；不认识的大区“中南”；"
        "可用的有：华东、华南、西南、华中、东北、西北、华北；上限“0”须是 1 到 999 的整数",
        "第 3 行：张三 是专员，请写明所属大区或省份",
        "共 2 处有误，未导入任何内容。",
    ]


def test_franchisees_may_name_their_store_under_the_header_store(desk: Desk) -> None:
    desk.run("import", "stores", desk.file("stores.csv", STORES))
    people = "姓名,手机,门店\n刘建国,19000030002,CD001\n马秀英,19000030003,麦垄街店\n"
    assert desk.run("import", "franchisees", desk.file("p.csv", people)).code == 0
    person = desk.work(lambda work: work.contacts.by_phone("19000030003"))
    assert person is not None and person.store_number == "SH002"
    both = "姓名,手机,门店编号,门店\n刘建国,19000030002,CD001,春熙路店\n"
    told = desk.run("import", "franchisees", desk.file("p.csv", both))
    assert (told.code, told.err) == (0, "未用到的列：门店\n")


def archive_of_something_else() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("photo.jpg", b"not a sheet")
    return out.getvalue()


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty.csv": (b"", "表是空的"),
    "blank.csv": (b"\n,,\n\n", "表是空的"),
    "only_headers.csv": ("门店编号,门店名称,省份\n".encode(), "表头：文件里没有数据行"),
    "no_columns.csv": (b"a,b\n1,2\n", "表头：缺少“门店编号”这一列"),
    "twice.csv": ("省份,省份\n四川,四川\n".encode(), "表头重复：省份"),
    "stray.csv": ("门店编号,门店名称,省份\nCD001,春熙,路店,四川\n".encode(), "“四川”上面没有表头"),
    "utf16.csv": (STORES.encode("utf-16"), "文字编码不是 UTF-8 也不是 GBK"),
    "huge.csv": (b'a,b\n"' + b"x" * 200_000 + b'",1\n', "不是完好的 .csv"),
    "stores.txt": (STORES.encode(), "不支持 .txt 文件，请用 .csv 或 .xlsx"),
    "stores": (STORES.encode(), "不支持 无扩展名 文件"),
    "stores.xls": (b"\xd0\xcf\x11\xe0", "不支持 .xls 文件"),
    "old.xlsx": (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "是旧式 .xls 或设了密码"),
    "text.xlsx": (STORES.encode(), "文件损坏或不是 .xlsx，请用 Excel 或 WPS 另存为 .xlsx 再试\n"),
    "empty.xlsx": (b"", "文件损坏或不是 .xlsx"),
    "cut.xlsx": (FILES["book.xlsx"][:-800], "文件损坏或不是 .xlsx"),
    "torn.xlsx": (edited(FILES["book.xlsx"], "</sheetData>", ""), "文件损坏或不是 .xlsx"),
    "photos.xlsx": (archive_of_something_else(), "文件损坏或不是 .xlsx"),
    "no_rows.xlsx": (workbook([]), "表是空的"),
}  # fmt: skip


def test_a_byte_order_mark_is_no_part_of_the_first_header(tmp_path: Path) -> None:
    file = tmp_path / "bom.csv"
    file.write_bytes(FILES["bom.csv"])
    assert next(iter(read_rows(file)[0][1])) == "门店编号"


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_table_is_told_in_a_line(desk: Desk, name: str) -> None:
    content, words = UNREADABLE[name]
    told = desk.run("import", "stores", desk.file(name, content))
    assert told.code == 1
    assert told.out == ""
    assert words in told.err
    assert stores_in(desk) == []


def test_a_file_that_is_not_there_and_a_folder_are_told(desk: Desk) -> None:
    assert "没有这个文件" in desk.run("import", "stores", desk.folder / "nowhere.csv").err
    (desk.folder / "folder.csv").mkdir()
    assert "没有这个文件" in desk.run("import", "stores", desk.folder / "folder.csv").err


def test_an_import_needs_its_tables(desk: Desk) -> None:
    (desk.folder / "desk.sqlite3").unlink()
    told = desk.run("import", "stores", desk.file("s.csv", STORES))
    assert told.code == 1
    assert "python -m bot migrate" in told.err


async def test_the_whole_way_in_processes_of_their_own(tmp_path: Path) -> None:
    env = {"SHOUWEN_DATABASE__URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    config = tmp_path / "config.toml"
    config.write_text("[desk]\nname = '首问'\n", encoding="utf-8")
    file = tmp_path / "门店.csv"
    file.write_bytes(STORES.encode("gb18030"))
    assert (await run_bot("migrate", "--config", config, env=env))[0] == 0
    done = await run_bot("import", "stores", file, "--config", config, env=env)
    assert done == (0, "导入完成：新增 2，更新 0，未变 0。\n", f"正在核对 {file}……\n")
    file.write_bytes(b"")
    code, out, err = await run_bot("import", "stores", file, "--config", config, env=env)
    assert (code, out, err) == (1, "", f"错误：{file}：表是空的\n")
