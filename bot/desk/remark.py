"""Are these words a remark on what was asked, or do they bring a new matter? When in doubt, they bring one."""

import re
from collections.abc import Sequence
from typing import Final

from bot.desk.thanks import is_thanks

_DENIED: Final = "(?:没有|没什么|没啥|不是|并非|没){}"
"""“没有不满意” says neither."""


def is_remark(text: str, *, kind: str, questions: Sequence[str]) -> bool:
    """A statement that complains of nothing: not empty, no mere thanks, no question (`questions`: signs of one)."""
    plain = text.strip()
    if not plain or kind == "complaint" or is_thanks(plain):
        return False
    return not any(sign in plain for sign in questions)


def verdict_of(text: str, *, yes: Sequence[str], no: Sequence[str], doubts: Sequence[str]) -> bool | None:
    """Satisfied (True) or not (False), by the words for it; None when they say neither, or both, or with a doubt."""
    plain = text.strip()
    denied = [word for word in no if re.search(_DENIED.format(re.escape(word)), plain)]
    if denied:
        return None
    if any(word in plain for word in no):
        return False
    said = [word for word in sorted(yes, key=len, reverse=True) if word in plain]
    for word in said:
        plain = plain.replace(word, " ")
    return True if said and not any(doubt in plain for doubt in doubts) else None
