"""Load the scripts from their folder, or say everything that is wrong with them."""

import functools
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.desk.script import Problem, ScriptBook, ScriptError
from bot.desk.script_source import read_scripts

FOLDER: Final = Path(__file__).resolve().parent.parent / "scripts"
"""The scripts that come with the program."""


def load_scripts(folder: Path = FOLDER) -> ScriptBook:
    """All scripts of a folder; ScriptError lists every problem of every file, each with file and line."""
    book, problems = _read(folder)
    if problems:
        raise ScriptError(problems)
    return book


def check_scripts(folder: Path = FOLDER) -> list[str]:
    """All problems at once, one line each (`file:line: what to mend`); an empty list when all is well."""
    return [str(problem) for problem in _read(folder)[1]]


def _read(folder: Path) -> tuple[ScriptBook, list[Problem]]:
    """Every Markdown file in a folder of the folder is a script, but no README.md is."""
    texts: dict[str, str] = {}
    unreadable: list[Problem] = []
    for file in sorted(folder.glob("*/**/*.md")):
        if file.name == "README.md":
            continue
        path = file.relative_to(folder).as_posix()
        try:
            texts[path] = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            unreadable.append(Problem(path, 1, "文件不是 UTF-8 编码，请另存为 UTF-8"))
    book, problems = _made_of(tuple(texts.items()))
    return book, [replace(p, path=str(folder / p.path)) for p in (*unreadable, *problems)]


@functools.lru_cache(maxsize=4)
def _made_of(files: tuple[tuple[str, str], ...]) -> tuple[ScriptBook, list[Problem]]:
    """What the files hold; files in which nothing has changed are not read anew (0.1 s)."""
    return read_scripts(dict(files))
