"""A script renders to plain text and to HTML, and people's text is only ever text in it."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.script import CASE_VALUES, Kind, Script, ScriptBook, ScriptError, When, day_part, render
from bot.desk.script_source import parse_script

NOTICE = '+++\nid = "notice/x"\nkind = "notice"\ntitle = "测试"\nvalues = ["what"]\n+++\n'


def notice(body: str) -> Script:
    return parse_script("notice/x.md", f"{NOTICE}{body}\n")


@pytest.mark.parametrize(
    ("body", "text", "html"),
    [
        ("请您稍候。", "请您稍候。", "请您稍候。"),
        ("工单 **#{case}** 已登记", "工单 #7 已登记", "工单 <b>#7</b> 已登记"),
        ("发送 `/close {case}` 即可", "发送 /close 7 即可", "发送 <code>/close 7</code> 即可"),
        ("**请您**看\n\n第二段 {what}", "请您看\n\n第二段 鱼 & <蛋>", "<b>请您</b>看\n\n第二段 鱼 &amp; &lt;蛋&gt;"),
        ("a < b & c", "a < b & c", "a &lt; b &amp; c"),
        ("**{what}**", "鱼 & <蛋>", "<b>鱼 &amp; &lt;蛋&gt;</b>"),
    ],
)
def test_bold_code_and_placeholders_render(body: str, text: str, html: str) -> None:
    rendered = render(notice(body), {"case": "7", "what": "鱼 & <蛋>"})
    assert (rendered.text, rendered.html) == (text, html)


@given(st.text())
def test_whatever_people_write_stays_text(value: str) -> None:
    rendered = render(notice("请看 **{what}**，工单 {case}"), {"what": value, "case": "1"})
    assert rendered.text == f"请看 {value}，工单 1"
    inside = rendered.html.removeprefix("请看 ").removesuffix("，工单 1")
    assert inside.replace("<b>", "", 1)[: -len("</b>")].count("<") == 0 if value else inside == ""


@pytest.mark.parametrize("value", ["**粗**", "`码`", "{case}", "<b>粗</b>", "</b><a href='x'>点我</a>", "&lt;"])
def test_marks_in_a_value_are_not_read(value: str) -> None:
    rendered = render(notice("请看 {what}"), {"what": value, "case": "秘密"})
    assert rendered.text == f"请看 {value}"
    assert "<" not in rendered.html
    assert "秘密" not in rendered.html


def test_a_value_that_is_missing_is_named_with_file_and_line() -> None:
    script = notice("请您稍候\n工单 {case}:{what}")
    with pytest.raises(ScriptError) as raised:
        render(script, {"case": "1"})
    assert str(raised.value) == "notice/x.md:8: 占位符 {what} 没有可用的值"


def test_values_that_a_script_does_not_ask_for_are_left_aside() -> None:
    assert render(notice("请您稍候"), {"case": "1", "anything": "x"}).text == "请您稍候"


@pytest.mark.parametrize(
    ("at", "when"),
    [
        (time(4, 59, 59), When.EVENING),
        (time(5), When.MORNING),
        (time(10, 59, 59), When.MORNING),
        (time(11), When.NOON),
        (time(12, 59, 59), When.NOON),
        (time(13), When.AFTERNOON),
        (time(17, 59, 59), When.AFTERNOON),
        (time(18), When.EVENING),
        (time(23, 59), When.EVENING),
        (time(0), When.EVENING),
    ],
)
def test_the_day_has_four_parts(at: time, when: When) -> None:
    assert day_part(at) is when


def greeting(name: str, when: str, *, known: bool = False) -> Script:
    flag = "known = true\n" if known else ""
    front = f'+++\nid = "greeting/{name}"\nkind = "greeting"\ntitle = "问声"\nwhen = "{when}"\n{flag}+++\n'
    return parse_script(f"greeting/{name}.md", f"{front}您好，请说\n")


def test_a_person_on_file_is_greeted_by_name_where_there_is_such_a_greeting() -> None:
    book = ScriptBook([greeting("a", "noon"), greeting("b", "noon", known=True), greeting("c", "evening")])
    assert book.greeting(When.NOON).id == "greeting/a"
    assert book.greeting("noon", is_known=True).id == "greeting/b"
    assert book.greeting(When.EVENING, is_known=True).id == "greeting/c"
    with pytest.raises(ScriptError, match=r"greeting/morning\.md"):
        book.greeting(When.MORNING)


def test_a_book_knows_its_scripts_by_id_and_kind() -> None:
    book = ScriptBook([notice("请您稍候"), greeting("a", "noon")])
    assert len(book) == 2
    assert "notice/x" in book
    assert "notice/y" not in book
    assert [s.id for s in book.of_kind(Kind.GREETING)] == ["greeting/a"]
    assert book.ready() == ()
    with pytest.raises(ScriptError, match="notice/y"):
        book.get("notice/y")


def test_a_script_tells_what_it_needs() -> None:
    script = notice("工单 {case}:{what}")
    assert script.placeholders == {"case", "what"}
    assert script.allowed == CASE_VALUES | {"what"}
    assert script.body == "工单 {case}:{what}"
