"""One reader for all questions about figures: the same words everywhere, in any order."""

from datetime import date

import pytest

from bot.desk.asked import days_named, read_asked
from bot.desk.people import Region, Role, Staff

TODAY = date(2026, 11, 25)
"""A Wednesday."""
EAST, SOUTH = Region("east", "华东", ("江苏",)), Region("south", "华南", ("广东",))
PEOPLE = [Staff(n, n, name, Role.SPECIALIST) for n, name in enumerate(("林晓", "林晓梅", "Ann"), start=1)]
DAYS = {
    "今天": ("2026-11-25", "2026-11-25"), "昨天": ("2026-11-24", "2026-11-24"),
    "本周": ("2026-11-23", "2026-11-29"), "上周": ("2026-11-16", "2026-11-22"),
    "本月": ("2026-11-01", "2026-11-30"), "上月": ("2026-10-01", "2026-10-31"),
    "2026-10": ("2026-10-01", "2026-10-31"), "2026年10月": ("2026-10-01", "2026-10-31"),
    "10月": ("2026-10-01", "2026-10-31"), "12月": ("2025-12-01", "2025-12-31"),
    "2026Q3": ("2026-07-01", "2026-09-30"), "2026q3": ("2026-07-01", "2026-09-30"),
    "三季度": ("2026-07-01", "2026-09-30"), "第三季度": ("2026-07-01", "2026-09-30"),
    "本季": ("2026-10-01", "2026-12-31"), "上季度": ("2026-07-01", "2026-09-30"),
    "2026W41": ("2026-10-05", "2026-10-11"), "去年": ("2025-01-01", "2025-12-31"),
    "2026": ("2026-01-01", "2026-12-31"), "11月20日": ("2026-11-20", "2026-11-20"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "days"), DAYS.items())
def test_days_that_are_named(words: str, days: tuple[str, str]) -> None:
    found = days_named(words, TODAY)
    assert found is not None
    assert (str(found.first), str(found.last)) == days


@pytest.mark.parametrize(
    ("query", "person", "region", "called", "rest"),
    [
        ("", None, None, "", ()),
        ("林晓 上月", "林晓", None, "上月", ()), ("上月 林晓", "林晓", None, "上月", ()),
        ("林晓上月", "林晓", None, "上月", ()), ("上月林晓梅", "林晓梅", None, "上月", ()),
        ("@林晓 三季度", "林晓", None, "三季度", ()), ("Ann 2026Q3", "Ann", None, "2026Q3", ()),
        ("华东 去年", None, "east", "去年", ()), ("去年 华南大区", None, "south", "去年", ()),
        ("2026年 10月", None, None, "2026年10月", ()), ("2026 Q3 林晓", "林晓", None, "2026Q3", ()),
        ("10月 8日", None, None, "10月8日", ()),
        ("林晓 首答及时 本月", "林晓", None, "本月", ("首答及时",)),
        ("本月 上月", None, None, "本月", ("上月",)), ("林晓 Ann", "林晓", None, "", ("Ann",)),
        ("火星", None, None, "", ("火星",)), ("13月", None, None, "", ("13月",)),
    ],
)  # fmt: skip
def test_what_is_named(query: str, person: str | None, region: str | None, called: str, rest: tuple[str, ...]) -> None:
    asked = read_asked(query, TODAY, people=PEOPLE, regions=(EAST, SOUTH))
    assert (asked.person and asked.person.name, asked.region and asked.region.code) == (person, region)
    assert (asked.called, asked.rest) == (called, rest)
    assert (asked.period is not None) is bool(called)
