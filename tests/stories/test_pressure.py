"""Twenty a minute is all that a group gets: what has to wait travels together, and every part stays where it belongs."""

from pathlib import Path

import pytest

from tests.cast import CHEN, LIN, NO_LIMITS, SOUTHWEST
from tests.stories.theatre import Theatre, theatre

LIMITS = {**NO_LIMITS, "group_per_minute": 20}


def relayed(stage: Theatre, topic: int) -> list[str]:
    return [m["text"] for m in stage.world.history(SOUTHWEST, topic) if "号：" in m.get("text", "")]


async def crowded(stage: Theatre) -> tuple[int, list[str]]:
    """A case whose topic has used up the group's minute, and forty words that wait."""
    world = stage.world
    world.faults.apply({"limits": {"enabled": True}})
    world.user_starts(CHEN, "chunxi-code-01")
    world.user_writes(CHEN, CHEN, "您好")
    await stage.seen()
    words = [f"{n:02d} 号：**货**少了 <b>{n}</b> 件" for n in range(40)]
    for text in words:
        world.user_writes(CHEN, CHEN, text, entities=[{"type": "bold", "offset": 0, "length": 2}])
    await stage.paced_out()
    return stage.topic(SOUTHWEST, "小陈"), words


async def test_words_that_wait_become_one_message_and_none_is_lost(tmp_path: Path) -> None:
    async with theatre(tmp_path, telegram={"limits": LIMITS}) as stage:
        topic, words = await crowded(stage)
        alone = relayed(stage, topic)
        assert 0 < len(alone) < 20, "the minute is used up, and until then one message stayed one"
        await stage.meanwhile(seconds=61)
        await stage.quiet()
        said = relayed(stage, topic)
        assert "\n\n".join(said) == "\n\n".join(words)
        assert len(said) - len(alone) <= 3
        bold = [
            e for m in stage.world.history(SOUTHWEST, topic)[-8:] for e in m.get("entities", []) if e["type"] == "bold"
        ]
        assert len(bold) >= 20, "every part keeps its own formatting"


async def test_an_edit_of_one_part_changes_that_part_and_a_reply_finds_the_case(tmp_path: Path) -> None:
    async with theatre(tmp_path, telegram={"limits": LIMITS}) as stage:
        topic, words = await crowded(stage)
        await stage.meanwhile(seconds=61)
        await stage.quiet()
        last = stage.last(CHEN, words[-1])
        stage.world.user_edits(CHEN, CHEN, last["message_id"], "39 号：改成三件")
        await stage.meanwhile(seconds=61)
        await stage.quiet()
        together = stage.last(SOUTHWEST, "39 号：改成三件", topic)
        assert words[-2] in together["text"]
        assert words[-1] not in together["text"]
        stage.world.user_writes(LIN, SOUTHWEST, "好的，请您放心", thread_id=topic, reply_to=together["message_id"])
        await stage.meanwhile(seconds=61)
        await stage.quiet()
        assert stage.last(CHEN, "好的，请您放心")


@pytest.mark.parametrize(
    "limit", [{"group_per_minute": 20}, {"private_per_second": 1, "private_burst": 3}, {"overall_per_second": 10}]
)
async def test_no_call_was_refused_for_being_too_fast(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, limit: dict[str, int]
) -> None:
    limits = {**NO_LIMITS, **limit}
    async with theatre(tmp_path, telegram={"limits": limits}) as stage:
        stage.world.faults.apply({"limits": limits})
        topic, _ = await crowded(stage)
        for number in range(5):
            stage.world.user_writes(LIN, SOUTHWEST, f"请您看第 {number} 张货单", thread_id=topic)
        for _ in range(4):
            await stage.meanwhile(seconds=61)
            await stage.paced_out()
        await stage.quiet()
        assert "told to wait" not in caplog.text
