"""`/finding 原因 | 处理 | 预防`: the parts of a finding as people write them, and the person and day of the measure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

_BAR: Final = re.compile(r"\s*[|｜\n]\s*")
_DETAILS: Final = re.compile(r"[\s:：,，、;；]+")
_PRODUCT: Final = re.compile(r"产品[\s:：]*(.+)", re.DOTALL)
_OWNER: Final = re.compile(r"负责人?[\s:：]*(\S+)(?:\s+(.+))?", re.DOTALL)
LONGEST: Final = 600
"""Characters of each part that are kept."""


@dataclass(frozen=True)
class Written:
    """What was written: a cause's code (empty: none was named) with its details, the two other parts, and the extras.

    `owner` and `until` are as they were written; empty when they were not.
    """

    cause: str = ""
    details: str = ""
    handled: str = ""
    prevention: str = ""
    product: str = ""
    owner: str = ""
    until: str = ""


def read_finding(text: str, causes: Mapping[str, str]) -> Written | None:
    """The finding in a text; None when it has not the three parts (two, when a cause was chosen before).

    `causes`: code → name. A first part that names none of them is not guessed at.
    """
    parts = [part.strip()[:LONGEST] for part in _BAR.split(text.strip())]
    plain, product, owner, until = _extras(parts)
    cause, details = _cause(plain[0], causes) if plain else ("", "")
    rest = plain[1:] if cause else plain
    if len(rest) != 2 or not all(rest):
        return None
    return Written(cause, details, rest[0], rest[1], product, owner, until)


def _extras(parts: Collection[str]) -> tuple[list[str], str, str, str]:
    plain: list[str] = []
    product = owner = until = ""
    for number, part in enumerate(parts):
        if number and (found := _PRODUCT.fullmatch(part)) is not None:
            product = found[1].strip()
        elif number and (named := _OWNER.fullmatch(part)) is not None:
            owner, until = named[1].lstrip("@"), (named[2] or "").strip()
        else:
            plain.append(part)
    return plain, product, owner, until


def _cause(part: str, causes: Mapping[str, str]) -> tuple[str, str]:
    """The cause that a part begins with (the longest name that fits), and what follows."""
    names = sorted(causes.items(), key=lambda pair: -len(pair[1]))
    for code, name in names:
        if part == name or (part.startswith(name) and _DETAILS.match(part, len(name))):
            return code, _DETAILS.sub("", part[len(name) :], count=1)
    return "", ""
