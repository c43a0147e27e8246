"""What a place is in its sentence: where the store is, or a road, a dish, a warehouse, somebody's home town."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.language.mentions import Mention

DATA: Final = Path(__file__).with_name("places.toml")
"""The patterns, and the words of the reasons."""
THIS, OTHER = "\x00", "\x01"
"""Stand for the name that is looked at and for other names; no message can hold them after `plain`."""
_BEFORE, _AFTER = 30, 26
"""Characters read on each side: a clause or two."""
_SENTENCE: Final = re.compile(r"[。!?\n]")


@dataclass(frozen=True)
class Role:
    """Whether the text says that the store is here; `veto` says why it is not (empty: nothing speaks against it).

    `opens`: it stands where people say who is writing (first in a clause, 我在…), not in the midst of other matters.
    `is_denied`: the writer says not to be there. `tells`: the words beside it make a place of what is also an everyday
    word (我店在日照). `heads`: the text begins with it, as with a return address.
    """

    is_store: bool = False
    veto: str = ""
    opens: bool = False
    is_denied: bool = False
    tells: bool = False
    heads: bool = False


class Roles:
    """Judges mentions by the data file; compiled patterns only."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._sure = _compiled(table["sure"]["patterns"])
        self._sure_of_counties = _compiled(table["sure_of_counties"]["patterns"])
        self._store = _compiled(table["store"]["patterns"])
        self._denied = _compiled(table["denied"]["patterns"])
        self._heads = _compiled(table["heads"]["patterns"])
        self._clear_heads = _compiled(table["heads"]["unless_everyday"])
        self._opens = _compiled(table["opens"]["patterns"])
        self._near = _compiled(table["near"]["patterns"])
        self._tells = _compiled(table["tells"]["patterns"])
        self._always = tuple((g["why"], _compiled(g["patterns"])) for g in table["vetoes"] if g.get("always"))
        self._of_addresses = tuple((g["why"], _compiled(g["patterns"])) for g in table["vetoes"]
                                   if not g.get("cities") and not g.get("alone"))  # fmt: skip
        self._vetoes = tuple((group["why"], _compiled(group["patterns"])) for group in table["vetoes"])
        self._of_counties = tuple((g["why"], _compiled(g["patterns"])) for g in table["vetoes"] if not g.get("cities"))

    def of(self, window: str, mention: Mention) -> Role:
        """The role of one mention, in its window."""
        why = _first_of(self._always, window)
        if not why and self._is_head(mention, window):
            return Role(is_store=True, opens=True, tells=True, heads=True)
        if not why and (self._sure.search(window) or (mention.is_small and self._sure_of_counties.search(window))):
            return Role(is_store=True, tells=self._told(mention, window))
        is_denied = self._denied.search(window) is not None
        if why := why or _first_of(self._against(mention), window):
            return Role(veto=why, is_denied=is_denied)
        is_near = self._near.search(window) is not None
        opens = is_near and (mention.is_small or self._opens.search(window) is not None)
        is_store = self._store.search(window) is not None
        return Role(is_store=is_store, opens=opens, is_denied=is_denied, tells=self._told(mention, window))

    def _is_head(self, mention: Mention, window: str) -> bool:
        is_clear = not mention.is_everyday and self._clear_heads.search(window) is not None
        return mention.is_local and (is_clear or self._heads.search(window) is not None)

    def _against(self, mention: Mention) -> Sequence[tuple[str, re.Pattern[str]]]:
        if mention.is_address:
            return self._of_addresses
        return self._of_counties if mention.is_small else self._vetoes

    def _told(self, mention: Mention, window: str) -> bool:
        return mention.is_telling and self._tells.search(window) is not None


def _first_of(vetoes: Sequence[tuple[str, re.Pattern[str]]], window: str) -> str:
    """Why the first veto that speaks does; empty when none does."""
    return next((why for why, patterns in vetoes if patterns.search(window)), "")


def load_table(path: Path = DATA) -> dict[str, Any]:
    """The data file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns).replace("@", THIS).replace("~", OTHER))


def window_of(text: str, mention: Mention, among: Sequence[Mention]) -> str:
    """The sentence around a mention, at most so many characters each side, names in it replaced by their signs."""
    before = _SENTENCE.split(text[max(0, mention.start - _BEFORE) : mention.start])[-1]
    after = _SENTENCE.split(text[mention.end : mention.end + _AFTER], maxsplit=1)[0]
    start, end = mention.start - len(before), mention.end + len(after)
    left = _signed(text, start, mention.start, among)
    right = _signed(text, mention.end, end, among)
    return f"\n{left}{THIS}{right}\n" if start == 0 or text[start - 1] in "。!?\n" else f"{left}{THIS}{right}\n"


def _signed(text: str, start: int, end: int, among: Sequence[Mention]) -> str:
    """A stretch of text with every name that lies within it replaced by one sign."""
    pieces, at = [], start
    for other in among:
        if at <= other.start and other.end <= end:
            pieces += [text[at : other.start], OTHER]
            at = other.end
    return "".join((*pieces, text[at:end]))
