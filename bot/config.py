"""Settings: one TOML file, environment variables over it, and an error in one line that names file and key."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from bot.config_models import SECRET_KEYS, Part, Settings, SettingsError

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
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}：没有这个文件（可从 config.example.toml 复制一份）") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}：读不了（{type(error).__name__}），请确认是 UTF-8 文本且有权限") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}：TOML 写法有误：{error}") from None


def _override(values: dict[str, Any], environ: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """Put variables into the values; which key came from which variable."""
    origins: dict[tuple[str, ...], str] = {}
    for name, text in environ.items():
        if not name.startswith(PREFIX) or "__" not in name:
            continue
        keys = tuple(part.lower() for part in name.removeprefix(PREFIX).split("__"))
        target = values
        for key in keys[:-1]:
            target = target.setdefault(key, {})
            if not isinstance(target, dict):
                raise SettingsError(f"环境变量 {name}：“{key}”不是一节设置")
        target[keys[-1]] = _scalar(keys, text)
        origins[keys] = name
    return origins


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
    location = tuple(str(part) for part in first["loc"])
    place = f"环境变量 {origins[location]}" if location in origins else file
    key = _key(first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{place}：不认识的设置 {key}{_nearest(first['loc'])}"
    given = first.get("input")
    is_shown = isinstance(given, str | int | float) and not _is_secret(location)
    shown = f"“{given!s:.60}”" if is_shown else ""
    return f"{place}：{key} {shown}不对：{_reason(cast(dict[str, Any], first))}"


def _key(location: tuple[int | str, ...]) -> str:
    """`regions.2.name` is the third region: people count from one."""
    return ".".join(f"第{part + 1}项" if isinstance(part, int) else part for part in location) or "整个文件"


def _is_secret(location: tuple[str, ...]) -> bool:
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
    if first["type"] in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        bound = next(iter(context.values()))
        return (
            f"须{'大于' if 'greater' in first['type'] else '小于'}{'等于' if 'equal' in first['type'] else ''} {bound}"
        )
    return str(context.get("error", first["msg"]))
