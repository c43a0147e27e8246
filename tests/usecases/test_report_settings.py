"""Every key of [reports] changes what the desk does."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.config import Settings
from bot.desk.outgoing import SendReport
from bot.usecases.period_sweep import plan_reports
from tests.cast import SUPERVISORS, WANG, ZHAO
from tests.usecases.played import Played, played

NEVER = {"weekly": 0, "monthly": 0, "quarterly": 0, "yearly": 0}


async def sent(desk: Played) -> set[tuple[int, str]]:
    """Whose chat got the report of which period."""

    def read(work: Any, office: Any, now: datetime) -> set[tuple[int, str]]:
        rows = (work.outbox.get(n) for n in range(1, 400))
        acts = ((r.outgoing.to.chat_id, r.outgoing.act) for r in rows if r is not None)
        return {(chat, act.about.split("|")[1]) for chat, act in acts if isinstance(act, SendReport)}

    return set(await desk.desk.run(read))


@pytest.mark.parametrize(
    ("grain", "due", "code"),
    [("weekly", "2026-12-01 10:30", "2026W48"), ("monthly", "2026-12-02 10:30", "2026-11"),
     ("quarterly", "2027-01-04 10:30", "2026Q4"), ("yearly", "2027-01-04 10:30", "2026")],
)  # fmt: skip
async def test_when_each_report_goes_out_is_set(tmp_path: Path, grain: str, due: str, code: str) -> None:
    """On the second working day (the fourth of the year) at half past ten, and no other kind."""
    nth = 4 if due.startswith("2027") else 2
    async with played(tmp_path, reports={**NEVER, grain: nth, "at": "10:30"}) as desk:
        await desk.hears()
        await desk.desk.run(plan_reports)
        at = datetime.fromisoformat(f"{due}:00+08:00")
        await desk.until(at.replace(minute=29))
        assert code not in {found for _, found in await sent(desk)}
        await desk.until(at)
        assert (WANG, code) in await sent(desk)


async def test_to_whom_it_goes_is_set(tmp_path: Path) -> None:
    for number, (reports, chats) in enumerate(
        (({"roles": ["manager"]}, {ZHAO}), ({"chat_id": SUPERVISORS}, {SUPERVISORS}))
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with played(folder, reports={**NEVER, "weekly": 1, **reports}) as desk:
            await desk.hears()
            await desk.desk.run(plan_reports)
            await desk.until(datetime.fromisoformat("2026-11-30T09:00:00+08:00"))
            assert {chat for chat, _ in await sent(desk)} == chats


async def test_the_fiscal_year_is_set(tmp_path: Path) -> None:
    async with played(tmp_path, reports={"fiscal_year_begins": 4}) as desk:
        assert "2026财年第2季度" in await desk.says(WANG, "/report 2026Q2", SUPERVISORS)


@pytest.mark.parametrize(
    "reports",
    [{"weekly": 6}, {"monthly": -1}, {"at": "25:00"}, {"roles": ["specialist"]}, {"fiscal_year_begins": 13},
     {"fiscal_year_begins": 0}, {"chat_id": 5}],
)  # fmt: skip
def test_what_cannot_be_is_refused(reports: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"reports": reports})
