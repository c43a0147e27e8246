"""Which of the places that a text names is the store's: names in one breath go together, the store's own place as it
is told comes before all others, and a name that explains another speaks for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.language.mentions import Mention
from bot.language.place_roles import Role

_AND: Final = re.compile(r"(?:的?店|那边|这边)?(?:[和跟与及或、/&]|还有|以及|或者)")


@dataclass(frozen=True)
class Judged:
    """A name, how it is written, its window (`place_roles.window_of`) and what is made of it.

    `is_tight`: the words beside it make a place of an everyday word. `is_wide`: a province that is not said of us.
    `odds`: what its surroundings say (`surroundings.py`), 0 for one that stands for several provinces.
    """

    mention: Mention
    written: str
    window: str
    role: Role
    is_tight: bool
    is_wide: bool
    odds: float

    @property
    def tells(self) -> bool:
        """Whether it is of one province, at least as a place."""
        return self.mention.is_decisive or self.mention.is_everyday

    @property
    def may_be_given(self) -> bool:
        """Whether its surroundings may make it the store's place where the rules are in doubt."""
        return self.mention.is_decisive and not self.role.is_denied

    @property
    def is_in_passing(self) -> bool:
        """A province that is only mentioned (广西沃柑), or a name in the midst of other matters, places no store."""
        return not self.role.is_store and (self.is_wide or not self.role.opens)

    @property
    def counts(self) -> bool:
        return not self.role.veto and (not self.mention.is_everyday or self.is_tight)

    @property
    def is_decisive(self) -> bool:
        is_clear = self.mention.is_decisive or (self.mention.is_everyday and self.is_tight)
        return is_clear and not self.is_in_passing


def levelled(text: str, judged: Sequence[Judged]) -> list[Judged]:
    """Names in one breath are the store's place both, or neither."""
    out = list(judged)
    for n, other in enumerate(judged[1:]):
        if other.counts and out[n].counts and _is_one_breath(text, out[n], other):
            out[n : n + 2] = _alike(out[n], other)
    return out


def _alike(one: Judged, other: Judged) -> tuple[Judged, Judged]:
    is_store, opens = one.role.is_store or other.role.is_store, one.role.opens or other.role.opens
    is_wide = one.is_wide and other.is_wide
    alike = (replace(each, role=replace(each.role, is_store=is_store, opens=opens)) for each in (one, other))
    first, second = (replace(each, is_wide=is_wide) for each in alike)
    return first, second


def undenied(judged: Sequence[Judged]) -> list[Judged]:
    """Without the places of which the writer says once that they are not the store's (我不是青海的)."""
    why = {one.written: one.role.veto for one in judged if one.role.is_denied and one.role.veto}
    denied = {written: Role(veto=veto, is_denied=True) for written, veto in why.items()}
    return [replace(one, role=denied.get(one.written, one.role)) for one in judged]


def _is_one_breath(text: str, one: Judged, other: Judged) -> bool:
    """成都和重庆, 厦门南昌; or 江城汉口, where a name that decides nothing leads to one that does."""
    if one.mention.end == other.mention.start:
        return other.is_decisive
    return _AND.fullmatch(text, one.mention.end, other.mention.start) is not None


def chosen_of(judged: Sequence[Judged]) -> list[Judged]:
    """The mentions that count: the store's own place if it is told, and of several readings those that all allow."""
    counting = [one for one in judged if one.counts]
    headed = [one for one in counting if one.role.heads and one.is_decisive]
    told = headed or [one for one in counting if one.role.is_store]
    chosen = told or counting
    clear = [one for one in chosen if one.is_decisive]
    if clear:
        allowed = {province for one in clear for province in one.mention.provinces}
        agree = [one for one in chosen if one in clear or not one.mention.provinces & allowed]
        is_told = any(one.role.is_store for one in clear)
        return [one for one in agree if one.is_decisive or (one.role.is_store and not is_told)]
    return [one for one in counting if explains(one, chosen)] or chosen


def explains(one: Judged, chosen: Sequence[Judged]) -> bool:
    """北京 explains which 通州 is meant."""
    others = (other for other in chosen if other is not one and not other.mention.is_decisive)
    return one.mention.is_decisive and any(one.mention.provinces & other.mention.provinces for other in others)
