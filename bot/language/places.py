"""Where is the store? The province that a text gives as its place, beyond doubt; else nothing: a wrong one is dearer.

A name counts on word boundaries only (推广|东西 names no 广东); one that stands for several provinces waits for another
that explains it; what is a road, a dish, a warehouse or a home town is set aside; and where the store's own place is
told (店在…, 我是…的加盟商) the other names no longer matter.
"""

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.desk.people import Region, region_of
from bot.desk.words import Segmenter
from bot.language.gazetteer import Gazetteer, load_gazetteer
from bot.language.mentions import Finder, Mention
from bot.language.place_roles import Role, Roles, load_table
from bot.language.plain import plain, simplified
from bot.language.segmenter import JiebaSegmenter
from bot.language.speech import Speech

_OURS: Final = re.compile(r"(?:[我咱俺额]们?(?:在|是|这|搁)?)$")
_ALONE_BEFORE: Final = re.compile(r"(?:^|[,。!?;:\s])$")
_ALONE_AFTER: Final = re.compile(
    r"(?:省|市)?(?:的|嘞|这边|这里)?(?:[,。!?;:\s]|$)|(?:地区|区域|片区|省?内|境内|全省|这[几两]天|今[天年早晚]|昨[天晚]|最近|[跟离]你们|[早晚]上|白天|[春夏秋冬]天|天[冷热]|[小老新]店)"
)
"""What makes a province that is named without a city the store's: said of us, or as a clause of its own."""
_AND: Final = re.compile(r"(?:的?店|那边|这边)?(?:[和跟与及或、/&]|还有|以及|或者)")
_BREAK: Final = re.compile(r"(?<=[\u4e00-\u9fff\w)】”]) +(?=[\u4e00-\u9fff]{2})")
"""A blank where others put a comma; no word has one within (`plain` joins what is split on purpose)."""
_SIGNS: Final = str.maketrans({"\x00": " ", "\x01": " ", "\U00020bb6": "嗰"})
"""What stands for names may not come from outside; and OpenCC takes the 嗰 of Cantonese for a traditional form."""
_OLD_FORMS: Final = 2
"""Characters in traditional form that make a text one of Hong Kong, Macao or Taiwan; one may be a slip."""


@dataclass(frozen=True)
class PlaceGuess:
    """The province by its short name (四川, 内蒙古, 北京) and the region's code, each None when in doubt; and why."""

    province: str | None
    region: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Judged:
    mention: Mention
    written: str
    role: Role
    is_tight: bool
    is_wide: bool

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


class Places:
    """Reads places out of texts; may be shared by threads. `warm` loads what the first guess would load (0.2 s)."""

    def __init__(self, segmenter: Segmenter | None = None, regions: Sequence[Region] = ()) -> None:
        self._segmenter = segmenter or JiebaSegmenter()
        self._regions = tuple(regions)
        self._lock = threading.Lock()
        self._reader: _Reader | None = None

    def warm(self) -> None:
        """Load names and patterns unless they are loaded; any number of threads may call this, one does the work."""
        with self._lock:
            if self._reader is None:
                self._reader = _Reader(load_gazetteer(), load_table(), self._segmenter, self._regions)

    def guess(self, text: str) -> PlaceGuess:
        """The one province that the text gives as the store's place, else perhaps a region; never raises."""
        if self._reader is None:
            self.warm()
        assert self._reader is not None
        return self._reader.guess(_BREAK.sub(",", plain(text).translate(_SIGNS)), _is_traditional(text))


class _Reader:
    """What `Places` holds once it is loaded."""

    def __init__(
        self, gazetteer: Gazetteer, table: dict[str, Any], segmenter: Segmenter, regions: Sequence[Region]
    ) -> None:
        self._finder = Finder(gazetteer, segmenter)
        self._roles = Roles(table)
        self._speech = Speech(table["speech"])
        self._words: dict[str, str] = table["words"]
        self._regions = tuple(regions)
        self._wide = _Wide(gazetteer, table["regions"], regions)

    def guess(self, text: str, is_traditional: bool) -> PlaceGuess:
        mentions = self._spoken(text, self._finder.mentions(text), is_traditional)
        judged = _undenied(_levelled(text, [self._judged(text, mention, mentions) for mention in mentions]))
        aside = tuple(self._aside(one) for one in judged if not one.counts)
        chosen = _chosen(judged)
        provinces = sorted({province for one in chosen for province in one.mention.provinces})
        if not chosen:
            wide = self._wide.region(text)
            return PlaceGuess(None, wide[0], self._reasons(*wide, aside))
        if len(provinces) == 1 and any(one.is_decisive or _explains(one, judged) for one in chosen):
            return PlaceGuess(provinces[0], self._region_of(provinces), (*self._named(chosen), *aside))
        return PlaceGuess(None, self._region_of(provinces), (*self._torn(chosen, provinces), *aside))

    def _spoken(self, text: str, mentions: list[Mention], is_traditional: bool) -> list[Mention]:
        """Names of several provinces, and everyday words, as the ones who speak so mean them."""
        if all(mention.is_decisive for mention in mentions):
            return mentions
        return [self._speech.meant(mention, text, is_traditional) for mention in mentions]

    def _judged(self, text: str, mention: Mention, among: Sequence[Mention]) -> _Judged:
        role = self._roles.of(text, mention, among)
        written = text[mention.start : mention.end]
        is_wide = mention.is_wide and not _is_ours(text, mention)
        return _Judged(mention, written, role, (mention.is_telling or role.heads) and role.tells, is_wide)

    def _region_of(self, provinces: Iterable[str]) -> str | None:
        """The region that serves all of them, if one does."""
        found = {region.code if region else None for p in provinces for region in (region_of(p, self._regions),)}
        return found.pop() if len(found) == 1 else None

    def _named(self, chosen: Sequence[_Judged]) -> list[str]:
        best = next((one for one in chosen if one.is_decisive), chosen[0])
        key = "named" if best.role.is_store else "mentioned"
        return [self._words[key].format(province=next(iter(best.mention.provinces)), written=best.written)]

    def _torn(self, chosen: Sequence[_Judged], provinces: Sequence[str]) -> list[str]:
        if len(provinces) == 1 and chosen[0].is_in_passing:
            return [self._words["in_passing"].format(written=chosen[0].written)]
        if all(one.is_in_passing for one in chosen):
            return [self._words["several"].format(provinces="、".join(provinces))]
        torn = [one for one in chosen if not one.is_decisive]
        if torn:
            return [self._words["torn"].format(written=torn[0].written)]
        return [self._words["several"].format(provinces="、".join(provinces))]

    def _aside(self, one: _Judged) -> str:
        if one.role.veto:
            return self._words["aside"].format(written=one.written, why=one.role.veto)
        return self._words["everyday"].format(written=one.written)

    def _reasons(self, region: str | None, written: str, aside: tuple[str, ...]) -> tuple[str, ...]:
        if region:
            return (self._words["region_only"].format(written=written), *aside)
        return aside or (self._words["none"],)


def _is_traditional(text: str) -> bool:
    return sum(one != other for one, other in zip(text, simplified(text), strict=False)) >= _OLD_FORMS


def _is_ours(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 4) : mention.start]
    is_alone = _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(text, mention.end)
    return bool(_OURS.search(before) or is_alone)


def _levelled(text: str, judged: Sequence[_Judged]) -> list[_Judged]:
    """Names in one breath are the store's place both, or neither."""
    out = list(judged)
    for n, other in enumerate(judged[1:]):
        if other.counts and out[n].counts and _is_one_breath(text, out[n], other):
            out[n : n + 2] = _alike(out[n], other)
    return out


def _alike(one: _Judged, other: _Judged) -> tuple[_Judged, _Judged]:
    is_store, opens = one.role.is_store or other.role.is_store, one.role.opens or other.role.opens
    is_wide = one.is_wide and other.is_wide
    alike = (replace(each, role=replace(each.role, is_store=is_store, opens=opens)) for each in (one, other))
    first, second = (replace(each, is_wide=is_wide) for each in alike)
    return first, second


def _undenied(judged: Sequence[_Judged]) -> list[_Judged]:
    """Without the places of which the writer says once that they are not the store's (我不是青海的)."""
    why = {one.written: one.role.veto for one in judged if one.role.is_denied}
    return [replace(one, role=Role(veto=why[one.written])) if one.written in why else one for one in judged]


def _is_one_breath(text: str, one: _Judged, other: _Judged) -> bool:
    """成都和重庆, 厦门南昌; or 江城汉口, where a name that decides nothing leads to one that does."""
    if one.mention.end == other.mention.start:
        return other.is_decisive
    return _AND.fullmatch(text, one.mention.end, other.mention.start) is not None


def _chosen(judged: Sequence[_Judged]) -> list[_Judged]:
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
    return [one for one in counting if _explains(one, chosen)] or chosen


def _explains(one: _Judged, chosen: Sequence[_Judged]) -> bool:
    """北京 explains which 通州 is meant."""
    others = (other for other in chosen if other is not one and not other.mention.is_decisive)
    return one.mention.is_decisive and any(one.mention.provinces & other.mention.provinces for other in others)


class _Wide:
    """Names wider than a province: 江浙沪, 华东."""

    def __init__(self, gazetteer: Gazetteer, table: dict[str, str], regions: Sequence[Region]) -> None:
        self._regions = tuple(regions)
        self._groups = dict(gazetteer.groups)
        by_name = {region.name: region.code for region in regions}
        self._by_name = by_name
        longest_first = sorted((*by_name, *self._groups), key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._before = re.compile(table["before"])
        self._after = re.compile(table["vetoes"])

    def region(self, text: str) -> tuple[str | None, str]:
        """The code of the one region that a text names, and how it is written there."""
        found = {
            code: match.group()
            for match in self._names.finditer(text)
            for code in (self._code(match.group()),)
            if code and not self._is_aside(text, match)
        }
        return next(iter(found.items())) if len(found) == 1 else (None, "")

    def _code(self, name: str) -> str | None:
        if name in self._by_name:
            return self._by_name[name]
        codes = {region.code for p in self._groups[name] for region in (region_of(p, self._regions),) if region}
        return codes.pop() if len(codes) == 1 else None

    def _is_aside(self, text: str, match: re.Match[str]) -> bool:
        before = text[max(0, match.start() - 8) : match.start()]
        is_group = match.group() in self._groups
        return not is_group and bool(self._before.search(before) or self._after.match(text, match.end()))


def province_named(text: str) -> str | None:
    """The province that a text names, by the data that comes with the program. Loads it each time: for single use."""
    return Places().guess(text).province
