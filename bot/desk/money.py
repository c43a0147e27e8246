"""Money as people write it, as whole fen: no fraction of a fen is ever rounded away in silence."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

FEN: Final = 100
MOST: Final = 10**15
"""Fen: ten thousand billion yuan. More is a slip of the hand, and would outgrow the sums."""
_UNITS: Final = {
    **dict.fromkeys(("", "元", "圆", "块", "rmb", "cny", "人民币"), 1),
    **dict.fromkeys(("千", "千元"), 1000),
    **dict.fromkeys(("万", "万元", "w"), 10**4),
    **dict.fromkeys(("百万", "百万元"), 10**6),
    **dict.fromkeys(("亿", "亿元"), 10**8),
}
_MONEY: Final = re.compile(
    r"(?P<sign>[-+\u2212]?)(?:¥|￥|rmb|cny|人民币)?(?P<minus>[-\u2212]?)"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)(?P<unit>[^\d,.]*)"
)
_NOISE: Final = Decimal("0.0001")
"""Fen: what binary fractions in a workbook are off by (1234.5600000000001)."""


def read_money(text: str) -> int:
    """`¥1,234.50`, `１２３４`, `1.2万`, `(300)` (accountants' minus) in fen; ValueError in the operator's language."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
    in_brackets = re.fullmatch(r"\((.+)\)", plain)
    found = _MONEY.fullmatch(in_brackets[1] if in_brackets else plain)
    if found is None or found["unit"] not in _UNITS or (found["sign"] and found["minus"]):
        raise ValueError(f"“{text}”不是金额，请写成 1234.50、1,234.50 或 1.2万")
    try:
        exact = Decimal(found["number"].replace(",", "")) * _UNITS[found["unit"]] * FEN
    except InvalidOperation:
        raise ValueError(f"“{text}”不是金额") from None
    if exact > MOST:
        raise ValueError(f"金额“{text}”过大，请核对单位")
    fen = int(exact.to_integral_value())
    if abs(exact - fen) > _NOISE:
        raise ValueError(f"金额“{text}”比分还细，请写到分")
    return -fen if in_brackets or found["sign"] not in ("", "+") or found["minus"] else fen


def yuan(fen: int) -> str:
    """`1,234.50`."""
    whole, rest = divmod(abs(fen), FEN)
    return f"{'−' if fen < 0 else ''}{whole:,}.{rest:02d}"


def short_yuan(fen: int) -> str:
    """As it is said: `1,234.50` under ten thousand, then `12.35万`, `1.23亿`."""
    size = abs(fen)
    for unit, each in (("亿", 10**10), ("万", 10**6)):
        if size >= each:
            hundredths = (size * 100 + each // 2) // each
            return f"{'−' if fen < 0 else ''}{hundredths // 100:,}.{hundredths % 100:02d}{unit}"
    return yuan(fen)
