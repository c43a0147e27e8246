"""A supervisor asks for a report, hears at once that it is in the making, and gets picture, document and workbook."""

from pathlib import Path

from tests.cast import CHEN, SUPERVISORS, WANG
from tests.stories.theatre import theatre


async def test_a_report_by_command_and_one_by_itself(tmp_path: Path) -> None:
    async with theatre(tmp_path) as stage:
        stage.world.user_starts(WANG)
        stage.world.user_starts(CHEN, "chunxi-code-01")
        stage.world.user_writes(CHEN, CHEN, "货少了两箱")
        await stage.later(minutes=1)
        await stage.seen()
        stage.world.user_writes(WANG, SUPERVISORS, "/report 本周")
        seen = [line for line in await stage.seen() if line.startswith("主管群")]
        assert seen[:2] == ["主管群 | 王芳: /report 本周",
                            "主管群 | 首问: 正在统计2026年第48周的报告，图、文稿和工作簿做好就发来，请您稍候。"]  # fmt: skip
        assert seen[2].startswith(
            "主管群 | 首问: [photo] 2026年第48周客服报告，请您查看。 / 2026年11月23日至2026年11月29日（本期未完，统计至 "
            "2026-11-23 10:01） / · 新增 1（环比 —，同比 —） / · 办结 0"
        )
        assert seen[3:] == [
            "主管群 | 首问: [document] 2026年第48周报告文稿，可以打印。请您查收。",
            "主管群 | 首问: [document] 2026年第48周报告工作簿：各大区、各人的全部指标与图表，最后一页是口径。请您查收。",
        ]
        await stage.later(days=6, hours=23)
        own = [line for line in await stage.seen() if line.startswith("王芳 |") and "第48周" in line]
        assert len(own) == 3 and "新增 1（环比 —，同比 —）" in own[0], "on Monday at nine, by itself"
