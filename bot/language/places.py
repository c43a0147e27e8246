"""Where is the store? The province that a text gives as its place, beyond doubt; else nothing: a wrong one is dearer.

A name counts on word boundaries only (推广|东西 names no 广东); one that stands for several provinces waits for another
that explains it; what is a road, a dish, a warehouse or a home town is set aside; and where the store's own place is
told (店在…, 我是…的加盟商) the other names no longer matter. What was learned of a name's surroundings may deny what
these rules say, or give what they leave in doubt or set aside.
"""

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.desk.people import Region, region_of
from bot.desk.words import Segmenter
from bot.language.gazetteer import Gazetteer, load_gazetteer
from bot.language.mentions import Finder, Mention
from bot.language.place_choice import Judged, chosen_of, explains, levelled, undenied
from bot.language.place_roles import Roles, load_table, window_of
from bot.language.plain import plain, simplified
from bot.language.segmenter import JiebaSegmenter
from bot.language.speech import Speech
from bot.language.surroundings import Surroundings, load

_OURS: Final = re.compile(r"(?:[我咱俺额]们?(?:在|是|这|搁)?)$")
_ALONE_BEFORE: Final = re.compile(r"(?:^|[,。!?;:\s])$")
_ALONE_AFTER: Final = re.compile(
    r"(?:省|市)?(?:的|嘞|这边|这里)?(?:[,。!?;:\s]|$)|(?:地区|区域|片区|省?内|境内|全省|这[几两]天|今[天年早晚]|昨[天晚]|最近|[跟离]你们|[早晚]上|白天|[春夏秋冬]天|天[冷热]|[小老新]店)"
)
"""What makes a province that is named without a city the store's: said of us, or as a clause of its own."""
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


class Places:
    """Reads places out of texts; may be shared by threads. `warm` loads what the first guess would load (0.2 s)."""

    def __init__(
        self,
        segmenter: Segmenter | None = None,
        regions: Sequence[Region] = (),
        surroundings: Surroundings | None = None,
    ) -> None:
        self._segmenter = segmenter or JiebaSegmenter()
        self._regions = tuple(regions)
        self._surroundings = surroundings
        self._lock = threading.Lock()
        self._reader: _Reader | None = None

    def warm(self) -> None:
        """Load names and patterns unless they are loaded; any number of threads may call this, one does the work."""
        with self._lock:
            if self._reader is None:
                learned = self._surroundings or load()
                self._reader = _Reader(load_gazetteer(), load_table(), self._segmenter, self._regions, learned)

    def guess(self, text: str) -> PlaceGuess:
        """The one province that the text gives as the store's place, else perhaps a region; never raises."""
        return self._loaded().guess(_told(text), _is_traditional(text))

    def judged(self, text: str) -> list[Judged]:
        """The names of places in a text and what is made of each; never raises."""
        return self._loaded().judged(_told(text), _is_traditional(text))

    def _loaded(self) -> "_Reader":
        if self._reader is None:
            self.warm()
        assert self._reader is not None
        return self._reader


class _Reader:
    """What `Places` holds once it is loaded."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        table: dict[str, Any],
        segmenter: Segmenter,
        regions: Sequence[Region],
        surroundings: Surroundings,
    ) -> None:
        self._finder = Finder(gazetteer, segmenter)
        self._roles = Roles(table)
        self._speech = Speech(table["speech"])
        self._words: dict[str, str] = table["words"]
        self._regions = tuple(regions)
        self._wide = _Wide(gazetteer, table["regions"], regions)
        self._surroundings = surroundings

    def guess(self, text: str, is_traditional: bool) -> PlaceGuess:
        judged = self.judged(text, is_traditional)
        return self._weighed(self._ruled(text, judged), judged)

    def judged(self, text: str, is_traditional: bool) -> list[Judged]:
        mentions = self._spoken(text, self._finder.mentions(text), is_traditional)
        return undenied(levelled(text, [self._judged(text, mention, mentions) for mention in mentions]))

    def _ruled(self, text: str, judged: Sequence[Judged]) -> PlaceGuess:
        aside = tuple(self._aside(one) for one in judged if not one.counts)
        chosen = chosen_of(judged)
        provinces = sorted({province for one in chosen for province in one.mention.provinces})
        if not chosen:
            wide = self._wide.region(text)
            return PlaceGuess(None, wide[0], self._reasons(*wide, aside))
        if len(provinces) == 1 and any(one.is_decisive or explains(one, judged) for one in chosen):
            return PlaceGuess(provinces[0], self._region_of(provinces), (*self._named(chosen), *aside))
        return PlaceGuess(None, self._region_of(provinces), (*self._torn(chosen, provinces), *aside))

    def _weighed(self, ruled: PlaceGuess, judged: Sequence[Judged]) -> PlaceGuess:
        """The rules' guess, unless the surroundings speak clearly against it, or for a place where it is none."""
        limits, telling = self._surroundings.limits, [one for one in judged if one.tells]
        if ruled.province is None:
            likely = [one for one in telling if one.may_be_given and one.odds >= 0]
            provinces = {province for one in likely for province in one.mention.provinces}
            if len(provinces) != 1 or max(one.odds for one in likely) < limits.gives:
                return ruled
            return PlaceGuess(min(provinces), self._region_of(provinces), tuple(self._named(likely)))
        ours = [one for one in telling if ruled.province in one.mention.provinces]
        best = max(ours, key=lambda one: one.odds)
        if best.odds >= limits.below(is_told=any(one.role.is_store for one in ours)):
            return ruled
        aside = (self._aside(one) for one in judged if not one.counts)
        return PlaceGuess(None, None, (self._words["elsewhere"].format(written=best.written), *aside))

    def _spoken(self, text: str, mentions: list[Mention], is_traditional: bool) -> list[Mention]:
        """Names of several provinces, and everyday words, as the ones who speak so mean them."""
        if all(mention.is_decisive for mention in mentions):
            return mentions
        return [self._speech.meant(mention, text, is_traditional) for mention in mentions]

    def _judged(self, text: str, mention: Mention, among: Sequence[Mention]) -> Judged:
        window = window_of(text, mention, among)
        role = self._roles.of(window, mention)
        written = text[mention.start : mention.end]
        is_wide = mention.is_wide and not _is_ours(text, mention)
        is_tight = (mention.is_telling or role.heads) and role.tells
        odds = self._surroundings.odds(window, mention) if mention.is_decisive or mention.is_everyday else 0.0
        return Judged(mention, written, window, role, is_tight, is_wide, odds)

    def _region_of(self, provinces: Iterable[str]) -> str | None:
        """The region that serves all of them, if one does."""
        found = {region.code if region else None for p in provinces for region in (region_of(p, self._regions),)}
        return found.pop() if len(found) == 1 else None

    def _named(self, chosen: Sequence[Judged]) -> list[str]:
        best = next((one for one in chosen if one.is_decisive), chosen[0])
        key = "named" if best.role.is_store else "mentioned"
        return [self._words[key].format(province=next(iter(best.mention.provinces)), written=best.written)]

    def _torn(self, chosen: Sequence[Judged], provinces: Sequence[str]) -> list[str]:
        if len(provinces) == 1 and chosen[0].is_in_passing:
            return [self._words["in_passing"].format(written=chosen[0].written)]
        if all(one.is_in_passing for one in chosen):
            return [self._words["several"].format(provinces="、".join(provinces))]
        torn = [one for one in chosen if not one.is_decisive]
        if torn:
            return [self._words["torn"].format(written=torn[0].written)]
        return [self._words["several"].format(provinces="、".join(provinces))]

    def _aside(self, one: Judged) -> str:
        if one.role.veto:
            return self._words["aside"].format(written=one.written, why=one.role.veto)
        return self._words["everyday"].format(written=one.written)

    def _reasons(self, region: str | None, written: str, aside: tuple[str, ...]) -> tuple[str, ...]:
        if region:
            return (self._words["region_only"].format(written=written), *aside)
        return aside or (self._words["none"],)


def _told(text: str) -> str:
    return _BREAK.sub(",", plain(text).translate(_SIGNS))


def _is_traditional(text: str) -> bool:
    return sum(one != other for one, other in zip(text, simplified(text), strict=False)) >= _OLD_FORMS


def _is_ours(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 4) : mention.start]
    is_alone = _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(text, mention.end)
    return bool(_OURS.search(before) or is_alone)


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
