"""Find the names of places in a text: on word boundaries, the longest first, 辽宁朝阳 as one that explains itself."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, Final

import ahocorasick

from bot.desk.words import Segmenter
from bot.language.gazetteer import Gazetteer, Name, Place

MOST: Final = 24
"""Names looked at in one text: nobody lists more, and a wall of names may not hold up the desk."""
_BETWEEN: Final = re.compile(r"[ ,·\-/]?(?:[省市]?的)?[ ,]?")
"""What may stand between a place and the part of it that is named next: 四川省的 成都."""
_STREET: Final = re.compile(r"[东西南北中]?(?:路|街(?!道|区)|大道|大街|巷|弄|胡同)")
"""What makes a street of the second name: 江阴澄江路 is in 江阴, and 澄江 says nothing."""
_TAKES: Final = frozenset("在是我从到于")
_TAKEN: Final = frozenset("的店东西南北")
_SAID: Final = re.compile(r"店|开|这|的(?:店|[,。!?]|$)|加盟|做|县|市|城|[东西南北]|[,。!?]|$")
"""What is said after a place, and seldom after the words that are spelt as one (问题在于都没人管)."""
_EACH: Final = ("各", "两", "都")
"""What says that two names in a row are two places."""
_TOWNS: Final = ("镇", "乡", "街道")
_TOWN: Final = re.compile(r"[\u4e00-\u9fff]{1,2}[镇乡](?![长亲里下])|[东西南北][山门湖江](?![里外])")
_HEAD: Final = re.compile(r"[\u4e00-\u9fff]{2}店?[,;:]|[\u4e00-\u9fff]{1,3}(?:[路街镇]|大道)[,;:的店]")
_PREFECTURE: Final = 2
_COUNTY: Final = 3
_SIGHTS: Final = (
    "山庄", "大学", "学院", "公园", "机场", "广场", "古镇", "古城", "景区", "火车站", "寺", "湖", "交大", "师大",
    "农大", "科大", "足球场", "体育场", "体育馆", "影城",
)  # fmt: skip
_LONG: Final = 3
"""What a longer word of the dictionary ends on that is called after its town (承德|避暑山庄)."""
_GROWS: Final = frozenset(
    ("人", "籍", "话", "站", "东站", "西站", "南站", "北站", "火车站", "高铁站", "机场", "县",
     "镇", "乡", "区", "市", "市区", "城区", "岛", "城", "路", "街", "菜", "店", "队", "大学",
     "口岸", "港", "码头", "古村", "老城", "老城区", "水乡", "影视城", "商贸城", "大学城", "科技园", "软件园",
     "工业园", "景点", "湖", "风景区", "度假区", "师范", "师范大学", "学院", "体育馆", "体育场", "步行街", "夜市",
     "水库", "江", "铜矿", "煤矿", "油田", "古城", "古镇", "景区", "新城", "新区", "老街", "开发区")
)  # fmt: skip
"""A longer word that begins with the name and ends so still speaks of the place (成都站); 三明治 does not."""


@dataclass(frozen=True)
class Mention:
    """A place as it is named at [start, end) of the text.

    `is_small`: a county or district; who names one has a store there. Of cities people also talk for other reasons.
    `is_vague`: everywhere some place is called so (新城, 城东). `is_address`: a place and a part of it (河津龙门).
    `is_local`: small, or a town or a sight, of which people do talk for other reasons.
    """

    start: int
    end: int
    places: tuple[Place, ...]
    is_decisive: bool
    is_everyday: bool = False
    is_telling: bool = False
    is_small: bool = False
    is_vague: bool = False
    is_address: bool = False
    is_local: bool = False

    @property
    def is_wide(self) -> bool:
        """A province, or a part of one."""
        return all(place.is_wide for place in self.places)

    @property
    def provinces(self) -> frozenset[str]:
        """The provinces that it may mean; the weightier place first decides when the name does."""
        return frozenset({self.places[0].province} if self.is_decisive or self.is_everyday else
                         {place.province for place in self.places})  # fmt: skip


class Finder:
    """Finds mentions; holds only what is compiled, and may be shared by threads."""

    def __init__(self, gazetteer: Gazetteer, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._names: Any = ahocorasick.Automaton()
        for written, name in gazetteer.names.items():
            self._names.add_word(written, name)
        self._names.make_automaton()

    def mentions(self, text: str) -> list[Mention]:
        """The mentions in order, those that explain one another joined; at most MOST names are looked at."""
        found = _longest(self._on_boundaries(text))
        return list(_chained(text, [_of(text, start, name) for start, name in found]))

    def _on_boundaries(self, text: str) -> Iterator[tuple[int, Name]]:
        hits = list(self._names.iter(text))
        if not hits:
            return
        pieces = (piece for word in self._segmenter.words(text) for piece in self._pieces(word))
        ends = list(accumulate(len(piece) for piece in pieces))
        edges = frozenset((0, *ends))
        found = [(last + 1 - len(name.written), name) for last, name in hits]
        in_chains = frozenset(_in_chains(found))
        spans = frozenset((start, start + len(name.written)) for start, name in found)
        for start, name in found:
            stands_alone = start in edges and (
                _ends_well(text, start + len(name.written), edges, ends) or _has_town(text, start, name)
            )
            if stands_alone or (start, name.written) in in_chains or _is_split(text, start, name, edges, spans):
                yield start, name

    def _pieces(self, word: str) -> tuple[str, ...]:
        """A dictionary word that is two names in a row (云南昆明) falls into them."""
        if len(word) > 3 and word not in self._names:
            for cut in range(2, len(word) - 1):
                if word[:cut] in self._names and word[cut:] in self._names:
                    return word[:cut], word[cut:]
        return (word,)


def _in_chains(found: Sequence[tuple[int, Name]]) -> Iterator[tuple[int, str]]:
    """Names that stand side by side, the second within the first (信阳光山): no boundary is needed (信|阳光|山)."""
    by_start: defaultdict[int, list[Name]] = defaultdict(list)
    for start, name in found:
        by_start[start].append(name)
    for start, whole in found:
        for part in by_start.get(start + len(whole.written), ()):
            if any(p != w and p.level > w.level and p.lies_in(w) for p in part.places for w in whole.places):
                yield start, whole.written
                yield start + len(whole.written), part.written


def _is_split(text: str, start: int, name: Name, edges: frozenset[int], spans: frozenset[tuple[int, int]]) -> bool:
    """在于都开店 was cut 在于|都: a common word of two characters took the name's first one, or its last (道|真的).

    `spans`: where names stand; what took a character must not be one itself (从江西来 is no 从江).
    """
    end = start + len(name.written)
    before, after = (start - 1, start + 1), (end - 1, end + 1)
    starts = start in edges or (text[start - 1] in _TAKES and edges.issuperset(before) and before not in spans)
    ends = end in edges or (text[end] in _TAKEN and edges.issuperset(after) and after not in spans)
    return name.is_decisive and starts and ends and _SAID.match(text, end) is not None


def _ends_well(text: str, end: int, edges: frozenset[int], ends: Sequence[int]) -> bool:
    if end in edges:
        return True
    rest = text[end : ends[bisect_left(ends, end)]]
    return rest in _GROWS or (len(rest) >= _LONG and rest.endswith(_SIGHTS))


def _has_town(text: str, start: int, name: Name) -> bool:
    """A county and a town of it that is cut elsewhere (乳|山口|镇), or both as the head of the text (秀|山洪|安)."""
    end = start + len(name.written)
    is_head = start == 0 and all(place.level == _COUNTY for place in name.places) and _HEAD.match(text, end)
    return bool((name.is_decisive or name.is_everyday) and is_head) or bool(name.is_decisive and _TOWN.match(text, end))


def _longest(found: Iterator[tuple[int, Name]]) -> list[tuple[int, Name]]:
    """Leftmost, then longest, none over another."""
    chosen: list[tuple[int, Name]] = []
    free = 0
    for start, name in sorted(found, key=lambda pair: (pair[0], -len(pair[1].written))):
        if start >= free and len(chosen) < MOST:
            chosen.append((start, name))
            free = start + len(name.written)
    return chosen


def _of(text: str, start: int, name: Name) -> Mention:
    end = start + len(name.written)
    is_county_town = name.written.endswith("县") and text.startswith("城", end)
    is_small = all(place.level == _COUNTY or place.is_direct for place in name.places)
    named = (name.places, name.is_decisive, name.is_everyday, name.is_telling)
    is_local = is_small or all(place.level > _PREFECTURE for place in name.places)
    return Mention(start, end + is_county_town, *named, is_small, name.is_vague, is_local=is_local)


def _chained(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Join each name to the one before when it names a part of that place."""
    held: Mention | None = None
    for mention in found:
        joined = _joined(text, held, mention) if held else None
        if held and joined is None:
            yield held
        held = joined or mention
    if held:
        yield held


def _joined(text: str, whole: Mention, part: Mention) -> Mention | None:
    if not _BETWEEN.fullmatch(text, whole.end, part.start) or _STREET.match(text, part.end):
        return None
    places = tuple(p for p in part.places if any(p != w and p.lies_in(w) for w in whole.places))
    if not places:
        return _absorbed(text, whole, part)
    is_one = len({place.province for place in places}) == 1
    is_small = part.is_small or whole.is_small
    joined = replace(part, start=whole.start, places=places, is_decisive=is_one, is_everyday=False)
    return replace(joined, is_small=is_small, is_address=is_small, is_local=part.is_local or whole.is_local)


def _absorbed(text: str, whole: Mention, part: Mention) -> Mention | None:
    """万宁兴隆 is a town of 万宁, whatever county is called so elsewhere; so is 东山县铜陵镇 one of 东山."""
    is_side_by_side = whole.end == part.start
    is_small = all(place.level > _PREFECTURE for place in part.places) or text.startswith(_TOWNS, part.end)
    is_one = is_side_by_side and not text.startswith(_EACH, part.end)
    is_part = is_one and is_small and whole.is_decisive and not (part.is_everyday and whole.is_wide)
    return replace(whole, end=part.end, is_address=whole.is_small) if is_part else None
