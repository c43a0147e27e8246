"""Read rules from the text of their files; whatever is wrong is named by file, line and rule."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.desk.lint import Category
from bot.desk.manners.expression import Fillers
from bot.desk.manners.leak import FINDERS
from bot.desk.manners.pattern import Choice, Lists, PatternError, parse
from bot.desk.manners.rules import Excuse, General, Pattern, Rule, Rulebook, Words
from bot.desk.script import Problem

RULE: Final = "[[rule]]"
_TEXTS: Final = ("name", "why", "better")
_GENERAL: Final = ("general_why", "general_better")
_LISTS: Final = ("patterns", "finds", "unless", "also", "excused_by", "yes", "no")
_TOML_LINE: Final = re.compile(r"\(at line (\d+)")
_PLACEHOLDER: Final = re.compile(r"\{(\w*)\}")
PLACEHOLDERS: Final = ("department", "deadline", "person", "case")
"""What a better wording may say of the case."""


@dataclass
class RuleReader:
    """Reads rule files with the same word lists; what is wrong gathers in `problems`."""

    words: Words
    fillers: Fillers
    folded: Callable[[str], str]
    problems: list[Problem] = field(default_factory=list)
    general: dict[Category, General] = field(default_factory=dict)
    """What is said of a category as a whole, by the files that were read."""
    _files: dict[Category, str] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)
    _known: dict[str, Choice] = field(default_factory=dict)

    def read(self, path: str, text: str) -> list[Rule]:
        """The rules of a file, as far as they can be made out."""
        table = read_toml(path, text, self.problems)
        if table is None:
            return []
        lines = [n for n, line in enumerate(text.splitlines(), start=1) if line.strip().startswith(RULE)]
        rows = table.get("rule", [])
        if not isinstance(rows, list) or len(rows) != len(lines):
            self.problems.append(Problem(path, 1, f"每条规则须以单独一行 {RULE} 开头"))
            return []
        category = self._category(path, table.get("category"))
        usual: dict[str, Any] = {key: table[key] for key in ("why", "better") if key in table}
        if category is None:
            return []
        self._files.setdefault(category, path)
        self._read_general(path, table, category)
        made = [self._rule(path, line, {**usual, **row}, category) for line, row in zip(lines, rows, strict=True)]
        return [rule for rule in made if rule is not None]

    def _read_general(self, path: str, table: Mapping[str, Any], category: Category) -> None:
        """What a file says of its category, if it does; one that says half of it, or a second time, is told."""
        if not any(key in table for key in _GENERAL):
            return
        why, better = (table.get(key) for key in _GENERAL)
        wrong = [f"{key} 须是一句话" for key in _GENERAL if not isinstance(table.get(key), str) or not table[key]]
        wrong += ["general_why 已在另一个文件里写过"] if category in self.general else []
        wrong += _unknown_slots(str(better or ""))
        self.problems.extend(Problem(path, 1, text) for text in wrong)
        self.general.setdefault(category, General(str(why or ""), str(better or "")))

    def require_general(self, categories: Iterable[Category]) -> None:
        """Name the first file of each of these categories for which no file that was read says it."""
        self.problems.extend(
            Problem(
                self._files[c],
                1,
                f"缺少 {'、'.join(_GENERAL)}：按整句语气找出来时，要有一句对这一类都说得通的原因和说法",
            )
            for c in categories
            if c in self._files and c not in self.general
        )

    def _category(self, path: str, name: object) -> Category | None:
        if name in list(Category):
            return Category(str(name))
        self.problems.append(Problem(path, 1, f"category 须是 {'、'.join(Category)} 之一"))
        return None

    def _rule(self, path: str, line: int, row: Mapping[str, Any], category: Category) -> Rule | None:
        name = str(row.get("name") or "未命名")
        wrong = [*_misshapen(row), *self._repeated(path, line, name)]
        if not wrong:
            try:
                return self._made(path, line, row, category)
            except PatternError as error:
                wrong = [str(error)]
        self.problems.extend(Problem(path, line, f"规则“{name}”：{text}") for text in wrong)
        return None

    def _repeated(self, path: str, line: int, name: str) -> list[str]:
        first = self._seen.setdefault(name, f"{path}:{line}")
        return [] if first == f"{path}:{line}" else [f"名称与 {first} 的规则重复"]

    def _made(self, path: str, line: int, row: Mapping[str, Any], category: Category) -> Rule:
        patterns = tuple(pattern for text in row.get("patterns", ()) for pattern in self._anchored(text))
        return Rule(
            row["name"], category, patterns, row["why"], row.get("better", ""),
            finds=tuple(row.get("finds", ())),
            also=tuple(map(Category, row.get("also", ()))),
            unless=tuple(map(self.pattern, row.get("unless", ()))),
            excused_by=tuple(map(Excuse, row.get("excused_by", ()))),
            yes=tuple(row["yes"]), no=tuple(row.get("no", ())), is_loose=row.get("loose") is True, path=path, line=line,
        )  # fmt: skip

    def _anchored(self, text: str) -> list[Pattern]:
        """A pattern, or its options each for itself when they have no word in common."""
        whole = self.pattern(text)
        if whole.anchor:
            return [whole]
        match whole.sequence.parts:
            case (Choice(options, 1, 1),):
                each = [Pattern(option, self.fillers) for option in options]
                if all(option.anchor for option in each):
                    return each
        raise PatternError(f"“{text}”里没有一个一定出现的字词，请写得具体些，或拆成几条句式")

    def pattern(self, text: str) -> Pattern:
        """A pattern with this reader's word lists; PatternError."""
        return Pattern(parse(text, self.words.lists, self.folded, self._known), self.fillers)


def _misshapen(row: Mapping[str, Any]) -> list[str]:
    """What is missing, of the wrong kind, or unknown."""
    missing = [f"缺少 {key}" for key in ("name", "why", "yes") if not row.get(key)]
    missing += [] if row.get("patterns") or row.get("finds") else ["缺少 patterns"]
    unknown = [f"不认识的项 {key}" for key in row if key not in (*_TEXTS, *_LISTS, "loose")]
    texts = [f"{key} 须是文字" for key in _TEXTS if not isinstance(row.get(key, ""), str)]
    lists = [f'{key} 须是文字的列表，例如 ["…", "…"]' for key in _LISTS if not _is_list(row.get(key, []))]
    return [*missing, *unknown, *texts, *lists, *_not_a_choice(row)] or [
        *_unknown_names(row),
        *_unknown_slots(row.get("better", "")),
    ]


def _not_a_choice(row: Mapping[str, Any]) -> list[str]:
    return [] if isinstance(row.get("loose", False), bool) else ["loose 须是 true 或 false"]


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _unknown_names(row: Mapping[str, Any]) -> list[str]:
    known: dict[str, list[str]] = {"also": list(Category), "excused_by": list(Excuse), "finds": list(FINDERS)}
    return [
        f"{key} 里的“{name}”须是 {'、'.join(names)} 之一"
        for key, names in known.items() for name in row.get(key, ()) if name not in names
    ]  # fmt: skip


def _unknown_slots(better: str) -> list[str]:
    unknown = [name for name in _PLACEHOLDER.findall(better) if name not in PLACEHOLDERS]
    return [f"better 里的占位符 {{{name}}} 不存在，可用 {'、'.join(PLACEHOLDERS)}" for name in unknown]


def read_toml(path: str, text: str, problems: list[Problem]) -> dict[str, Any] | None:
    """A file's table; None and a problem when it is no TOML."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        line = int(found.group(1)) if found else len(text.splitlines())
        problems.append(Problem(path, line, "写法有误（TOML）：请检查引号、方括号是否成对，同一项是否写了两次"))
        return None


def read_lists(path: str, text: str, problems: list[Problem]) -> Lists:
    """Word lists by name: each a list of words (or patterns)."""
    table = read_toml(path, text, problems) or {}
    wrong = [name for name, words in table.items() if not _is_list(words) or not words]
    problems.extend(Problem(path, 1, f'词表“{name}”须是文字的列表，例如 ["…", "…"]') for name in wrong)
    return {name: tuple(words) for name, words in table.items() if name not in wrong}


def read_words(text: str) -> tuple[str, ...]:
    """Words of a plain list: any number a line, `#` begins a comment."""
    return tuple(word for line in text.splitlines() for word in line.split("#")[0].split())


__all__ = ["PLACEHOLDERS", "RULE", "RuleReader", "Rulebook", "read_lists", "read_toml", "read_words"]
