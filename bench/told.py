"""An office whose words can be read by a program: scripts that say what they are about, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Engine, select
from sqlmodel import col

from bench import foreseen
from bench.decree import HOURS
from bench.foreseen import Told
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.lint import Courtesy, Report
from bot.desk.script import Piece, ScriptBook
from bot.usecases.office import Office
from storage.tables import OutboxRowTable
from tests.words import the_rules, the_scripts

MARK: Final = "¤"
LIN, ZHOU, WANG, ZHAO = 5001, 5002, 5004, 5005
NAMES: Final = MappingProxyType({LIN: "林晓", ZHOU: "周宁", WANG: "王芳", ZHAO: "赵磊"})
SAYS: Final = MappingProxyType(
    {
        "answer/acknowledge": "ack {case}",
        "answer/acknowledge_late": "ack {case}",
        "answer/ask_again": "ask again {case}",
        "goodbye/no_word": "no word {case}",
        "notice/promise_broken": "broken {case} {due}",
        "notice/promise_broken_up": "broken {case} {due}",
        "notice/follow_up_task": "call back {case}",
        "notice/follow_up_late": "call back late {case}",
        "notice/follow_up_ask": "asked {case}",
        "notice/follow_up_done": "call back over {case}",
        "notice/rate": "rate {case}",
        "notice/rate_chase": "rate again {case}",
        "notice/survey_intro": "survey {until}",
        "notice/survey_ended": "survey over {survey}",
        "notice/task_overdue": "task late {task}",
        "notice/memo_due": "memo {words}{of}",
    }
)
"""What each script says in place of its own words; every line that begins with the mark is read."""
LISTS: Final = ("deadline_near", "deadline_late", "deadline_passed", "deadline_escalated", "memos_due")
LINES: Final = MappingProxyType(
    {
        "warned": MARK + "warned {case} {term}",
        "term_answer": "answer",
        "term_resolve": "resolve",
        "memo": MARK + "memo {words}{of}",
        "memo_case": " #{case}",
        "promise_due": "promise {due}",
        "task_due": "task {task}",
    }
)


class Indulgent:
    """A lint that finds nothing: how people put things is no matter here."""

    def check(self, text: str) -> Report:
        """Nothing to object to."""
        return Report((), Courtesy(True, True, True))

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        """Nothing to mend."""
        return ""


def settings(**sections: Mapping[str, Any]) -> Settings:
    """The figures of `bench.foreseen`, as settings; whoever is silent keeps the case (that is another test's).

    `sections`: keys that are set besides, by section.
    """
    spans = [f"{begin:%H:%M}-{end:%H:%M}" for begin, end in HOURS]
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), spans)
    values: dict[str, Any] = {
        "staff": _staff(), "supervisors": {"chat_id": foreseen.SUPERVISORS}, "regions": _regions(),
        "hours": {**week, "saturday": [], "sunday": []},
        "desk": {"reassign_after": "0s", "answer_within": foreseen.ANSWER, "resolve_within": foreseen.RESOLVE,
                 "acknowledge_after": foreseen.ACKNOWLEDGE, "confirm_within": foreseen.CONFIRM, "ask_province": False},
        "sla": {"warn_left": 0.3, "manager_after": foreseen.MANAGER, "ask_again_after": foreseen.SILENT,
                "close_after": foreseen.GIVE_UP, "kinds": []},
        "promises": {"remind_before": foreseen.PROMISE_AHEAD, "grace": foreseen.GRACE},
        "tasks": {"remind_before": foreseen.TASK_AHEAD, "overdue_after": foreseen.TASK_LATE},
        "follow_up": {"share": dict.fromkeys(foreseen.CALLED_BACK, 1.0), "days": dict(foreseen.CALLED_BACK),
                      "begin_after": foreseen.CALL_AFTER, "answer_within": foreseen.ASK_WAIT,
                      "retry_after": foreseen.ASK_RETRY, "attempts": foreseen.ATTEMPTS},
        "rating": {"chase_after": foreseen.CHASE},
        "survey": {"batch": foreseen.BATCH, "every": foreseen.EVERY, "open_for": foreseen.OPEN_FOR},
    }  # fmt: skip
    return Settings.model_validate(values | {name: {**values.get(name, {}), **keys} for name, keys in sections.items()})


def _staff() -> list[dict[str, Any]]:
    specialists = [{"telegram_id": who, "regions": ["east"], "capacity": 999} for who in (LIN, ZHOU)]
    leaders = [{"telegram_id": WANG, "role": "supervisor"}, {"telegram_id": ZHAO, "role": "manager"}]
    return [{**person, "name": NAMES[int(str(person["telegram_id"]))]} for person in (*specialists, *leaders)]


def _regions() -> list[dict[str, Any]]:
    return [{"code": "east", "name": "华东", "provinces": ["江苏"], "group_id": -1001}]


@cache
def _plain_office() -> Office:
    return readable(settings(), SAYS)


def make_readable_office() -> Office:
    """A new office over the same settings, as every process makes its own."""
    plain = _plain_office()
    return replace(plain, labels=replace(plain.labels, lines={**plain.labels.lines, **LINES}))


def readable(chosen: Settings, says: Mapping[str, str]) -> Office:
    """An office whose scripts say this in place of their own words."""
    plain = make_office(chosen, scripts=_transparent(the_scripts(), says), rules=the_rules(chosen.lint))
    return replace(plain, linter=Indulgent())


def _transparent(book: ScriptBook, template: Mapping[str, str]) -> ScriptBook:
    says = {**template, **{f"notice/{name}": "{lines}" for name in LISTS}}
    return ScriptBook(replace(s, pieces=_pieces(says[s.id])) if s.id in says else s for s in book.all())


def _pieces(says: str) -> tuple[Piece, ...]:
    """Words and slots of a template."""
    words = says if says.startswith("{lines") else MARK + says
    first, *others = words.split("{")
    pieces = [Piece(first)]
    for other in others:
        slot, _, rest = other.partition("}")
        pieces += [Piece(slot, is_slot=True), Piece(rest)]
    return tuple(piece for piece in pieces if piece.text)


def heard(engine: Engine) -> Iterator[Told]:
    """Everything that the desk has queued and that is read here, in order."""
    row = OutboxRowTable
    query = select(col(row.queued_at), col(row.chat_id), col(row.payload)).where(col(row.act) == "SayText")
    with engine.connect() as connection:
        for at, chat, payload in connection.execute(query.order_by(col(row.id))):
            yield from read_marked(at, chat, payload["act"]["text"])


def read_marked(at: datetime, chat: int, text: str) -> Iterator[Told]:
    """The lines of a text that begin with the mark."""
    for line in text.splitlines():
        if line.startswith(MARK):
            yield Told(at.astimezone(UTC), chat, line.removeprefix(MARK))
