"""Every key of [improvement] and [[goals]] changes what the desk does."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import Settings
from tests.cast import LIN, SUPERVISORS, WANG
from tests.usecases.played import played


@pytest.mark.parametrize(("within", "until"), [("1d", "11月24日"), ("14d", "12月7日")])
async def test_the_date_of_what_is_given_none(tmp_path: Path, within: str, until: str) -> None:
    async with played(tmp_path, improvement={"due_within": within}) as desk:
        assert f"期限 {until}" in await desk.says(LIN, "/suggest 加一张交接表")


async def test_a_goal_has_a_name_a_figure_and_a_target(tmp_path: Path) -> None:
    goals = [{"name": "未结不过五件", "figure": "open_cases", "target": 5}, {"name": "首答", "figure":
             "first_answer_on_time", "target": 95.5}]  # fmt: skip
    async with played(tmp_path, goals=goals) as desk:
        told = await desk.says(WANG, "/goals", SUPERVISORS)
        assert "2026年11月目标" in told
        assert "· 未结不过五件：0（目标 不高于 5），已达成" in told
        assert "· 首答：暂无数据（目标 不低于 95.5%），待有数据再看" in told
        assert "没有看懂“火星”" in await desk.says(WANG, "/goals 火星", SUPERVISORS)
    async with played(tmp_path) as desk:
        assert "还没有设定目标" in await desk.says(WANG, "/goals", SUPERVISORS)


@pytest.mark.parametrize("goal", [{"figure": "closed_by_first_owner", "target": 101}, {"figure": "luck", "target": 1},
                                  {"figure": "open_cases", "target": -1}])  # fmt: skip
def test_a_goal_that_cannot_be_is_refused(goal: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"goals": [{"name": "目标", **goal}]})
