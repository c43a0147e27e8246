"""日报: the evening's message with picture and buttons, once to each who leads, a short one to who has a part in it."""

from pathlib import Path

from tests.cast import CHEN, HE, LIN, SOUTHWEST, SUPERVISORS, WANG, ZHAO
from tests.stories.theatre import Theatre, theatre

DIGEST = "日报 · 11月23日 周一（截至 18:00）"


async def answered(stage: Theatre, who: int, message: str, label: str) -> list[str]:
    """Press a button of somebody's newest digest: what they then see."""
    pressed = stage.press(who, stage.last(who, message), label)
    await stage.until(lambda: stage.world.callback_answer(pressed))
    return await stage.seen()


async def test_by_evening_those_who_lead_read_the_day_and_open_what_stands_behind(tmp_path: Path) -> None:
    async with theatre(tmp_path, digest={"to": "each", "for_specialists": True}) as stage:
        world = stage.world
        for person in (WANG, ZHAO, LIN, HE):
            world.user_starts(person)
        world.user_starts(CHEN, "chunxi-code-01")
        world.user_writes(CHEN, CHEN, "昨天的货少了两箱，客人还喝出了虫子")
        await stage.quiet()
        world.user_writes(LIN, SOUTHWEST, "小陈您好，请您放心，我马上核对。", thread_id=stage.topic(SOUTHWEST, "小陈"))
        await stage.seen()

        await stage.later(hours=8, seconds=5)
        lines = await stage.seen()
        for reader in ("王芳", "赵磊"):
            text, picture = [line for line in lines if line.startswith(f"{reader} |") and "日报" in line]
            assert f"首问: {DIGEST} / 请您先看：投诉 1 / 新增 1、答复 1、办结 0、未结 1" in text, text
            assert text.endswith("[西南|按人员|投诉与低分]"), text
            assert picture == f"{reader} | 首问: [photo] 日报 11月23日 周一（截至 18:00），请您查看。"
        (own,) = [line for line in lines if line.startswith("林晓 |") and "日报" in line]
        assert (
            own.startswith(f"林晓 | 首问: {DIGEST}，请您查看： / 西南：新增 1、答复 1、未结 1")
            and "您：答复 1、办结 0、手上 1" in own
        )
        assert not [line for line in lines if line.startswith("何静 |") and "日报" in line], "nothing to tell of"
        await stage.later(minutes=5)
        assert not [line for line in await stage.seen() if "日报" in line], "once"

        (complaints,) = await answered(stage, WANG, DIGEST, "投诉与低分")
        assert "#1" in complaints, complaints
        (region,) = await answered(stage, WANG, DIGEST, "西南")
        assert region.startswith("王芳 | 首问: 西南 · 日报 11月23日 周一（截至 18:00），请您查看："), region
        (people,) = await answered(stage, ZHAO, DIGEST, "按人员")
        assert "林晓（西南）：答复 1、办结 0、手上 1" in people

        world.user_writes(ZHAO, SUPERVISORS, "/digest 昨天")
        seen = await stage.seen()
        assert seen[1].startswith("主管群 | 首问: 日报 · 11月22日 周日（全天） / 当日没有来信和未结"), seen
        assert len(seen) == 2, "an empty day has no picture"
        world.user_writes(LIN, LIN, "/digest")
        assert any("日报 · 11月23日 周一（截至 18:05）" in line and "您：答复 1" in line for line in await stage.seen())
