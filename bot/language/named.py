"""Which provinces a short answer names at all: whoever was asked 哪个省 may answer 上海麦垄街店, which elsewhere is in
passing and decides nothing (`places.py`)."""

import re
import threading
from typing import Final

from bot.desk.thanks import is_thanks
from bot.desk.words import Segmenter
from bot.language.gazetteer import load_gazetteer
from bot.language.mentions import Finder
from bot.language.place_roles import Roles, load_table, window_of
from bot.language.plain import plain

LONGEST: Final = 20
"""Characters of an answer to that question: who writes more tells of a matter."""
_WORD: Final = 4
"""With so few there is hardly a matter in it (老地方), unless it is a greeting."""
_ASKS: Final = re.compile("[?]|[吗么呢]$|怎么|什么|多少|能不能|几时")
_PLACE: Final = re.compile(
    r"(?:店|铺|路|街|道|巷|号|广场|中心|商场|城|镇|乡|村|区|县|市|省|州|[这那]边|[这那]里|[这那]家|的|人)[\W_]*$"
)
"""How an answer ends that tells where; 广西沃柑少发了两箱 tells of a matter."""
_GREETS: Final = re.compile(r"(?:您|你|你们|老师|客服|大家|上午|下午|早上|晚上)?好(?:啊|呀)?[\W_]*|在吗?|稍等")


class NamedProvinces:
    """Reads short answers; may be shared by threads. Nothing is loaded before the first of them."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._lock = threading.Lock()
        self._tools: tuple[Finder, Roles] | None = None

    def of(self, text: str) -> frozenset[str]:
        """The provinces by their short names; none of words that are no answer. Never raises."""
        told = plain(text).replace("\x00", " ").replace("\x01", " ").strip()
        if not is_short(told):
            return frozenset()
        finder, roles = self._loaded()
        found = finder.mentions(told)
        if not any(not told[m.end :].strip(" 。.!~") for m in found) and _PLACE.search(told) is None:
            return frozenset()
        named = (m for m in found if not m.is_everyday and not roles.of(window_of(told, m, found), m).veto)
        return frozenset(province for mention in named for province in mention.provinces)

    def _loaded(self) -> tuple[Finder, Roles]:
        with self._lock:
            if self._tools is None:
                self._tools = Finder(load_gazetteer(), self._segmenter), Roles(load_table())
            return self._tools


def is_short(text: str) -> bool:
    """Whether a text is a few words that ask nothing."""
    return 0 < len(text) <= LONGEST and _ASKS.search(text) is None


def may_answer(text: str) -> bool:
    """Whether words look like an answer to the question for a place, whatever they name."""
    told = text.strip()
    is_word = len(told) <= _WORD and _GREETS.fullmatch(told) is None
    return is_short(told) and not is_thanks(told) and (is_word or _PLACE.search(told) is not None)
