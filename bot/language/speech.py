"""How somebody writes narrows which place of a name is meant: 鹤山 in Cantonese is the one in Guangdong."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.language.mentions import Mention


class Speech:
    """The dialects of the data file, and the old forms of characters."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._traditional = frozenset(table["traditional"])
        self._dialects = tuple((re.compile(d["words"]), frozenset(d["provinces"])) for d in table["dialects"])

    def meant(self, mention: Mention, text: str, is_traditional: bool) -> Mention:
        """The mention with only the places of those who write so, if exactly one province of its own is among them."""
        if mention.is_decisive or mention.is_vague:
            return mention
        spoken = [provinces for words, provinces in self._dialects if words.search(text)]
        for provinces in (*spoken, *((self._traditional,) if is_traditional else ())):
            places = tuple(place for place in mention.places if place.province in provinces)
            if len({place.province for place in places}) == 1:
                return replace(mention, places=places, is_decisive=True, is_everyday=False)
        return mention
