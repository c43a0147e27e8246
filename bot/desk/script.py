"""Scripts (话术): the desk's own words to people, chosen by id and filled with the values of a case."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Final


class Kind(StrEnum):
    """What a script is for: the three voices (问声 应声 送声), a ready answer, or a notice of the desk itself."""

    GREETING = "greeting"
    ANSWER = "answer"
    READY = "ready"
    GOODBYE = "goodbye"
    NOTICE = "notice"


class When(StrEnum):
    """The time of day that a greeting is for. AFTER_HOURS is chosen by the work calendar, never by `day_part`, and
    ON_WATCH then when whoever has the case is on duty all the same.
    """

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    AFTER_HOURS = "after_hours"
    ON_WATCH = "on_watch"


TOPICS: Final = MappingProxyType(
    {
        "order": "订货物流",
        "equipment": "设备与系统",
        "contract": "合同",
        "training": "培训考核",
        "finance": "款项",
        "marketing": "活动物料",
        "consult": "咨询",
        "complaint": "投诉",
    }
)
"""What ready answers are about (code → 中文); the same codes as a case's kind."""

CASE_VALUES: Final = frozenset({"case", "name", "specialist", "region", "store", "answer_by", "resolve_by", "desk"})
"""The placeholders that every script about a case may use; who renders such a script fills all of them."""

_DAY: Final = ((time(5), When.MORNING), (time(11), When.NOON), (time(13), When.AFTERNOON), (time(18), When.EVENING))


def day_part(local_time: time) -> When:
    """The part of the day, by the desk's own clock: 05:00 上午, 11:00 中午, 13:00 下午, 18:00 until 05:00 晚上."""
    past = [when for start, when in _DAY if start <= local_time]
    return past[-1] if past else When.EVENING


@dataclass(frozen=True)
class Problem:
    """What is wrong with a script file, at which line, and what to mend: in Chinese, for the people who write them."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class ScriptError(Exception):
    """A script that can't be read or filled; the message holds one line per problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Style(StrEnum):
    """How a piece of a body looks; the value is the HTML element that Telegram knows."""

    PLAIN = ""
    BOLD = "b"
    CODE = "code"


@dataclass(frozen=True)
class Piece:
    """A stretch of a body in one style: words as they stand, or the name of a placeholder."""

    text: str
    style: Style = Style.PLAIN
    is_slot: bool = False
    line: int = 1


@dataclass(frozen=True)
class Script:
    """One script as its file says it; `path` is relative to the folder of scripts.

    `keywords` and `sayings` (how franchisees put it) only help to find a ready answer; `declared` are the placeholders
    that a notice has beside those of a case.
    """

    id: str
    kind: Kind
    title: str
    pieces: tuple[Piece, ...]
    path: str = ""
    when: When | None = None
    is_for_known: bool = False
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    declared: frozenset[str] = frozenset()

    @property
    def body(self) -> str:
        """The words without marks, placeholders in braces: what search and lint read."""
        return "".join(f"{{{p.text}}}" if p.is_slot else p.text for p in self.pieces)

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that must have a value."""
        return frozenset(p.text for p in self.pieces if p.is_slot)

    @property
    def allowed(self) -> frozenset[str]:
        """The placeholders that the body may use: those of a case, and what a notice lists under `values`."""
        return CASE_VALUES | self.declared


@dataclass(frozen=True)
class Rendered:
    """A script with its placeholders filled: plain, and as Telegram HTML in which people's text is escaped."""

    text: str
    html: str


def render(script: Script, values: Mapping[str, str]) -> Rendered:
    """Fill the placeholders; a value is only ever text, whatever marks or braces it holds.

    Values that the script doesn't ask for are left aside; ScriptError names the line of each one that is missing.
    """
    missing = [p for p in script.pieces if p.is_slot and p.text not in values]
    if missing:
        raise ScriptError(Problem(script.path, p.line, f"占位符 {{{p.text}}} 没有可用的值") for p in missing)
    filled = [(values[p.text] if p.is_slot else p.text, p.style) for p in script.pieces]
    runs = [("".join(text for text, _ in run), style) for style, run in groupby(filled, key=lambda pair: pair[1])]
    return Rendered("".join(text for text, _ in runs), "".join(_marked(text, style) for text, style in runs))


def _marked(text: str, style: Style) -> str:
    escaped = html.escape(text, quote=False)
    return f"<{style}>{escaped}</{style}>" if style and text else escaped


class ScriptBook:
    """All scripts of the desk, by id."""

    def __init__(self, scripts: Iterable[Script]) -> None:
        self._by_id = {script.id: script for script in scripts}

    def __contains__(self, script_id: object) -> bool:
        return script_id in self._by_id

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, script_id: str) -> Script:
        """One script; ScriptError when no file has that id."""
        if script_id not in self._by_id:
            raise ScriptError([Problem(f"{script_id}.md", 1, f"没有编号为 {script_id} 的话术，请新建这个文件")])
        return self._by_id[script_id]

    def greeting(self, when: str, *, is_known: bool = False) -> Script:
        """The greeting for a time of day; for a person on file the one that calls them by name, where there is one."""
        fitting = [s for s in self.of_kind(Kind.GREETING) if s.when == when]
        best = [s for s in fitting if s.is_for_known is is_known] or [s for s in fitting if not s.is_for_known]
        return best[0] if best else self.get(f"greeting/{when}")

    def all(self) -> tuple[Script, ...]:
        """Every script, by id."""
        return tuple(script for _, script in sorted(self._by_id.items()))

    def of_kind(self, kind: Kind) -> tuple[Script, ...]:
        """The scripts of one kind, by id."""
        return tuple(script for script in self.all() if script.kind is kind)

    def ready(self) -> tuple[Script, ...]:
        """The ready answers, by id."""
        return self.of_kind(Kind.READY)
