"""`--help` of every command is in Chinese and names every option; wrong usage is exit code 2."""

import re

import pytest

from bot.__main__ import COMMANDS, main
from bot.cli.parser import told


def helped(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, "--help"])
    assert stopped.value.code == 0
    return capsys.readouterr().out


OPTIONS = {
    "run": {"--config", "--role"},
    "sandbox": {"--port", "--keep", "--limits"},
    "check": {"--config"},
    "migrate": {"--config"},
    "attendance": {"--config", "--out", "month"},
    "import": {"--config", "--template", "--by", "kind", "file"},
    "calendar": {"--config"},
    "complaint": {"--config", "--out"},
    "sales": {"--config", "--period", "--scope", "--out"},
    "review": {"--config", "--period", "--out"},
    "report": {"--config", "--period", "--out"},
    "inbox": {"--config", "--show", "--again"},
    "outbox": {"--config", "--retry", "--drop"},
    "route": {"--config", "--explain"},
    "triage": {"--config", "--json"},
    "survey": {"--config"},
    "scripts": set(),
    "lint": {"--config", "--text", "--json", "--bad"},
}


def test_every_command_is_in_the_table() -> None:
    assert set(OPTIONS) == set(COMMANDS)


def test_the_help_of_the_whole_names_every_command_and_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys)
    assert "首问 Shouwen：Telegram 里的加盟商客服台" in text
    for name, command in COMMANDS.items():
        assert re.search(rf"^\s+{name}\s+{re.escape(command.help[:8])}", text, flags=re.MULTILINE), name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_says_what_each_option_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, name)
    found = set(re.findall(r"^  (--\w+|kind|file|month|\{\w+,[\w,]+\})", text, flags=re.MULTILINE))
    kinds = {"{staff,stores,franchisees,roster,sales}": "kind"}
    assert {kinds.get(option, option) for option in found} == OPTIONS[name]
    for option in found:
        told = text.partition(f"\n  {option}")[2].partition("\n  -")[0]
        assert re.search(r"[\u4e00-\u9fff]{2}", told), option


def test_chinese_help_has_chinese_punctuation(capsys: pytest.CaptureFixture[str]) -> None:
    texts = [helped(capsys), *(helped(capsys, name) for name in COMMANDS)]
    odd = re.compile(r"[\u4e00-\u9fff][,;:?!(][^ \n]*|[,;:?!)][\u4e00-\u9fff]+")
    assert [found for text in texts for found in odd.findall(text)] == []


WRONG = [
    [], ["dance"], ["import"], ["import", "people", "x.csv"], ["run", "--role", "sing"], ["scripts", "--config", "x"],
    ["route"], ["route", "--explain", "x"], ["calendar"], ["calendar", "import"], ["calendar", "show", "this"],
    ["survey"], ["survey", "start"], ["survey", "stop", "x"], ["survey", "export", "1"],
    ["inbox", "--show", "1", "--again", "1"], ["inbox", "--show", "x"],
    ["outbox", "--retry", "1", "--drop", "1"], ["outbox", "--drop", "x"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_exit_code_2_and_says_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "用法：python -m bot" in said and "错误：" in said
    assert not re.search(r"usage|argument|invalid|required|choose", said)


COMPLAINTS = {
    "the following arguments are required: kind, file": "缺少参数：kind, file",
    "argument kind: invalid choice: 'sing' (choose from 'hear', 'tick')": "kind：没有 sing，可用的有：hear, tick",
    "argument kind: invalid choice: 'sing' (choose from hear, tick)": "kind：没有 sing，可用的有：hear, tick",
    "argument --show: invalid int value: 'x'": "--show：x 须是整数",
    "argument --again: not allowed with argument --show": "--again 与 --show 不能同时用",
    "argument --out: expected one argument": "--out 后面要写一个值",
    "unrecognized arguments: --loud": "不认识的参数：--loud",
    "ambiguous option: --s could match --show, --scope": "选项 --s 不明确，可能是：--show, --scope",
}  # as CPython 3.11 to 3.13 word them


@pytest.mark.parametrize(("said", "chinese"), COMPLAINTS.items())
def test_what_argparse_complains_of_is_said_in_chinese(said: str, chinese: str) -> None:
    assert told(said) == chinese


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_no_help_has_a_heading_in_english(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, *filter(None, [name]))
    assert text.startswith("用法：python -m bot")
    assert not re.search(r"usage|options:|arguments|show this help", text)
