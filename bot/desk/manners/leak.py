"""Numbers that are nobody else's business: telephone and identity numbers, found by their shape and checksum."""

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]
_MOBILE: Final = re.compile(
    r"(?<![\da-z])(?:(?:\+|00)?86[ -]?)?(1[- .]{0,2}[3-9][- .]{0,2}\d(?:[- .]{0,2}\d){8})(?![\da-z])"
)
_LANDLINE: Final = re.compile(r"(?<![\da-z-])\(?0(?:10|2\d|[3-9]\d{2})\)?[ -]?[2-8]\d{6,7}(?![\d])")
_IDENTITY: Final = re.compile(
    r"(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dx](?![\da-z])"
)
_BANK: Final = re.compile(r"(?<!\d)(?:62|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?!\d)")
_FIGURES: Final = str.maketrans("零〇一二三四五六七八九幺两", "0012345678912")
"""Figures written in Chinese, one for one."""
_NEAR: Final = 16
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10x98765432"


def mobiles(text: str) -> Iterator[Span]:
    """Mobile numbers of the mainland."""
    return (found.span() for found in _MOBILE.finditer(text.translate(_FIGURES)))


def landlines(text: str) -> Iterator[Span]:
    """Landline numbers with an area code; 400 and 95 numbers are companies' own and are none."""
    return (found.span() for found in _LANDLINE.finditer(text))


def identities(text: str) -> Iterator[Span]:
    """Identity numbers (GB 11643-1999): eighteen digits whose last one is right, or that are called so."""
    return (
        m.span()
        for m in _IDENTITY.finditer(text)
        if is_identity(re.sub("[ -]", "", m[0])) or "身份" in text[max(0, m.start() - _NEAR) : m.start()]
    )


def bank_cards(text: str) -> Iterator[Span]:
    """Numbers of bank cards that pass the Luhn test."""
    return (m.span() for m in _BANK.finditer(text) if is_card(re.sub("[ -]", "", m[0])))


def is_identity(number: str) -> bool:
    """Whether the check digit is right."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17]


def is_card(number: str) -> bool:
    """Whether a number of 16 to 19 digits passes the Luhn test."""
    doubled = [sum(divmod(int(d) * (1 + at % 2), 10)) for at, d in enumerate(reversed(number))]
    return 16 <= len(number) <= 19 and sum(doubled) % 10 == 0


FINDERS: Final = {"mobile": mobiles, "landline": landlines, "identity": identities, "bank_card": bank_cards}
"""What a rule may look for instead of a pattern, by the name that its file uses."""
