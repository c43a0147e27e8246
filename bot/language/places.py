"""Which province does a text name as the place of the store? Only when exactly one is named, beyond doubt."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).with_name("places.toml")
"""Province names, and what makes a name something else: a road, a dish, a district, somebody's home town."""

_HOLE: Final = "\N{NULL}"
"""Stands where the name stood while a text is held against the vetoes; no message can hold it."""


@dataclass(frozen=True)
class PlaceGuess:
    """The province by its short name (四川, 内蒙古, 北京), or None; `reason` says why (logs, route command)."""

    province: str | None
    reason: str


@dataclass(frozen=True)
class _Name:
    """A province name as it stands in a text."""

    province: str
    written: str
    veto: str = ""


class Places:
    """Reads provinces out of texts by the data file; it holds compiled patterns only and may be shared by threads."""

    def __init__(self, data: Path = DATA) -> None:
        table: dict[str, Any] = tomllib.loads(data.read_text(encoding="utf-8"))
        self._province = {name: short for short, names in table["provinces"].items() for name in names}
        longest_first = sorted(self._province, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, longest_first)))
        vetoes = table["vetoes"]
        self._overlaps = tuple(vetoes["overlaps"])
        self._not_the_store = re.compile("|".join(vetoes["not_the_store"]).replace("@", _HOLE))

    def province(self, text: str) -> PlaceGuess:
        """The one province that the text gives as the store's place; None when it gives none, or several."""
        names = list(self._found(unicodedata.normalize("NFKC", text).replace(_HOLE, " ")))
        meant = sorted({name.province for name in names if not name.veto})
        match meant:
            case [one]:
                return PlaceGuess(one, f"named: {one}")
            case []:
                aside = ", ".join(name.veto for name in names)
                return PlaceGuess(None, f"set aside: {aside}" if aside else "no province named")
            case _:
                return PlaceGuess(None, f"several: {', '.join(meant)}")

    def _found(self, text: str) -> Iterator[_Name]:
        for match in self._names.finditer(text):
            yield _Name(self._province[match.group()], match.group(), self._veto(text, match))

    def _veto(self, text: str, match: re.Match[str]) -> str:
        """The stretch of text that makes this name something other than the store's place; empty when nothing does."""
        start, end = match.span()
        glued = next((word for word in self._overlaps if text.endswith(word, 0, start + 1)), "")
        if glued:
            return glued + match.group()[1:]
        aside = self._not_the_store.search(f"{text[:start]}{_HOLE}{text[end:]}")
        return aside.group().replace(_HOLE, match.group()) if aside else ""


def province_named(text: str) -> str | None:
    """The province that a text names, by the data that comes with the program. Loads it each time: for single use."""
    return Places().province(text).province
