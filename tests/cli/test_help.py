"""`--help` of every command is in Chinese and names every option; wrong usage is exit code 2."""

import re

import pytest

from bot.__main__ import COMMANDS, main


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
    assert "usage: python -m bot" in capsys.readouterr().err
