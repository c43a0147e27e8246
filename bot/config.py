"""Settings: one TOML file, environment variables over it, and an error in one line that names file and key."""

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from bot.config_models import SECRET_KEYS, Part, Settings, SettingsError
from bot.file_trouble import file_trouble

__all__ = ["Settings", "SettingsError", "load_settings"]

PREFIX = "SHOUWEN_"
DEFAULTS = "缺省设置"


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of a file (None: defaults) with `SHOUWEN_SECTION__KEY` variables over it; SettingsError."""
    values = _file(path) if path is not None else {}
    origins = _override(values, environ)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_told(error, str(path or DEFAULTS), origins)) from None


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(f"{path}：没有这个文件（可从 config.example.toml 复制一份）") from None
    except IsADirectoryError:
        raise SettingsError(f"{path}：这是一个文件夹，请写明设置文件") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}：不是 UTF-8 文字，请另存为 UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path}：读不了（{file_trouble(error)}）") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}：{_broken(str(error))}") from None


def _broken(error: str) -> str:
    """Where TOML stopped reading; its own words may quote a secret, so only the place is passed on."""
    found = re.search(r"at line (\d+), column (\d+)", error)
    place = f"第 {found[1]} 行第 {found[2]} 个字符附近" if found else "文件末尾"
    return f"{place}写法有误（TOML）：文字要加引号，每项一行，不能重复，节名写作 [节名]"


def _override(values: dict[str, Any], environ: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """Put variables into the values; which key came from which variable."""
    origins: dict[tuple[str, ...], str] = {}
    given = {_keys(name): name for name in sorted(environ) if name.upper().startswith(PREFIX)}
    for keys, name in sorted(given.items(), key=lambda pair: len(pair[0])):
        target = values
        for key in keys[:-1]:
            target = target.setdefault(key, {})
            if not isinstance(target, dict):
                raise SettingsError(f"环境变量 {name}：“{key}”下面没有分项，请把整个列表写成 TOML 赋给上一级")
        target[keys[-1]] = _scalar(keys, environ[name])
        origins[keys] = name
    return origins


def _keys(name: str) -> tuple[str, ...]:
    return tuple(name[len(PREFIX) :].lower().split("__"))


def _scalar(keys: tuple[str, ...], text: str) -> Any:
    """Text where the key is text; else what the text means in TOML (numbers, true/false, lists)."""
    if _is_text(keys):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _is_text(keys: tuple[str, ...]) -> bool:
    model: Any = Settings
    for key in keys:
        field = model.model_fields.get(key) if isinstance(model, type) and issubclass(model, BaseModel) else None
        if field is None:
            return True
        model = field.annotation
    return not (model in (int, float, bool) or str(model).startswith(("list", "tuple")))


def _told(error: ValidationError, file: str, origins: Mapping[tuple[str, ...], str]) -> str:
    """The first thing that is wrong, in one line; a secret's value is never shown."""
    first = error.errors(include_url=False)[0]
    place, key = _place(first["loc"], file, origins), _key(first["loc"])
    if first["type"] == "extra_forbidden":
        return _one_line(f"{place}：不认识的设置 {key}{_nearest(first['loc'])}")
    given = first.get("input")
    is_shown = isinstance(given, str | int | float) and first["type"] != "model_type" and not _is_secret(first["loc"])
    shown = f"“{given!s:.60}”" if is_shown else ""
    return _one_line(f"{place}：{key} {shown}不对：{_reason(cast(dict[str, Any], first))}")


def _place(location: tuple[int | str, ...], file: str, origins: Mapping[tuple[str, ...], str]) -> str:
    """The variable that a value came from (it may hold a whole list or section), else the file, with the variables
    that fill a part of what is wrong.
    """
    path = tuple(str(part) for part in location)
    names = [origins[path[:length]] for length in range(len(path), 0, -1) if path[:length] in origins]
    parts = [name for keys, name in origins.items() if keys[: len(path)] == path]
    return f"环境变量 {names[0]}" if names else "、".join([file, *(f"环境变量 {name}" for name in parts)])


def _one_line(text: str) -> str:
    """Keys and values come from a file: whatever stands in them, the message stays a line."""
    return "".join(ch if ch.isprintable() else " " for ch in text)


def _key(location: tuple[int | str, ...]) -> str:
    """`regions.2.name` is the third region: people count from one."""
    return ".".join(f"第{part + 1}项" if isinstance(part, int) else part for part in location) or "整个文件"


def _is_secret(location: tuple[int | str, ...]) -> bool:
    return any(key in location for key in SECRET_KEYS) or not location


def _nearest(location: tuple[int | str, ...]) -> str:
    model: Any = Settings
    for part in location[:-1]:
        if isinstance(part, str):
            model = _inner(model.model_fields[part].annotation)
    near = get_close_matches(str(location[-1]), list(model.model_fields), n=1)
    return f"，是不是 {near[0]}？" if near else f"；可用的有：{'、'.join(model.model_fields)}"


def _inner(annotation: Any) -> type[Part]:
    """The model behind `Part` or `tuple[Part, ...]`."""
    arguments = getattr(annotation, "__args__", ())
    return cast(type[Part], arguments[0] if arguments else annotation)


_BOUNDS = {
    "greater_than": "须大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "须小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "string_too_short": "不能为空",
    "too_short": "至少要有 {min_length} 项",
    "string_pattern_mismatch": "须是小写字母开头，只用小写字母、数字和 _",
    "finite_number": "须是数字",
}


def _reason(first: dict[str, Any]) -> str:
    kinds = {
        "missing": "必须填写",
        "int_type": "须是整数", "int_parsing": "须是整数", "int_from_float": "须是整数",
        "float_type": "须是数字", "float_parsing": "须是数字",
        "bool_type": "须是 true 或 false", "bool_parsing": "须是 true 或 false",
        "string_type": "须是文字（加引号）",
        "tuple_type": "须是列表 [...]", "list_type": "须是列表 [...]",
        "model_type": "须是一节设置", "model_attributes_type": "须是一节设置",
    }  # fmt: skip
    if first["type"] in kinds:
        return kinds[first["type"]]
    context = first.get("ctx", {})
    if first["type"] == "literal_error":
        return f"只能是 {context['expected'].replace(' or ', ' 或 ')}"
    if first["type"] in _BOUNDS:
        return _BOUNDS[first["type"]].format(**context)
    return str(context.get("error", first["msg"]))
