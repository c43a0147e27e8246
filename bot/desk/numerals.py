"""Numbers as people write them: 12, 2.5, 两, 十五, 廿八, 一百二十; and the loose ones: 两三, 3到5."""

import re
from typing import Final

_SIGNS: Final = ("零〇", "一壹", "二两俩贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS: Final = {sign: n for n, signs in enumerate(_SIGNS) for sign in signs}
NUMBER: Final = r"(?:\d{1,6}(?:\.\d{1,2})?|[零〇一二两俩三四五六七八九十百廿卅壹贰叁肆伍陆柒捌玖拾]{1,6})"
"""A number in a pattern; whatever it matches may still be none (十百)."""
SOME: Final = rf"(?:{NUMBER}(?:\s?(?:到|至|~|-|—|–)\s?{NUMBER})?|半)"
"""A number or a range of two, in a pattern."""
_TENS: Final = {"十": 10, "拾": 10, "廿": 20, "卅": 30}
_RANGE: Final = re.compile(r"\s?(?:到|至|~|-|—|–)\s?")
_LOOSE: Final = re.compile("(十?)([一二两三四五六七八])([两三四五六七八九])")


def number(text: str) -> float | None:
    """The number that a text is; None when it is none. 半 is 0.5."""
    if text == "半":
        return 0.5
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        return float(text)
    return _chinese(text)


def whole(text: str) -> int | None:
    """The whole number that a text is; None when it is none, or a fraction."""
    found = number(text)
    return int(found) if found is not None and found == int(found) else None


def some(text: str) -> tuple[float, float] | None:
    """The least and the most that a text may mean: 3 → 3, 3; 两三 → 2, 3; 3到5 → 3, 5. None when it is no number."""
    if loose := _LOOSE.fullmatch(text):
        ten, low, high = 10 * bool(loose[1]), DIGITS[loose[2]], DIGITS[loose[3]]
        return (ten + low, ten + high) if low < high else None
    ends = [number(part) for part in _RANGE.split(text)]
    least, most = ends[0], ends[-1]
    if least is None or most is None or least > most:
        return None
    return least, most


def _chinese(text: str) -> float | None:
    """Below a thousand; digits one after the other (二〇) count as in 20."""
    if text and all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text)) if len(text) == 1 or set(text) & set("零〇") else None
    total, digit = 0, None
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c == "百" and digit and not total:
            total, digit = digit * 100, None
        elif c in _TENS and total % 100 == 0:
            total, digit = total + (_TENS[c] if digit is None else digit * 10), None
        else:
            return None
    return float(total + (digit or 0)) if total else None
