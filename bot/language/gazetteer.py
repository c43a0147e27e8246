"""The names of places: provinces, prefectures, counties of a maintained data package, and what our own file adds.

A name may stand for several places (朝阳 is a city in Liaoning, a district of Beijing and one of Changchun): it
keeps all of them, so that another name beside it can choose. What decides nothing alone is worked out from the data
where it can be (one name, several provinces), and listed in `place_names.toml` where it can't (everyday words, points
of the compass).
"""

import functools
import importlib.util
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.desk.people import PROVINCES, normalise_province
from bot.language.plain import simplified
from bot.language.sounds import PinyinSounds

NAMES: Final = Path(__file__).with_name("place_names.toml")
"""Other names, towns, groups of provinces, and names that decide nothing alone."""
_TOWN, _NICKNAME = "000009", "000000"
"""Stand for the codes of a place that the package doesn't know and of a province's other name."""
_PACKAGE, _FILE = "GeoToolCN", "data/china_admin.json"
"""The data of `geotool-cn`, read as a file: importing the package would load its six megabytes of polygons."""

_PEOPLES: Final = (
    "满 蒙古 回 达斡尔 鄂伦春 鄂温克 朝鲜 土家 苗 侗 瑶 壮 布依 彝 白 傣 景颇 傈僳 藏 羌 哈尼 佤 拉祜 "
    "纳西 独龙 怒 普米 布朗 黎 畲 仡佬 水 毛南 仫佬 土 撒拉 保安 东乡 裕固 哈萨克 柯尔克孜 塔吉克 锡伯 "
    "维吾尔 俄罗斯 各"
).replace(" ", "|")
_AUTONOMOUS: Final = re.compile(rf"^(.{{2,}}?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜)+自治(州|县|旗)$")
_SUFFIX: Final = re.compile(r"^(.{2,}?)(?:自治旗|自治县|自治州|特别行政区|地区|新区|林区|市|县|区|旗|盟)$")

_CITIES: Final = frozenset(("北京", "上海", "天津", "重庆", "香港", "澳门"))
"""Of the size of a province, but spoken of as cities."""
_ZHOU: Final = str.maketrans("州洲", "洲州")
_SHORT: Final = (2, 3, 4)
"""Characters of a city's short name."""
_LETTERS: Final = 6
"""Fewer letters are too often a word of English, a syllable or a brand (xian, wuxi)."""
_YANG: Final = str.maketrans("阳", "杨")


@dataclass(frozen=True)
class Place:
    """A place by its six-digit code (national standard GB/T 2260), with its province by short name."""

    code: str
    province: str

    @property
    def level(self) -> int:
        """1 a province, 2 a prefecture or a city directly below it (仙桃), 3 a county, 4 a town of our own file."""
        if self.code == _TOWN:
            return 4
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") or self.is_direct else 3

    @property
    def is_wide(self) -> bool:
        """A province, not one of those that are cities."""
        return self.level == 1 and self.province not in _CITIES

    @property
    def is_direct(self) -> bool:
        """A city of a county's size that is directly below its province (仙桃, 石河子)."""
        return self.code.startswith("90", 2)

    def lies_in(self, other: "Place") -> bool:
        """Whether this is a part of the other, by its code; a town knows only its province."""
        if self.province != other.province:
            return False
        is_within = self.code[2:4] in ("00", other.code[2:4])
        return other.level == 1 or (self.level > other.level and is_within)


@dataclass(frozen=True)
class Name:
    """A written name: the places that it may stand for, and whether it may decide without another name's help.

    `is_vague`: points of the compass and the like, everywhere some place is called so. `is_telling`: a city or county
    that 店 or 这边 behind it makes out even though its name is an everyday word.
    """

    written: str
    places: tuple[Place, ...]
    is_decisive: bool
    is_everyday: bool = False
    is_telling: bool = False
    is_vague: bool = False

    @property
    def provinces(self) -> frozenset[str]:
        """The provinces that it may mean."""
        return frozenset(place.province for place in self.places)


@dataclass(frozen=True)
class Gazetteer:
    """Every name by how it is written, and the groups of provinces (江浙沪)."""

    names: Mapping[str, Name]
    groups: Mapping[str, tuple[str, ...]]


@functools.cache
def load_gazetteer(names: Path = NAMES) -> Gazetteer:
    """Read the data package and our own file (about 30 ms), once a process."""
    own: dict[str, Any] = tomllib.loads(names.read_text(encoding="utf-8"))
    meant: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for written, place in (*_of_the_package(), *_of_our_own(own)):
        meant[written][place.code + place.province] = place
    undecided = {key: frozenset(words) for key, words in own["undecided"].items()}
    for written, typo in _mistyped(meant):
        meant[typo] = meant[written]
    for letters, places in _in_letters(meant, own["letters"]).items():
        meant[letters] = dict(places)
    built = {written: _name(written, tuple(places.values()), undecided, meant) for written, places in meant.items()}
    groups = {written: tuple(provinces) for written, provinces in own["groups"].items()}
    return Gazetteer(built, groups)


def _mistyped(names: Collection[str]) -> list[tuple[str, str]]:
    """Names with 州 typed as 洲 and the other way round (郑洲, 株州), 阳 as 杨: the same keys give both."""
    swapped = ((name, name[0] + name[1:].translate(swap)) for name in names if len(name) > 1 for swap in (_ZHOU, _YANG))
    return [(name, typo) for name, typo in swapped if typo != name and typo not in names]


def _in_letters(meant: Mapping[str, Mapping[str, Place]], own: Mapping[str, str]) -> Mapping[str, Mapping[str, Place]]:
    """Cities as they are typed when the keyboard stays with letters (chengdu), where no other place is read alike."""
    sounds = PinyinSounds()
    read: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for name, places in meant.items():
        if len(name) in _SHORT and not name.endswith(("市", "省", "区", "县")):
            read[own.get(name) or "".join(map(sounds.usual, name))].update(places)
    return {letters: places for letters, places in read.items() if len(letters) >= _LETTERS and _is_one_city(places)}


def _is_one_city(places: Mapping[str, Place]) -> bool:
    is_one = len({place.province for place in places.values()}) == 1
    return is_one and any(place.level < 3 and place.code != _NICKNAME for place in places.values())


def short_of(full: str) -> str:
    """武汉市 → 武汉, 恩施土家族苗族自治州 → 恩施, 浦东新区 → 浦东; 赵县 stays, since one character names nothing."""
    autonomous = _AUTONOMOUS.match(full)
    if autonomous:
        return autonomous.group(1)
    plain = _SUFFIX.match(full)
    return plain.group(1) if plain else full


def _of_the_package() -> Iterator[tuple[str, Place]]:
    data = json.loads(_data_file().read_text(encoding="utf-8"))
    provinces = {code[:2]: normalise_province(name) or name for code, name in data["provinces"]}
    for code, name in data["provinces"]:
        yield from ((written, Place(code, provinces[code[:2]])) for written in (name, provinces[code[:2]]))
    for code, name in (*data["cities"], *data["districts"]):
        if "直辖" not in name and len(name) > 1:
            yield from ((written, Place(code, provinces[code[:2]])) for written in _written(simplified(name)))


def _data_file() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the data package {_PACKAGE} (geotool-cn) is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / _FILE


def _written(full: str) -> Iterator[str]:
    """How a prefecture or county is written: in full, short, and 恩施州 for an autonomous one."""
    short = short_of(full)
    autonomous = _AUTONOMOUS.match(full)
    if autonomous and len(short) > 1:
        yield short + autonomous.group(2)
    if len(short) > 1 and short not in PROVINCES:  # 海南 is the province, though a prefecture of Qinghai is called so
        yield short
    yield full


def _of_our_own(own: Mapping[str, Any]) -> Iterator[tuple[str, Place]]:
    for province, names in own["provinces"].items():
        yield from ((name, Place(_NICKNAME, province)) for name in names)
    for province, names in own["towns"].items():
        yield from ((name, Place(_TOWN, province)) for name in names)


def _name(
    written: str,
    places: tuple[Place, ...],
    undecided: Mapping[str, Collection[str]],
    full: Mapping[str, Mapping[str, Place]],
) -> Name:
    """Whether a name decides: some places outweigh others of the same name, several provinces never do."""
    top = min(place.level for place in places)
    weighty = places if written in undecided["torn"] else _weighty(places, _better_known(written, undecided, full))
    provinces = {place.province for place in weighty}
    short = short_of(written)
    is_county_in_full = written != short and not written.endswith("区")  # 和平县 is one, 和平区 are many
    is_generic = short in undecided["generic"] and top >= 3 and not is_county_in_full
    is_everyday = written in undecided["everyday"]
    is_decisive = len(provinces) == 1 and not is_generic and written not in undecided["torn"]
    is_city = (top < 3 or f"{written}市" in full) and written not in undecided["streets"]
    is_telling = is_city or written in undecided["counties"]
    decides = (is_decisive and not is_everyday, is_decisive and is_everyday, is_telling)
    return Name(written, _first(weighty, places), *decides, is_vague=is_generic)


def _better_known(
    written: str, undecided: Mapping[str, Collection[str]], full: Mapping[str, Mapping[str, Place]]
) -> Mapping[str, Place]:
    """The city of a county's size that is called so, or the county where the file says that it is the one meant."""
    county = full.get(f"{written}县", {}) if written in undecided["outweighing"] else {}
    return full.get(f"{written}市", county)


def _weighty(places: tuple[Place, ...], cities: Mapping[str, Place]) -> tuple[Place, ...]:
    """A prefecture outweighs counties of the same name, and a city of a county's size (开平市) a district (开平区)."""
    top = min(place.level for place in places)
    if top < 3:
        return tuple(place for place in places if place.level == top)
    return tuple(place for place in places if place in cities.values()) or places


def _first(weighty: tuple[Place, ...], places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The weighty ones first; the others stay, so that 大庆大同 is not read as Shanxi."""
    return weighty + tuple(place for place in places if place not in weighty)
