"""The scripts that come with the program: all of them load, render, and keep the department's manners."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from bot.desk.buttons import Press, Verb
from bot.desk.script import TOPICS, Kind, Script, ScriptError, When, render
from bot.language.script_files import FOLDER, check_scripts, load_scripts

BOOK = load_scripts()
READY = BOOK.ready()
VOICES = (Kind.GREETING, Kind.ANSWER, Kind.GOODBYE)
OVERPROMISE = re.compile(
    r"保证(?!金)|一定(?!程度)|绝对|肯定|百分之?百|100%|永远|稳赚|包(?:过|赚|回本|您)|最(?!近|后|新)"
)
SHIRK_OR_BLAME = re.compile(
    r"不归|不关我|没关系|做不了主|自己想办法|规定就|没办法|随便|怪您|谁让您|怎么不早|说过(?:多少|几)遍|急什么|只是客服"
)
HALF_WIDTH = re.compile(r"(?<=[\u3400-\u9fff])[,:;?!](?=[\u3400-\u9fff{])")
HOSTILE = "</b><a href='tg://user?id=1'>{case}</a>**`&"


def named(scripts: tuple[Script, ...]) -> list[object]:
    return [pytest.param(script, id=script.id) for script in scripts]


def test_the_folder_has_no_problem() -> None:
    assert check_scripts() == []


def test_a_problem_is_named_with_its_folder(tmp_path: Path) -> None:
    missing = f"{tmp_path}/answer/acknowledge.md:1: 缺少这条话术，请新建这个文件"
    assert check_scripts(tmp_path)[0] == missing


def test_files_that_cannot_be_read_are_told_too(tmp_path: Path) -> None:
    copy = tmp_path / "scripts"
    shutil.copytree(FOLDER, copy)
    (copy / "order" / "gbk.md").write_bytes("请您稍候".encode("gbk"))
    (copy / "order" / "deep").mkdir()
    (copy / "order" / "deep" / "late.md").write_text((FOLDER / "order/freight.md").read_text(encoding="utf-8"))
    found = check_scripts(copy)
    assert found[0] == f"{copy}/order/gbk.md:1: 文件不是 UTF-8 编码，请另存为 UTF-8"
    assert all(line.startswith((f"{copy}/order/gbk.md", f"{copy}/order/deep/late.md", f"{copy}/order/freight.md"))
               for line in found)  # fmt: skip
    with pytest.raises(ScriptError) as raised:
        load_scripts(copy)
    assert str(raised.value).splitlines() == found


@pytest.mark.parametrize("script", named(BOOK.all()))
def test_every_script_renders_and_people_stay_text_in_it(script: Script) -> None:
    rendered = render(script, dict.fromkeys(script.placeholders, HOSTILE))
    assert "{" not in rendered.text.replace(HOSTILE, "")
    assert rendered.text.count(HOSTILE) == sum(piece.is_slot for piece in script.pieces)
    assert "<a" not in rendered.html
    assert len(re.findall("<(?:b|code)>", rendered.html)) == len(re.findall("</(?:b|code)>", rendered.html))


@pytest.mark.parametrize("script", named(tuple(s for kind in (*VOICES, Kind.READY) for s in BOOK.of_kind(kind))))
def test_what_a_franchisee_reads_is_courteous_and_promises_nothing_it_cannot_keep(script: Script) -> None:
    assert "您" in script.body
    assert not OVERPROMISE.findall(script.body)
    assert not SHIRK_OR_BLAME.findall(script.body)
    assert not HALF_WIDTH.findall(script.body)


@pytest.mark.parametrize("script", named(READY))
def test_a_ready_answer_asks_kindly_and_can_be_read_at_a_glance(script: Script) -> None:
    assert "请" in script.body
    assert 60 <= len(script.body) <= 200
    assert script.keywords
    assert len(script.sayings) >= 10


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_at_least_seven_ready_answers(topic: str) -> None:
    assert sum(script.topics[0] == topic for script in READY) >= 7


def test_no_two_answers_begin_alike() -> None:
    openings = Counter(script.body.removeprefix("{name}")[:12] for script in READY)
    assert [words for words, times in openings.items() if times > 1] == []


def test_no_saying_belongs_to_two_answers() -> None:
    sayings = Counter(saying for script in READY for saying in script.sayings)
    assert [saying for saying, times in sayings.items() if times > 1] == []


@pytest.mark.parametrize("script", named(READY))
def test_a_button_can_carry_the_answer(script: Script) -> None:
    assert Press(Verb.READY, 999_999_999, script.id).packed()


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize("when", When)
def test_every_greeting_tells_the_case_and_the_hour_of_an_answer(when: When, is_known: bool) -> None:
    greeting = BOOK.greeting(when, is_known=is_known)
    assert {"case", "specialist", "answer_by", "desk"} <= greeting.placeholders
    assert ("name" in greeting.placeholders) is is_known


def test_the_acknowledgement_tells_the_case_and_the_hour_of_an_answer() -> None:
    assert {"case", "specialist", "answer_by"} <= BOOK.get("answer/acknowledge").placeholders


def test_the_readme_shows_an_example_that_the_reader_takes() -> None:
    from bot.desk.script_source import parse_script

    example = re.findall(r"```\n(\+\+\+.*?)```", (FOLDER / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert parse_script("order/freight.md", example[0]).id == "order/freight"
