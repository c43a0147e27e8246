"""The daily digest: every figure counted again another way, told once, an empty day, the year's end."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.desk.digest import DigestTerms, Figure, change, is_empty
from bot.desk.events import Did
from bot.usecases.digest import digest_daily, next_digest
from tests.cast import LIN, SUPERVISORS, WANG
from tests.usecases.played import Played, played
from tests.usecases.test_complaints import complained


@pytest.mark.parametrize(("figure", "expected"), [(Figure.NEW, 2), (Figure.COMPLAINTS, -1), (Figure.OPEN, None)])
def test_what_is_compared(figure: Figure, expected: int | None) -> None:
    today = {"华东": {Figure.NEW: 3, Figure.OPEN: 9}, "": {Figure.NEW: 1}}
    assert change(today, {"华东": {Figure.NEW: 2, Figure.COMPLAINTS: 1}}, figure) == expected
    assert is_empty({}) and is_empty({"华东": {Figure.NEW: 0}}) and not is_empty(today)


async def test_an_empty_day_says_so_and_only_leaders_ask(desk: Played) -> None:
    assert "无异常" in await desk.says(WANG, "/digest", chat=SUPERVISORS)
    assert "主管" in await desk.says(LIN, "/digest")


async def test_every_figure_is_what_the_raw_rows_say(desk: Played) -> None:
    await complained(desk)
    told = await desk.says(WANG, "/digest", chat=SUPERVISORS)

    def raw(work: Any, office: Any, now: Any) -> tuple[int, int, int]:
        events = work.events.of_case(1)
        opened, answered = (sum(e.did is did for e in events) for did in (Did.CASE_OPENED, Did.SPECIALIST_ANSWERED))
        return opened, min(answered, 1), len(work.complaints.unfinished())

    opened, answered, complaints = await desk.desk.run(raw)
    assert f"合计：新增 {opened}、答复 {answered}、办结 0、未结 1、超时 0、投诉 {complaints}、" in told
    assert "西南：新增" in told and "southwest" not in told


async def test_it_is_told_once_however_many_look(desk: Played) -> None:
    await complained(desk)
    for _ in range(2):
        await desk.desk.run(lambda work, office, now: digest_daily(work, office, now))
    assert sum("日报" in text for _, text in await desk.news()) == 1


async def test_when_it_comes_and_how_many_cases_it_names(tmp_path: Path) -> None:
    async with played(
        tmp_path, hours={"saturday": [], "sunday": []}, digest={"at": "17:30", "every_day": False, "top": 1}
    ) as desk:
        assert desk.desk.office.digest == DigestTerms(time(17, 30), False, 1)
        zone = desk.desk.office.zone
        new_year = next_digest(desk.desk.office, datetime(2026, 12, 31, 10, tzinfo=UTC))
        assert new_year.astimezone(zone) == datetime(2027, 1, 1, 17, 30, tzinfo=zone)
        monday = next_digest(desk.desk.office, datetime(2027, 1, 8, 10, tzinfo=UTC))  # Friday, after the hour
        assert monday.astimezone(zone) == datetime(2027, 1, 11, 17, 30, tzinfo=zone)
