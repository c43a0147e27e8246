"""config.example.toml shows every key with its default and one comment: no more, no less."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.config import Settings, load_settings
from bot.config_models import RegionSettings, StaffSettings

EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")


def keys_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Every key that can be set, dotted; `regions[]` stands for each region."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        items = getattr(inner, "__args__", ())
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from keys_of(inner, f"{prefix}{name}.")
        elif items and isinstance(items[0], type) and issubclass(items[0], BaseModel):
            yield from keys_of(items[0], f"{prefix}{name}[].")
        else:
            yield f"{prefix}{name}"


def keys_in(table: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """The same for a table of the file."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from keys_in(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from keys_in({k: v for item in value for k, v in item.items()}, f"{prefix}{name}[].")
        else:
            yield f"{prefix}{name}"


def with_the_staff_uncommented() -> str:
    lines = TEXT.splitlines()
    start = lines.index("# [[staff]]")
    return "\n".join([*lines[:start], *(line.removeprefix("# ") for line in lines[start:])])


def test_the_file_as_it_stands_is_the_defaults() -> None:
    assert load_settings(EXAMPLE, {}) == Settings()


def test_every_key_of_the_code_stands_in_the_file_and_no_other() -> None:
    assert set(keys_in(tomllib.loads(with_the_staff_uncommented()))) == set(keys_of(Settings))


def test_the_staff_that_is_commented_out_can_be_used_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(with_the_staff_uncommented(), encoding="utf-8")
    (person,) = load_settings(file, {}).staff
    assert person.model_dump(include={"role", "provinces", "capacity"}) == {
        name: StaffSettings.model_fields[name].default for name in ("role", "provinces", "capacity")
    }


@pytest.mark.parametrize("line", [n for n, text in enumerate(TEXT.splitlines(), 1) if "=" in text.partition("#")[0]])
def test_every_key_has_one_comment_on_its_line(line: int) -> None:
    text = TEXT.splitlines()[line - 1]
    is_a_later_region = any(text.startswith(f"{name} =") for name in RegionSettings.model_fields) and line > 62
    assert is_a_later_region or text.count("  # ") == 1, text


def test_the_comments_use_chinese_punctuation_between_chinese_words() -> None:
    odd = [t for t in TEXT.splitlines() for a, b, c in zip(t, t[1:], t[2:], strict=False)
           if b in ",;?!()" and is_han(a) and is_han(c)]  # fmt: skip
    assert odd == []


def is_han(ch: str) -> bool:
    return "\u4e00" <= ch <= "\u9fff"
