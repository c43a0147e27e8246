"""A short day of the office, with nearly everything going wrong; `make soak` plays twenty long ones."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from bench.day import Day, Size, play
from bench.rules import INSIDE, INWARD, MARK, OUTWARD, RuleBroken, Watch, words
from bench.virtual import VirtualLoop
from bot.sandbox.world import World

MINUTES = Size(conversations=9, hours=0.1, mishap_every=5)
FRANCHISEE, GROUP = 8_100_000_001, -1001


@pytest.mark.parametrize("seed", [5])
def test_a_short_day_breaks_no_rule(seed: int) -> None:
    report = play(seed, MINUTES)
    assert report.said > 15
    assert report.mishaps > 8


def test_the_same_seed_plays_the_same_day() -> None:
    size = Size(conversations=3, hours=0.05, mishap_every=10)
    first, second = play(5, size), play(5, size)
    assert (first.said, first.arrived, first.units, first.mishaps) == (
        second.said, second.arrived, second.units, second.mishaps,
    )  # fmt: skip


@pytest.fixture
def watch() -> Watch:
    watch = Watch(World(), desk=None)  # type: ignore[arg-type]  # what happens is watched without a look at the tables
    for number in (0, 1):
        for kind in (INWARD, OUTWARD, INSIDE):
            watch.said[words(1, number, kind)] = {}
    return watch


def said(chat_id: int, text: str) -> dict[str, object]:
    return {"type": "message", "chat_id": chat_id, "message": {"from": {"is_bot": True}, "text": text}}


@pytest.mark.parametrize(
    ("chat_id", "texts", "why"),
    [
        (GROUP, [words(1, 1, INWARD), words(1, 0, INWARD)], "overtaken"),
        (GROUP, [words(1, 0, INWARD), words(1, 0, INWARD)], "without its mark"),
        (FRANCHISEE, [words(1, 1, OUTWARD), words(1, 0, OUTWARD)], "overtaken"),
        (FRANCHISEE, [words(1, 0, INSIDE)], "must stay inside"),
        (GROUP, [words(9, 9, INWARD)], "was never said"),
    ],
)
def test_what_breaks_a_rule_is_noticed_at_once(watch: Watch, chat_id: int, texts: list[str], why: str) -> None:
    *before, last = texts
    for text in before:
        watch.see(said(chat_id, text))
    with pytest.raises(RuleBroken, match=why):
        watch.see(said(chat_id, last))


def test_what_is_marked_or_told_again_on_purpose_breaks_none(watch: Watch) -> None:
    once = words(1, 0, INWARD)
    not_here = f"加盟商的一条消息（{once}）未能转入此处"
    for text in (once, f"{MARK}\n{once}", f"话题已重建。前情：\n{once}", not_here, f"{MARK}\n{not_here}"):
        watch.see(said(GROUP, text))
    assert watch.repeats == 1


def test_a_rule_that_breaks_inside_a_call_of_the_bot_ends_the_day() -> None:
    """The bot itself takes whatever is raised there for a line that broke, and says the words again."""

    class Careless(Watch):
        def see(self, event: Mapping[str, Any]) -> None:
            if event["type"] == "message" and event["message"].get("from", {}).get("is_bot"):
                raise RuleBroken("seen while the bot spoke")

    day = Day(5, Size(conversations=1, hours=0.05, mishap_every=1e9), VirtualLoop())
    Careless(day.world, desk=None)  # type: ignore[arg-type]
    closed = asyncio.Runner(loop_factory=lambda: day.loop)  # closed, so that nothing of the day lives on
    with pytest.raises(RuleBroken, match="seen while the bot spoke"), closed as runner:
        runner.run(day.play(0.0))
