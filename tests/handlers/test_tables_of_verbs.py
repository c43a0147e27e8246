"""Tables that lead from a command, a button or a due row to its use case: each row takes what the table gives it."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from bot.desk.buttons import Verb
from bot.desk.message import MessageRef
from bot.handlers import franchisee
from bot.handlers.staff_presses import SHAPES, Pressing, staff_press
from bot.usecases import commands, staff_commands, tick
from bot.usecases.at_hand import Spot
from bot.usecases.people import Sender

WORK, OFFICE, NOW = object(), object(), object()
SPOT = Spot(MessageRef(1, 1))
BY = Sender(1, "小陈")
PRESSING = Pressing(BY, 1, "", SPOT)
GIVEN: list[tuple[str, Callable[..., Any], dict[str, Any]]] = [
    *((f"/{n}", run, {"staff_telegram_id": 1, "spot": SPOT, "query": ""}) for n, run in staff_commands.QUERIES.items()),
    *((f"/{n}", run, {"staff_telegram_id": 1, "spot": SPOT}) for n, run in staff_commands.PLAIN.items()),
    *((f"/{n}", run, {"sender": BY, "query": ""}) for n, run in commands.FRANCHISEE_COMMANDS.items()),
    *((v, run, {"sender": BY, "subject": 1, "choice": "", "spot": SPOT}) for v, run in franchisee.OWN_PRESSES.items()),
    *((kind, run, {"subject": 1}) for kind, run in tick.BY_SUBJECT.items()),
    *((kind, run, {"case": object()}) for kind, run in tick.BY_CASE.items()),
    *((verb, *staff_press(verb, PRESSING)) for table, _ in SHAPES for verb in table),
]


@pytest.mark.parametrize(("name", "run", "arguments"), GIVEN, ids=[str(name) for name, _, _ in GIVEN])
def test_a_row_takes_what_its_table_gives(name: str, run: Callable[..., Any], arguments: dict[str, Any]) -> None:
    inspect.signature(run).bind(WORK, OFFICE, NOW, **arguments)


def test_no_verb_stands_in_two_tables() -> None:
    verbs = [verb for table, _ in SHAPES for verb in table]
    assert len(verbs) == len(set(verbs))


def test_every_verb_is_somebodys() -> None:
    known = {verb for table, _ in SHAPES for verb in table} | set(franchisee.OWN_PRESSES)
    assert set(Verb) - known == {Verb.PROVINCE, Verb.CONFIRM, Verb.REOPEN}
