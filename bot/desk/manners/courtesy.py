"""三要: 请 at the head, 您 never off the lips, 再见 at the end (manual, ch. 3, 一.7)."""

import re
from collections.abc import Iterable

from bot.desk.lint import Courtesy


class CourtesyReader:
    """Sees whether the polite words are there; `no_please` are words with a 请 that asks for nothing (申请, 请假)."""

    def __init__(self, no_please: Iterable[str]) -> None:
        words = "|".join(map(re.escape, sorted(no_please, key=len, reverse=True)))
        self._no_please = re.compile(words) if words else None

    def read(self, folded: str) -> Courtesy:
        """The three in a folded text, each character for itself: jieba's dictionary has 谢谢您 as one word."""
        asking = self._no_please.sub("", folded) if self._no_please and "请" in folded else folded
        return Courtesy(qing="请" in asking, nin="您" in folded, zaijian="再见" in folded or "再会" in folded)
