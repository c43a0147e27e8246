"""The words on buttons: what is missing, unknown or misshapen in the file is named by its key."""

import re
import tomllib
from pathlib import Path

import pytest

import bot
from bot.desk.labels import BUTTONS, KINDS, LINES, Labels, LabelsError, make_labels, parse_labels

TEXT = (Path(bot.__file__).parent / "scripts" / "labels.toml").read_text(encoding="utf-8")
ALL = tomllib.loads(TEXT)


def test_the_file_that_comes_with_the_program_is_whole() -> None:
    labels = parse_labels(TEXT)
    assert set(labels.buttons) == set(BUTTONS)
    assert set(labels.kinds) == set(KINDS)
    assert set(labels.lines) == set(LINES)
    assert labels.transfer_reasons


SECTIONS = [
    "buttons", "kinds", "contents", "rights", "refusals", "words", "lines", "media", "reasons", "events",
    "categories", "outcomes", "drafts", "severities", "departments",
]  # fmt: skip
MENUS = ["franchisee", "group", "supervisor"]


def refusal(text: str) -> str:
    with pytest.raises(LabelsError) as told:
        parse_labels(text)
    return str(told.value)


def without(section: str, key: str) -> str:
    lines, inside, kept = TEXT.splitlines(), False, []
    for line in lines:
        inside = line.strip() == f"[{section}]" if line.startswith("[") else inside
        if not (inside and line.split("=")[0].strip() == key):
            kept.append(line)
    return "\n".join(kept)


def with_line(section: str, line: str) -> str:
    return TEXT.replace(f"[{section}]\n", f"[{section}]\n{line}\n")


@pytest.mark.parametrize(
    ("section", "key"),
    [(s, k) for s in SECTIONS for k in ALL[s]] + [(f"commands.{m}", k) for m in MENUS for k in ALL["commands"][m]],
)
def test_a_label_that_is_missing_is_named(section: str, key: str) -> None:
    within, _, name = section.rpartition(".")
    outer = ALL[within] if within else ALL
    left = {**outer, name: {k: v for k, v in outer[name].items() if k != key}}
    with pytest.raises(LabelsError, match=re.escape(f"缺少 {name}.{key}，")):
        make_labels({**ALL, within: left} if within else left)


@pytest.mark.parametrize("section", [*SECTIONS, *(f"commands.{m}" for m in MENUS)])
def test_a_label_that_nobody_knows_is_named_with_those_that_are(section: str) -> None:
    told = refusal(with_line(section, "zzz = '字'"))
    assert f"不认识 {section.removeprefix('commands.')}.zzz" in told
    assert "可用的有" in told


@pytest.mark.parametrize("value", ["''", "5", "['字']"])
def test_a_label_is_a_text(value: str) -> None:
    broken = without("buttons", "claim").replace("[buttons]\n", f"[buttons]\nclaim = {value}\n")
    assert "buttons.claim" in refusal(broken)


@pytest.mark.parametrize("line", ["'{nobody}'", "'{count'", "'{}'"])
def test_a_line_uses_only_the_values_that_it_has(line: str) -> None:
    told = refusal(without("lines", "minutes").replace("[lines]\n", f"[lines]\nminutes = {line}\n"))
    assert "lines.minutes" in told


def test_broken_toml_is_told() -> None:
    assert "写法有误" in refusal("[buttons\n")


@pytest.mark.parametrize("reasons", ["[]", "'字'", "[5]", "['']"])
def test_the_reasons_of_a_transfer_are_a_list_of_texts(reasons: str) -> None:
    broken = without("transfer", "reasons").replace("[transfer]\n", f"[transfer]\nreasons = {reasons}\n")
    assert "transfer.reasons" in refusal(broken)


@pytest.mark.parametrize("text", ["transfer = 5", "commands = 'x'", ""])
def test_a_file_of_another_shape_is_told_and_breaks_nothing(text: str) -> None:
    assert refusal(text)


def test_labels_cannot_be_changed() -> None:
    assert Labels.__dataclass_params__.frozen  # type: ignore[attr-defined]
