"""Load the rules and word lists from their folder, or say everything that is wrong with them."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.desk.manners.expression import Fillers, either
from bot.desk.manners.folded import Characters
from bot.desk.manners.rule_source import RuleReader, read_lists, read_words
from bot.desk.manners.rules import Rule, Rulebook, Words
from bot.desk.manners.tone import CATEGORIES
from bot.desk.script import Problem
from bot.file_trouble import file_trouble
from bot.language.characters import simplified
from bot.language.script_files import FOLDER as SCRIPTS

FOLDER: Final = SCRIPTS / "forbidden"
"""The rules that come with the program."""
_LISTS: Final = "words/lists.toml"
_EXCUSES: Final = "words/excuses.toml"
_ALIKE: Final = "words/alike.toml"
_FIXED: Final = ("words/fixed.txt", "words/products.txt")


@dataclass(frozen=True, eq=False)
class RuleFiles:
    """What a folder holds: the rules, the words that excuse, how characters are folded, and what is wrong; the same
    object as long as nothing in the files has changed.
    """

    book: Rulebook
    excuses: Mapping[str, tuple[str, ...]]
    characters: Characters
    reader: RuleReader
    problems: tuple[Problem, ...]


def read_rule_files(folder: Path = FOLDER) -> RuleFiles:
    """Everything in a folder of rules; what can't be used is named in `problems`, with the folder's path before it."""
    unreadable: list[Problem] = []
    texts = _texts(folder, unreadable)
    return _made_of(folder, tuple(texts.items()), tuple(unreadable))


@functools.lru_cache(maxsize=4)
def _made_of(folder: Path, files: tuple[tuple[str, str], ...], unreadable: tuple[Problem, ...]) -> RuleFiles:
    """What the files hold; files in which nothing has changed are not read anew (0.4 s)."""
    problems = list(unreadable)
    texts = dict(files)
    alike = read_lists(_ALIKE, texts.get(_ALIKE, ""), problems)
    characters = Characters(
        {**simplified(), **{ch: good for good, bad in alike.items() for word in bad for ch in word}}
    )
    words = _read_words(texts, characters, problems)
    fillers = Fillers(either(words.of("开头语")), either(words.of("句末语")))
    reader = RuleReader(words, fillers, functools.cache(characters.several), problems)
    rules = [rule for path, text in texts.items() if "/" not in path for rule in reader.read(path, text)]
    reader.require_general(CATEGORIES)
    excuses = read_lists(_EXCUSES, texts.get(_EXCUSES, ""), problems)
    located = tuple(replace(p, path=str(folder / p.path)) for p in sorted(problems, key=lambda p: (p.path, p.line)))
    book = Rulebook(tuple(_located(rules, folder)), words, fillers, reader.general)
    return RuleFiles(book, excuses, characters, reader, located)


def _located(rules: list[Rule], folder: Path) -> list[Rule]:
    return [replace(rule, path=str(folder / rule.path)) for rule in rules]


def _read_words(texts: Mapping[str, str], characters: Characters, problems: list[Problem]) -> Words:
    """The word lists, folded as texts are."""
    fixed = [word for path in _FIXED for word in read_words(texts.get(path, ""))]
    folded = tuple("".join(map(characters.several, word)) for word in fixed)
    return Words(read_lists(_LISTS, texts.get(_LISTS, ""), problems), folded)


def _texts(folder: Path, problems: list[Problem]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for file in sorted([*folder.glob("*.toml"), *folder.glob("words/*")]):
        path = file.relative_to(folder).as_posix()
        try:
            texts[path] = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            problems.append(Problem(path, 1, "文件不是 UTF-8 编码，请另存为 UTF-8"))
        except OSError as error:
            problems.append(Problem(path, 1, f"文件读不了（{file_trouble(error)}）"))
    return texts
