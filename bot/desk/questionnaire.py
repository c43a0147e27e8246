"""A questionnaire (问卷) as its file says it: TOML with questions of four kinds; every problem is named at once."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

SCALE: Final = ("1", "2", "3", "4", "5")
MOST_QUESTIONS: Final = 12
MOST_OPTIONS: Final = 8
LONGEST_TITLE: Final = 30
LONGEST_OPTION: Final = 20
LONGEST_TEXT: Final = 300
MOST_DAYS: Final = 90
_KEYS: Final = frozenset({"title", "intro", "thanks", "days", "questions"})
_QUESTION_KEYS: Final = frozenset({"key", "kind", "ask", "options", "low", "high", "optional"})


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    SINGLE = "single"
    SEVERAL = "several"
    WORDS = "words"


@dataclass(frozen=True)
class Question:
    """One question; `options` are what the buttons say (a scale's are 1–5, its ends named by `low` and `high`)."""

    key: str
    kind: QuestionKind
    ask: str
    options: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    is_optional: bool = False

    @property
    def has_buttons(self) -> bool:
        """Whether it is answered by buttons."""
        return self.kind is not QuestionKind.WORDS


@dataclass(frozen=True)
class Questionnaire:
    """All of a file; its very text is kept with the answers. `days` zero: open as long as the settings say."""

    name: str
    title: str
    intro: str
    thanks: str
    questions: tuple[Question, ...]
    source: str
    days: int = 0

    @property
    def version(self) -> str:
        """The first characters of the text's digest: another text is another version."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:12]

    def texts(self) -> Iterator[str]:
        """Everything that franchisees read of it, as they read it: a title or an option alone is no sentence."""
        yield from (f"{self.title}：{self.intro}", self.thanks)
        for question in self.questions:
            choices = "、".join(filter(None, (*question.options, question.low, question.high)))
            yield f"{question.ask}\n{choices}" if choices else question.ask


class QuestionnaireError(Exception):
    """A questionnaire that cannot be sent; the message has one line a problem, in Chinese, for whoever wrote it."""


@lru_cache(maxsize=8)
def read_questionnaire(name: str, text: str) -> Questionnaire:
    """The questionnaire of a file's text, kept for the process's next desk; QuestionnaireError lists what to mend."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise QuestionnaireError(f"{name}：写法有误（TOML）：{error}") from error
    problems = list(_problems(data))
    if problems:
        raise QuestionnaireError("\n".join(f"{name}：{problem}" for problem in problems))
    return Questionnaire(
        name=name,
        title=data["title"],
        intro=data["intro"].strip(),
        thanks=data["thanks"].strip(),
        questions=tuple(map(_question, data["questions"])),
        source=text,
        days=data.get("days", 0),
    )


def _question(data: Mapping[str, Any]) -> Question:
    kind = QuestionKind(data["kind"])
    options = SCALE if kind is QuestionKind.SCALE else tuple(data.get("options", ()))
    return Question(data["key"], kind, data["ask"].strip(), options, data.get("low", ""), data.get("high", ""),
                    data.get("optional", False))  # fmt: skip


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"不认识 {key}；可用的有：{'、'.join(sorted(_KEYS))}" for key in data if key not in _KEYS)
    yield from _text(data, "title", LONGEST_TITLE)
    for key in ("intro", "thanks"):
        yield from _text(data, key, LONGEST_TEXT)
        yield from _polite(data.get(key), key)
    days = data.get("days", 0)
    if type(days) is not int or not 0 <= days <= MOST_DAYS:
        yield f"days 须是 1 到 {MOST_DAYS} 的整数"
    questions = data.get("questions")
    if not isinstance(questions, list) or not 1 <= len(questions) <= MOST_QUESTIONS:
        yield f"questions 须有 1 到 {MOST_QUESTIONS} 题"
        return
    for number, question in enumerate(questions, start=1):
        found = _of_question(question) if isinstance(question, dict) else iter(["须写成 [[questions]] 一节"])
        yield from (f"第 {number} 题：{problem}" for problem in found)
    keys = [q.get("key") for q in questions if isinstance(q, dict)]
    yield from (f"key “{key}”重复" for key in sorted({str(k) for k in keys if keys.count(k) > 1}))


def _of_question(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"不认识 {key}" for key in data if key not in _QUESTION_KEYS)
    yield from _text(data, "key", LONGEST_OPTION)
    yield from _text(data, "ask", LONGEST_TEXT)
    yield from _polite(data.get("ask"), "ask")
    if data.get("kind") not in list(QuestionKind):
        yield f"kind 须是：{'、'.join(QuestionKind)}"
        return
    if not isinstance(data.get("optional", False), bool):
        yield "optional 须是 true 或 false"
    yield from _options(data)


def _options(data: Mapping[str, Any]) -> Iterator[str]:
    kind, options = QuestionKind(data["kind"]), data.get("options", [])
    if kind is QuestionKind.SCALE:
        for end in ("low", "high"):
            yield from _text(data, end, LONGEST_OPTION)
    elif "low" in data or "high" in data:
        yield "low、high 只用于 scale"
    if kind in (QuestionKind.SCALE, QuestionKind.WORDS):
        if options:
            yield "options 只用于 single、several"
    elif not isinstance(options, list) or not 2 <= len(options) <= MOST_OPTIONS or not all(map(_is_option, options)):
        yield f"options 须是 2 到 {MOST_OPTIONS} 项文字，每项 {LONGEST_OPTION} 字以内"
    elif len(set(options)) < len(options):
        yield "options 里有重复"


def _is_option(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_OPTION


def _text(data: Mapping[str, Any], key: str, longest: int) -> Iterator[str]:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        yield f"缺少 {key}，或不是文字"
    elif len(value.strip()) > longest:
        yield f"{key} 有 {len(value.strip())} 字，请缩到 {longest} 字以内"


def _polite(value: object, key: str) -> Iterator[str]:
    """三要: 请 at the head, 您 throughout."""
    if isinstance(value, str) and value.strip():
        yield from (f"{key} 里要有“{word}”" for word in "请您" if word not in value)
