"""Spans of days as people name them."""

from datetime import date

import pytest

from bot.desk.period import parse_period

TODAY = date(2026, 11, 25)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("今天", "2026-11-25", "2026-11-25"), ("昨天", "2026-11-24", "2026-11-24"),
        ("本周", "2026-11-23", "2026-11-29"), ("这个星期", "2026-11-23", "2026-11-29"),
        ("上周", "2026-11-16", "2026-11-22"), ("本月", "2026-11-01", "2026-11-30"),
        ("上个月", "2026-10-01", "2026-10-31"), ("今年", "2026-01-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"), ("2026", "2026-01-01", "2026-12-31"),
        ("２０２６－１０", "2026-10-01", "2026-10-31"), ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026年10月", "2026-10-01", "2026-10-31"), ("2026年10月3日", "2026-10-03", "2026-10-03"),
        ("2026/10/3", "2026-10-03", "2026-10-03"), ("10月", "2026-10-01", "2026-10-31"),
        ("12月", "2025-12-01", "2025-12-31"), ("11月25日", "2026-11-25", "2026-11-25"),
        ("11月26号", "2025-11-26", "2025-11-26"), ("2025年", "2025-01-01", "2025-12-31"),
    ],
)  # fmt: skip
def test_a_period_that_people_name(words: str, first: str, last: str) -> None:
    period = parse_period(words, TODAY)
    assert period is not None
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "words", ["", "林晓", "13月", "2026-02-30", "2026-00", "99", "明天", "2月30日", "0000", "9999-12", "9999"]
)
def test_what_is_no_period(words: str) -> None:
    assert parse_period(words, TODAY) is None
