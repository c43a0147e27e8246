"""Every script that the code names exists, and the code fills every placeholder that the script has."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bot.desk.menus import COMMANDS
from bot.desk.script import CASE_VALUES, render
from bot.desk.split import LIMIT, units
from bot.language.script_files import load_scripts

BOT = Path(__file__).parents[2] / "bot"
SCRIPT_ID = re.compile(r"(?:greeting|answer|goodbye|notice)/[a-z][a-z_]*")
FILLING = {"say", "DeskError", "NotAllowed", "BadTransition"}
"""Calls that name a script and give its values: `say(script=…, values={…})`, `office.say(id, k=…)`, refusals."""
BOOK = load_scripts()
HELP = {"notice/help_staff": ("group",), "notice/help_supervisor": ("group", "supervisor")}


@dataclass(frozen=True)
class Filled:
    """A call in the code that names a script, with the names of the values it gives."""

    where: str
    script_id: str
    names: frozenset[str]


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(BOT.rglob("*.py")))


def ids_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SCRIPT_ID.fullmatch(node.value):
            yield node.value


def filled_in(path: Path, tree: ast.Module) -> Iterator[Filled]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in FILLING:
            continue
        keywords = {k.arg: k.value for k in call.keywords}
        named = keywords.get("script") or (call.args[0] if call.args else None)
        names = names_given(keywords)
        if names is not None and named is not None:
            where = f"{path.relative_to(BOT.parent)}:{call.lineno}"
            yield from (Filled(where, script_id, names) for script_id in ids_in(named))


def names_given(keywords: dict[str | None, ast.expr]) -> frozenset[str] | None:
    """The values that a call gives, as far as the call itself shows; None when they are put together elsewhere."""
    values = keywords.get("values")
    if values is None:
        return joined(keywords.items())
    if isinstance(values, ast.Dict):
        keys = (key.value if isinstance(key, ast.Constant) else None for key in values.keys)
        return joined(zip(keys, values.values, strict=True))
    return joined([(None, values)])


def joined(pairs: Iterable[tuple[object, ast.expr]]) -> frozenset[str] | None:
    names: frozenset[str] = frozenset()
    for name, value in pairs:
        if name is not None:
            names |= {str(name)}
        elif isinstance(value, ast.Call) and getattr(value.func, "id", "") == "case_values":
            names |= CASE_VALUES
        else:
            return None
    return names


def test_every_script_that_the_code_names_exists() -> None:
    named = {(str(path.relative_to(BOT.parent)), id_) for path, tree in modules() for id_ in ids_in(tree)}
    assert named
    assert sorted(pair for pair in named if pair[1] not in BOOK) == []


def test_the_code_fills_every_placeholder() -> None:
    calls = [call for path, tree in modules() for call in filled_in(path, tree)]
    assert len(calls) > 20
    unfilled = [
        (call.where, call.script_id, sorted(missing))
        for call in calls
        if call.script_id in BOOK and (missing := BOOK.get(call.script_id).placeholders - call.names - {"desk"})
    ]
    assert unfilled == []


def test_a_notice_lists_no_values_that_it_does_not_use() -> None:
    idle = {script.id: sorted(script.declared - script.placeholders) for script in BOOK.all()}
    assert {id_: names for id_, names in idle.items() if names} == {}


@pytest.mark.parametrize(("script", "menus"), HELP.items())
def test_help_names_every_command_of_the_menus_in_one_message(script: str, menus: tuple[str, ...]) -> None:
    text = render(BOOK.get(script), {}).text
    named = set(re.findall(r"/([a-z]+)", text))
    assert {command for menu in menus for command in COMMANDS[menu]} - {"help"} <= named
    assert units(text) <= LIMIT
    assert max(map(len, text.splitlines())) <= 64, "short lines"
