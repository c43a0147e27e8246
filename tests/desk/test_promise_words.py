"""Promises in replies: what we said we would do, and by when; and all that only looks like it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.promises import HOURS, SCORED, ZONE, read, total
from bot.desk.calendar import WorkCalendar
from bot.desk.hours import WeeklyHours
from bot.desk.promise_words import UNTIMED_AFTER, find_promises
from bot.desk.reading import DeskHours

NOW = datetime(2026, 11, 25, 10, 20, tzinfo=ZONE)
"""A Wednesday."""
PROMISED = {
    "今天下午三点前给您答复": "11-25 15:00 给您答复",
    "明天上班联系您": "11-26 09:00 联系您",
    "两个工作日内处理": "11-27 18:00 处理",
    "师傅明早到店": "11-26 10:00 到店",
    "稍后回您": "11-25 12:20 回您",
    "再给我半小时，我把方案发您": "11-25 10:50 发您",
    "给您答复最晚明天下午": "11-26 18:00 给您答复",
    "最快明天给您发货，最迟后天": "11-27 18:00 给您发货",
    "明天上午师傅过去，下午给您回话": "11-26 12:00 过去；11-26 18:00 给您回话",
    "请您明天上午等我电话": "11-26 12:00 等我电话",
    "不用等明天，今天下午就给您办": "11-25 18:00 给您办",
    "物流说五点前发出": "11-25 17:00 发出",
    "下周三，也就是12月2号，我们给您出图": "12-02 18:00 给您出图",
    "您明天就能收到退款": "11-26 18:00 就能收到退款",
    "明天上午給您發貨": "11-26 12:00 給您發貨",
}
NOT_PROMISED = {
    "请您明天下午前发照片": "asked of the franchisee", "麻烦您周五前把表交上来": "asked of the franchisee",
    "您最晚明天中午前报给我": "asked of the franchisee", "快递一般3天到": "a rule of others",
    "按规定投诉三个工作日内处理完毕": "a rule", "昨天已给您回电": "over", "上午九点我给您发过短信": "over",
    "明天下午方便吗": "a question", "周五给您回电，您看行吗？": "a question", "如果没到，明天给您补发": "supposed",
    "您付款后两天内给您发货": "supposed", "等总部批下来，下周给您发货": "supposed", "不能保证明天到店": "denied",
    "今天恐怕处理不完": "denied", "我也想今天给您办，可系统锁了，办不了": "taken back",
    "您说“明天必须给您答复”": "quoted",
    "顾客说明天下午来退款": "reported", "厂家说下周三补货": "reported", "我们每周三下午给您发货": "comes again",
    "活动12月3日截止": "a campaign", "贵店计划下周一开业": "the store's own", "我周末不上班": "no deed",
    "督导下周三到您店里巡店": "the company's own", "请您稍等": "no promise", "我马上帮您查一下": "done at once",
}  # fmt: skip


@pytest.mark.parametrize(("words", "told"), PROMISED.items())
def test_what_is_promised_and_by_when(words: str, told: str) -> None:
    found = find_promises(f"您好，请您放心。{words}。", NOW, HOURS)
    assert "；".join(f"{p.due_by.astimezone(ZONE):%m-%d %H:%M} {p.what}".replace("，", ",") for p in found) == told


@pytest.mark.parametrize("words", NOT_PROMISED, ids=NOT_PROMISED.values())
def test_what_is_no_promise(words: str) -> None:
    assert find_promises(f"您好，{words}。", NOW, HOURS) == ()


def test_a_promise_without_a_time_is_due_after_the_time_that_is_set_and_says_so() -> None:
    (found,) = find_promises("稍后回您", NOW, HOURS, untimed=timedelta(hours=9))
    assert (found.due_by, found.is_timed) == (NOW + timedelta(days=1), False)
    (found,) = find_promises("稍后回您", NOW, HOURS)
    assert found.due_by == NOW + UNTIMED_AFTER


def test_a_promise_shows_where_it_stands() -> None:
    text = "好的。退款已提交，两个工作日内给您退到账户，请您放心。"
    (found,) = find_promises(text, NOW, HOURS)
    assert found.words == "两个工作日内给您退到账户"
    assert text[slice(*found.span)].startswith(found.words)


def test_the_half_that_is_only_scored_keeps_what_was_asked() -> None:
    score = total(read(SCORED))
    assert score.precision >= 0.95
    assert score.recall >= 0.90


def test_the_halves_have_no_reply_in_common() -> None:
    texts = [row.text for path in sorted(Path("tests/data").glob("promise_*.jsonl")) for row in read(path)]
    assert len(set(texts)) == len(texts) > 700


WORDS = [
    *("我 您 您的 请 给您 明天 下午 三点 前 两个工作日内 稍后 答复 联系".split()),  # noqa: SIM905
    *("发货 师傅 他 厂家 说 如果 不能 ， 。 ？ “ ” 最迟 一 就 的".split()),  # noqa: SIM905
]
PIECES = st.sampled_from(WORDS)
NEVER_OPEN = DeskHours(WorkCalendar(WeeklyHours(((),) * 7)), ZONE)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=16).map("".join)), st.sampled_from([HOURS, NEVER_OPEN])
)
def test_no_text_raises_and_no_promise_is_due_before_now(text: str, hours: DeskHours) -> None:
    found = find_promises(text, NOW, hours)
    assert len({p.due_by for p in found}) == len(found)
    for promise in found:
        start, end = promise.span
        assert 0 <= start < end <= len(text)
        assert promise.due_by > NOW
        assert promise.what in promise.words
