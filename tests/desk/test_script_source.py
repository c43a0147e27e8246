"""Every mistake in a script's file is told with file, line, and what to mend; all of them at once."""

import pytest

from bot.desk.script import Kind, ScriptError, When
from bot.desk.script_rules import REQUIRED
from bot.desk.script_source import parse_script, read_scripts

READY = """+++
id = "order/a"
kind = "ready"
title = "到货"
topics = ["order"]
keywords = ["没到货"]
+++

{name}，请您稍候。
"""


def plain(id_: str, title: str, body: str, more: str = "") -> str:
    kind = id_.split("/")[0]
    return f'+++\nid = "{id_}"\nkind = "{kind}"\ntitle = "{title}"\n{more}+++\n{body}\n'


VOICES = {
    **{f"greeting/{when}.md": plain(f"greeting/{when}", "问", "您好，请说", f'when = "{when}"\n') for when in When},
    "answer/acknowledge.md": plain("answer/acknowledge", "应", "已收到"),
    "answer/acknowledge_late.md": plain("answer/acknowledge_late", "迟到的应", "已收到"),
    "answer/ask_again.md": plain("answer/ask_again", "应", "请您补充"),
    **{
        f"goodbye/{how}.md": plain(f"goodbye/{how}", "送", "谢谢您，再见!")
        for how in ("resolved", "closed_by_franchisee", "no_word")
    },
}


def problems_of(path: str, text: str) -> list[str]:
    try:
        parse_script(path, text)
    except ScriptError as error:
        return str(error).splitlines()
    return []


def test_a_ready_answer_is_read() -> None:
    script = parse_script("order/a.md", READY)
    assert (script.id, script.kind, script.title, script.topics) == ("order/a", Kind.READY, "到货", ("order",))
    assert script.body == "{name}，请您稍候。"
    assert [(p.text, p.is_slot, p.line) for p in script.pieces] == [("name", True, 9), ("，请您稍候。", False, 9)]


def test_files_of_windows_are_read_too() -> None:
    assert parse_script("order/a.md", "\ufeff" + READY.replace("\n", "\r\n")).body == "{name}，请您稍候。"


READY_MISTAKES = [
    ("no fence", "请您稍候", "", "order/a.md:1: 文件须以一行 +++ 开头，写完设置后再用一行 +++ 结束"),
    ('title = "到货"', 'title = "到货', "order/a.md:4: 设置写法有误(TOML)"),
    ('title = "到货"', 'title = "到货"\ntitle = "晚到"', "order/a.md:5: 设置写法有误(TOML)"),
    ('title = "到货"', 'title = "到货"\ncolour = "red"', "order/a.md:5: 不认识的设置 colour"),
    ('title = "到货"', "title = 3", 'order/a.md:4: title 须写成文字，例如 title = "…"'),
    ('topics = ["order"]', 'topics = "order"', "order/a.md:5: topics 须写成文字的列表"),
    ('keywords = ["没到货"]', 'keywords = [""]', "order/a.md:6: keywords 须写成文字的列表"),
    ('title = "到货"\n', "", "order/a.md:1: 缺少 title"),
    ('kind = "ready"', 'kind = "redy"', "order/a.md:3: kind 不能是 redy；可用的有：greeting、answer"),
    ('id = "order/a"', 'id = "order/b"', "order/a.md:1: 编号 order/b 与文件名不一致，应写 order/a"),
    ('id = "order/a"', 'id = "到货"', "order/a.md:1: 编号 到货 须形如 order/late_delivery"),
    ('topics = ["order"]', 'topics = ["finance"]', "order/a.md:1: 文件在 order 文件夹,topics 里也要写上 order"),
    ('topics = ["order"]', 'topics = ["order", "food"]', "order/a.md:1: 没有 food 这个类别"),
    ('topics = ["order"]\n', "", "order/a.md:1: topics 写在现成答复(ready)里，至少一个"),
    ('keywords = ["没到货"]\n', "", "order/a.md:1: keywords 写在现成答复(ready)里，至少一个"),
    ('title = "到货"', 'title = "到货"\nwhen = "noon"', "order/a.md:1: when 写在问声(greeting)里"),
    ('title = "到货"', 'title = "到货"\nknown = true', "order/a.md:1: known 只用于问声(greeting)"),
    ('title = "到货"', 'title = "到货"\nvalues = ["what"]', "order/a.md:1: values 只用于通知(notice)"),
    ('title = "到货"', f'title = "{"长" * 21}"', "order/a.md:1: 标题 21 字，请缩到 20 字以内"),
    ('title = "到货"', 'title = "你的货"', "order/a.md:1: 称呼请用“您”，不用“你”"),
    ("{name}，请您稍候。\n", "", "order/a.md:1: 没有正文"),
    ("请您稍候", "请您稍候" + "长" * 1800, "order/a.md:9: 正文 1812 字，请缩到 1800 字以内"),
    ("请您稍候", "{phone}请您稍候", "order/a.md:9: 这里没有占位符 {phone}；可用的有：{answer_by}、{case}"),
    ("请您稍候", "请你稍候", "order/a.md:9: 称呼请用“您”，不用“你”"),
    ("请您稍候", "请您稍候\n\n好的!!", "order/a.md:11: 感叹号不要连用"),
    ("请您稍候", "请您稍候\uff01\uff01", "order/a.md:9: 感叹号不要连用"),
    ("请您稍候", "请您稍候! !", "order/a.md:9: 感叹号不要连用"),
    ("{name}", "{Name}", "order/a.md:9: 花括号只用于占位符"),
    ("{name}", "{name", "order/a.md:9: 花括号只用于占位符"),
    ("请您稍候", "请**您\n稍候", "order/a.md:9: ** 没有成对"),
    ("请您稍候", "请\n`您稍候", "order/a.md:10: ` 没有成对"),
    ("请您稍候", "请**您`稍`候**", "order/a.md:9: **粗体** 与 `代码` 不能套在一起"),
]


@pytest.mark.parametrize("mistake", READY_MISTAKES, ids=lambda m: m[-1])
def test_a_mistake_is_told_with_its_line(mistake: tuple[str, ...]) -> None:
    *change, wanted = mistake
    text = change[1] if change[0] == "no fence" else READY.replace(change[0], change[1])
    assert text != READY
    found = problems_of("order/a.md", text)
    assert any(line.startswith(wanted) for line in found), found


@pytest.mark.parametrize("body", ["迷你封口机请您留意", "歌单《听你说》请您更新", "请您稍候!", "请您看 1 < 2"])
def test_what_is_right_is_let_be(body: str) -> None:
    assert problems_of("order/a.md", READY.replace("请您稍候。", body)) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "wanted"),
    [
        ("greeting/noon.md", "您好，请说", "您好", "greeting/noon.md:7: 问声里要有“请”"),
        ("greeting/noon.md", "您好，请说", "请说", "greeting/noon.md:7: 问声里要有“您”"),
        ("greeting/noon.md", 'when = "noon"\n', "", "greeting/noon.md:1: when 写在问声(greeting)里"),
        ("greeting/noon.md", 'when = "noon"', 'when = "night"', "greeting/noon.md:5: when 不能是 night"),
        ("goodbye/resolved.md", "再见!", "祝好", "goodbye/resolved.md:6: 送声须以“再见”结尾"),
        ("goodbye/resolved.md", "再见!", "再见，祝好", "goodbye/resolved.md:6: 送声须以“再见”结尾"),
        ("answer/acknowledge.md", '"应"', '"应"\ntopics = ["order"]', "answer/acknowledge.md:1: topics 写在"),
        ("answer/acknowledge.md", '"应"', '"应"\nsayings = ["货呢"]', "answer/acknowledge.md:1: sayings 只用于"),
        ("answer/acknowledge.md", 'kind = "answer"', 'kind = "notice"', "answer/acknowledge.md:1: kind 是 notice"),
    ],
)
def test_each_kind_has_its_own_rules(path: str, old: str, new: str, wanted: str) -> None:
    found = problems_of(path, VOICES[path].replace(old, new))
    assert any(line.startswith(wanted) for line in found), found


@pytest.mark.parametrize("ending", ["再见", "再见。", "再见!", "再见\uff01", "再见~", "再见。”"])
def test_a_goodbye_may_carry_punctuation_after_its_last_word(ending: str) -> None:
    assert problems_of("goodbye/resolved.md", VOICES["goodbye/resolved.md"].replace("再见!", ending)) == []


def test_all_problems_of_all_files_come_at_once() -> None:
    texts = {
        **VOICES,
        "order/a.md": READY.replace("请您", "请你"),
        "order/b.md": READY,
        "order/c.md": "没有设置",
    }
    book, problems = read_scripts(texts)
    assert [str(p) for p in problems] == [
        "order/a.md:9: 称呼请用“您”，不用“你”",
        "order/b.md:1: 编号 order/a 与文件名不一致，应写 order/b",
        "order/b.md:1: 编号 order/a 与 order/a.md 重复，请改一个",
        "order/b.md:1: 标题“到货”与 order/a.md 重复，按钮上会分不清，请改一个",
        "order/c.md:1: 文件须以一行 +++ 开头，写完设置后再用一行 +++ 结束",
    ]
    assert "goodbye/resolved" in book


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_voice_that_is_missing_is_told(missing: str) -> None:
    texts = {path: text for path, text in VOICES.items() if path != f"{missing}.md"}
    assert [str(p) for p in read_scripts(texts)[1]] == [f"{missing}.md:1: 缺少这条话术，请新建这个文件"]


def test_a_book_without_mistakes_has_none() -> None:
    book, problems = read_scripts({**VOICES, "order/a.md": READY})
    assert problems == []
    assert len(book) == len(VOICES) + 1
