"""Read a script from its file's text: TOML between two `+++` lines, then the words with **bold**, `code`, {slots}."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.desk.script import Kind, Piece, Problem, Script, ScriptBook, ScriptError, Style, When
from bot.desk.script_rules import broken_rules, broken_rules_of_all

FENCE: Final = "+++"
_KEYS: Final = {"id": str, "kind": str, "title": str, "when": str, "known": bool,
                "topics": list, "keywords": list, "sayings": list, "values": list}  # fmt: skip
_KEY_SHAPES: Final = {str: '文字，例如 {key} = "…"', bool: "true 或 false", list: '文字的列表，例如 {key} = ["…", "…"]'}
_TOKEN: Final = re.compile(r"\*\*|`|\{[a-z][a-z_]*\}|[{}]")
_TOML_LINE: Final = re.compile(r"\(at line (\d+)")
_MARKS: Final = {"**": Style.BOLD, "`": Style.CODE}


def parse_script(path_name: str, text: str) -> Script:
    """The script that a file holds; ScriptError lists everything that is wrong with it.

    `path_name` is relative to the folder of scripts: `order/late_delivery.md`.
    """
    problems: list[Problem] = []
    script = _read(path_name, text, problems)
    if script is not None:
        problems.extend(broken_rules(script))
    if script is None or problems:
        raise ScriptError(sorted(problems, key=lambda p: p.line))
    return script


def read_scripts(texts: Mapping[str, str]) -> tuple[ScriptBook, list[Problem]]:
    """The book of all files (path → text), and all that is wrong with any of them, by path and line."""
    problems: list[Problem] = []
    scripts = [script for path, text in sorted(texts.items()) if (script := _read(path, text, problems))]
    for script in scripts:
        problems.extend(broken_rules(script))
    problems.extend(broken_rules_of_all(scripts))
    return ScriptBook(scripts), sorted(problems, key=lambda p: (p.path, p.line))


def _read(path: str, text: str, problems: list[Problem]) -> Script | None:
    """The script, as far as it can be made out; what can't is added to the problems."""
    lines = text.removeprefix("\ufeff").splitlines()
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        problems.append(Problem(path, 1, f"文件须以一行 {FENCE} 开头，写完设置后再用一行 {FENCE} 结束"))
        return None
    end = fences[1]
    front = _front_matter(path, lines[1:end], problems)
    if front is None:
        return None
    pieces = _body(path, lines, end + 1, problems)
    return _script(path, front, pieces, _key_lines(lines[1:end]), problems)


def _front_matter(path: str, lines: list[str], problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found.group(1)) + 1 if found else len(lines) + 1
        advice = "请检查引号、方括号是否成对，同一项是否写了两次"
        problems.append(Problem(path, line, f"设置写法有误(TOML):{error};{advice}"))
        return None


def _key_lines(lines: list[str]) -> dict[str, int]:
    """The file line of each key, for pointing at it; the front matter begins at line 2."""
    return {line.split("=")[0].strip(): number for number, line in enumerate(lines, start=2) if "=" in line}


def _script(
    path: str, front: dict[str, Any], pieces: tuple[Piece, ...], at: dict[str, int], problems: list[Problem]
) -> Script | None:
    found = [*_misshapen(path, front, at), *_unnamed(path, front, at)]
    problems.extend(found)
    if found:
        return None
    return Script(
        id=front["id"],
        kind=Kind(front["kind"]),
        title=front["title"].strip(),
        pieces=pieces,
        path=path,
        when=When(front["when"]) if "when" in front else None,
        is_for_known=front.get("known", False),
        topics=tuple(front.get("topics", ())),
        keywords=tuple(front.get("keywords", ())),
        sayings=tuple(front.get("sayings", ())),
        declared=frozenset(front.get("values", ())),
    )


def _misshapen(path: str, front: dict[str, Any], at: dict[str, int]) -> Iterator[Problem]:
    for key, value in front.items():
        line = at.get(key, 2)
        shape = _KEYS.get(key)
        if shape is None:
            yield Problem(path, line, f"不认识的设置 {key}；可用的有：{'、'.join(_KEYS)}")
        elif not isinstance(value, shape) or (isinstance(value, list) and not all(map(_is_word, value))):
            yield Problem(path, line, f"{key} 须写成{_KEY_SHAPES[shape].format(key=key)}")


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _unnamed(path: str, front: dict[str, Any], at: dict[str, int]) -> Iterator[Problem]:
    for key in ("id", "kind", "title"):
        if not str(front.get(key, "")).strip():
            yield Problem(path, at.get(key, 1), f"缺少 {key}")
    for key, choices in (("kind", list(Kind)), ("when", list(When))):
        value = front.get(key)
        if isinstance(value, str) and value and value not in choices:
            yield Problem(path, at.get(key, 2), f"{key} 不能是 {value}；可用的有：{'、'.join(choices)}")


def _body(path: str, lines: list[str], start: int, problems: list[Problem]) -> tuple[Piece, ...]:
    """The words after the second fence, blank lines around them left out."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    words = "\n".join(line.rstrip() for line in lines[start:]).rstrip()
    try:
        return tuple(_pieces(path, words, start + 1))
    except ScriptError as error:
        problems.extend(error.problems)
        return (Piece(words, line=start + 1),)


def _pieces(path: str, words: str, line: int) -> Iterator[Piece]:
    """Cut the words at their marks; a mark opens a style and the same mark closes it, nothing nests."""
    mark, opened_at, done = "", line, 0
    for token in _TOKEN.finditer(words):
        plain = words[done : token.start()]
        if plain:
            yield Piece(plain, _MARKS.get(mark, Style.PLAIN), line=line)
        line += plain.count("\n")
        done = token.end()
        match token.group():
            case "{" | "}":
                raise ScriptError([Problem(path, line, "花括号只用于占位符，例如 {case}；占位符只用小写字母和下划线")])
            case "**" | "`" as sign if not mark or sign == mark:
                mark, opened_at = ("" if mark else sign), line
            case "**" | "`":
                raise ScriptError([Problem(path, line, "**粗体** 与 `代码` 不能套在一起")])
            case slot:
                yield Piece(slot[1:-1], _MARKS.get(mark, Style.PLAIN), is_slot=True, line=line)
    if mark:
        raise ScriptError([Problem(path, opened_at, f"{mark} 没有成对")])
    if words[done:]:
        yield Piece(words[done:], line=line)
