"""Promises: made by what was delivered, kept, late or broken by what follows, moved by edits, buttons and transfers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.desk.buttons import Verb
from bot.desk.case import Case
from bot.desk.holding import brings_news
from bot.desk.labels import Labels, parse_labels
from bot.desk.message import Content, ContentKind, MessageRef
from bot.desk.promise import Promise, PromiseState, judged
from bot.desk.promise_tally import share_kept, tally
from bot.language.script_files import FOLDER
from bot.usecases import edit, reply, resolve
from bot.usecases.beside import beside
from bot.usecases.left_to_do import promises_due, reminders_open
from bot.usecases.people import Sender
from bot.usecases.promise_heard import heard, unsaid
from tests.cast import CHEN, LIN, MONDAY_10, SOUTHWEST, SUPERVISORS, WANG, ZHOU
from tests.usecases.played import Played

SOON = "您好，今天下午三点前给您答复，请您放心。"
BREATH = timedelta(minutes=3)
OPEN, KEPT, LATE, POSTPONED = PromiseState.OPEN, PromiseState.KEPT, PromiseState.LATE, PromiseState.POSTPONED


def promise(minutes: int = 60, **more: Any) -> Promise:
    due = MONDAY_10 + timedelta(minutes=minutes)
    return Promise(1, 1, 1, 1, 1, MONDAY_10, due, due, "一小时内答复您", "答复您", **more)


JUDGED = [
    (60, 2, False, OPEN, "the same breath"),
    (60, 3, False, KEPT, "after a breath"),
    (60, 60, False, KEPT, "at the very instant"),
    (60, 61, False, LATE, "a minute too late"),
    (60, 59, True, POSTPONED, "a new time in time"),
    (60, 61, True, LATE, "a new time too late"),
    (8, 1, False, OPEN, "a short promise has a short breath"),
    (8, 2, False, KEPT, "a short promise may be kept soon"),
]


@pytest.mark.parametrize(("length", "after", "renews", "state", "why"), JUDGED)
def test_what_an_answer_makes_of_a_promise(
    length: int, after: int, renews: bool, state: PromiseState, why: str
) -> None:
    at = MONDAY_10 + timedelta(minutes=after)
    assert judged(promise(length), at, renews=renews, breath=BREATH) is state, why


HELD_OFF = """
收到，请您稍等一下。|好的！|您好，正在为您核实|请您看一下说明书第三页。|请您稍等，我再核对一下|还在催仓库，请您再等等|
已收到您的照片，会尽快处理|您好，已反馈给设备部同事，有消息就告诉您|抱歉让您久等了，财务还没有回复|您好，您说的是哪一台机器呢？|
麻烦您把单号发给我，我好帮您查|物流那边我再催催，您别着急|目前还在审批中|实在不好意思，还需要一点时间
"""
SAYS = """
您好，货已经补发。|请您稍等，仓库说明天到。|请您长按电源键五秒即可|您好，查到了，是仓库漏发的|单号：SF1234567|已经处理好了|可以的|
您的申请总部没有同意|请您看第三页，上面写着重置的步骤|机器是缺水报警，您加满水箱再开机
"""


@pytest.mark.parametrize(("texts", "is_so"), [(HELD_OFF, False), (SAYS, True)])
def test_what_only_holds_somebody_off_is_told_from_what_says_something(texts: str, is_so: bool) -> None:
    words = _labels().holding_words
    assert [t for t in texts.replace("\n", "").split("|") if brings_news(t, words) is not is_so] == []
    assert not brings_news("", words)


def _labels() -> Labels:
    return parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8"))


ANSWERED = [
    (SOON, "请您看一下说明书第三页", "open", "a request for the time being"),
    (SOON, "请您稍等，我再核对一下", "open", "holding off"),
    (SOON, "我们会尽快给您答复", "open", "a vaguer promise of the same neither keeps, moves nor multiplies it"),
    (SOON, "您好，今天下午五点前给您答复", "postponed,open", "the same, by another time"),
    (SOON, "还在核实，明天给您补发", "postponed,open", "nothing said, another deed promised"),
    (SOON, "经核实是仓库漏发，明天给您补发", "kept,open", "answered, and something else promised"),
    (SOON, "经核实是仓库漏发，处理办法明天给您答复", "postponed,open", "half of an answer"),
    ("今天下午三点前给您补发", "仓库已经联系上了，明天上午给您答复", "postponed,open", "the deed is put off"),
    ("今天下午三点前给您补发", "货已补发，单号 SF123", "kept", "done and told"),
]


@pytest.mark.parametrize(("promised", "answer", "states", "why"), ANSWERED)
async def test_what_keeps_what_postpones_and_what_does_nothing(
    telling: "Telling", promised: str, answer: str, states: str, why: str
) -> None:
    await telling.says(promised)
    await telling.desk.later(minutes=20)
    await telling.says(answer)
    assert ",".join(await telling.states()) == states, why


def test_the_share_kept_counts_what_was_judged() -> None:
    states = [KEPT, KEPT, LATE, PromiseState.BROKEN, POSTPONED, PromiseState.DISMISSED]
    counts = tally([promise(state=state) for state in states])[1]
    assert share_kept(counts) == 0.5
    assert share_kept({}) is None


class Telling:
    """A case in which things are said and delivered."""

    def __init__(self, desk: Played, case: Case) -> None:
        self.desk, self.case, self._number = desk, case, 5000

    async def says(self, text: str, who: int = LIN) -> int:
        """An answer, delivered at once; the id of the message as it is kept."""
        self._number += 1
        ref = MessageRef(SOUTHWEST, self._number)
        return int(await self.desk.desk.run(self._say, who=who, text=text, ref=ref))

    def _say(self, work: Any, office: Any, now: Any, *, who: int, text: str, ref: MessageRef) -> int:
        case = work.cases.get(self.case.id)
        words = reply.Words(Content(ContentKind.TEXT, text), ref)
        kept = reply.answer(work, office, now, case=case, who=work.staff.by_telegram(who), words=words)
        work.messages.place(MessageRef(CHEN, self._number), case_id=case.id, message_id=kept.id, part=0)
        heard(work, office, now, message_id=kept.id)
        heard(work, office, now, message_id=kept.id)
        return int(kept.id)

    async def edits(self, message_id: int, text: str) -> None:
        await self.desk.desk.run(self._edit, message_id=message_id, text=text)

    def _edit(self, work: Any, office: Any, now: Any, *, message_id: int, text: str) -> None:
        kept = work.messages.get(message_id)
        content = Content(ContentKind.TEXT, text)
        edit.change_answer(work, office, now, kept=kept, content=content, staff_id=kept.staff_id)

    async def all(self) -> list[Promise]:
        return list(await self.desk.desk.run(self._all))

    def _all(self, work: Any, office: Any, now: Any) -> list[Promise]:
        return [p for number in range(1, 9) if (p := work.promises.get(number)) is not None]

    async def card(self) -> list[str]:
        return list(await self.desk.desk.run(lambda w, o, now: beside(w, o, w.cases.get(self.case.id))))

    async def states(self) -> list[str]:
        return [p.state.value for p in await self.all()]

    async def told(self, **kwargs: float) -> list[tuple[int, str]]:
        await self.desk.news()
        await self.desk.later(**kwargs)
        return await self.desk.news()


@pytest.fixture
async def telling(desk: Played) -> Telling:
    return Telling(desk, await desk.claimed())


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


async def test_a_promise_is_made_reminded_of_and_kept(telling: Telling) -> None:
    await telling.says(SOON)
    (made,) = await telling.all()
    assert (made.due_at, made.state, made.remind_at) == (at(15), OPEN, at(14, 30))
    assert [line for line in await telling.card() if line.startswith("承诺 11月23日 15:00 前")]
    assert await telling.told(hours=4, minutes=29) == []
    ((chat, words),) = [t for t in await telling.told(minutes=1) if t[0] != SOUTHWEST]
    assert chat == LIN
    assert "【承诺】11月23日 15:00 前" in words
    await telling.says("请您稍等")
    assert await telling.states() == ["open"], "asking to wait keeps nothing"
    await telling.says("您好，货已补发，单号 123。")
    assert await telling.states() == ["kept"]
    assert not [1 for _, text in await telling.told(days=1) if "承诺" in text]
    assert await telling.card() == []
    told = await telling.desk.says(LIN, "/promises", chat=LIN)
    assert "林晓：兑现 1，迟到 0，落空 0，改期 0；兑现率 100%" in told
    assert [d for d in await telling.desk.happened() if "Promise" in d] == ["PromiseMade", "PromiseKept"]


async def test_late_broken_and_postponed(telling: Telling) -> None:
    await telling.says(SOON)
    await telling.desk.later(hours=5, minutes=10)
    await telling.says("您好，货已补发。")
    assert await telling.states() == ["late"]
    await telling.says("一小时内给您答复")
    await telling.desk.later(minutes=30)
    await telling.says("抱歉，今天下午五点前给您答复")
    assert await telling.states() == ["late", "postponed", "open"]
    told = await telling.told(hours=3)
    assert [chat for chat, text in told if "承诺落空" in text or "答应" in text] == [SUPERVISORS, LIN]
    assert await telling.states() == ["late", "postponed", "broken"]
    assert "兑现 0，迟到 1，落空 1，改期 1；兑现率 0%" in await telling.desk.says(WANG, "/promises 林晓", SUPERVISORS)
    assert "请您查看自己的承诺" in await telling.desk.says(ZHOU, "/promises 林晓", chat=ZHOU)
    assert "没有看懂“外星”" in await telling.desk.says(WANG, "/promises 外星", SUPERVISORS)


async def test_edits_and_recalls_follow(telling: Telling) -> None:
    message = await telling.says(SOON)
    await telling.edits(message, "您好，今天下午四点前给您答复")
    (moved,) = await telling.all()
    assert (moved.due_at, moved.state) == (at(16), OPEN)
    await telling.edits(message, "您好，我在查")
    assert await telling.states() == ["withdrawn"]
    await telling.edits(message, "您好，今天下午五点前给您答复")
    assert await telling.states() == ["withdrawn", "open"]
    await telling.desk.desk.run(unsaid, message_id=message)
    assert await telling.states() == ["withdrawn", "withdrawn"]


async def test_one_tap_corrects_or_dismisses_and_a_command_does_the_same(telling: Telling) -> None:
    desk = telling.desk
    await telling.says(SOON)
    assert "请您选择新的时间" in await desk.presses(LIN, Verb.PROMISE_TIME, 1)
    assert "承诺 11月23日 18:00 前" in await desk.presses(LIN, Verb.PROMISE_AT, 1, "1")
    assert "承诺 11月24日 15:00 前" in await desk.says(LIN, "/promise #1 明天下午三点")
    assert (await telling.all())[0].due_at == at(15, day=24)
    assert "这一步请由首问人、承办人或主管来做" in await desk.says(ZHOU, "/promise #1 明天下午三点")
    assert "“尽快”没有说定" in await desk.says(LIN, "/promise #1 尽快")
    assert "已去掉" in await desk.presses(LIN, Verb.PROMISE_NOT, 1)
    assert "已去掉" in await desk.presses(LIN, Verb.PROMISE_NOT, 1)
    assert "没有待兑现的承诺" in await desk.says(LIN, "/promise #1 不是承诺")
    assert "已经了结" in await desk.presses(LIN, Verb.PROMISE_TIME, 1)
    assert not [1 for _, text in await telling.told(days=3) if "承诺" in text]
    assert "承诺 11月27日 15:00 前 寄出" in await desk.says(LIN, "/promise #1 明天下午三点 寄出"), "one noted by hand"
    await desk.says(LIN, "/promise #1 不是承诺")
    assert "承诺 11月27日 16:30 前，到期前" in await desk.says(LIN, "/promise #1 明天下午四点半"), "told once"
    await desk.says(LIN, "/promise #1 不是承诺")
    assert "承诺 11月27日 16:30 前" in await desk.says(LIN, "/promise #1 明天下午四点半"), "taken up again"
    assert (await telling.states()).count("open") == 1


async def test_it_goes_with_the_case_and_outlives_it(telling: Telling) -> None:
    desk = telling.desk
    await telling.says(SOON)
    await desk.says(LIN, "/transfer #1 周宁 班次")
    await desk.says(ZHOU, "/accept #1")
    assert [chat for chat, text in await telling.told(hours=4, minutes=30) if "【承诺】" in text] == [ZHOU]
    await desk.says(WANG, "/transfer #1 林晓 接着办", SUPERVISORS)
    await desk.says(LIN, "/accept #1")
    assert [chat for chat, text in await telling.told(minutes=15) if "【承诺】" in text] == [LIN]
    await desk.says(LIN, "/transfer #1 周宁 班次")
    await desk.says(ZHOU, "/accept #1")
    await desk.says(WANG, "/close #1", SUPERVISORS)
    assert await telling.states() == ["open"], "the goodbye is no answer"
    sender = Sender(CHEN, "小陈")
    await desk.desk.run(resolve.confirm, sender=sender, case_id=1)
    assert await telling.states() == ["kept"], "the franchisee says that all is well"
    names = await desk.desk.run(lambda w, o, now: w.staff.get(w.promises.get(1).staff_id).name)
    assert names == "周宁"


async def test_a_shifts_note_tells_of_what_is_left_to_do(telling: Telling) -> None:
    await telling.says(SOON)
    await telling.desk.says(LIN, "/remind 明早9点 查发货", chat=LIN)
    await telling.desk.says(WANG, "/task 林晓 今天下班前 整理证照", SUPERVISORS)

    def left(work: Any, office: Any, now: Any) -> str:
        who = work.staff.by_telegram(LIN)
        return promises_due(work, office, now, who) + reminders_open(work, office, now, who)

    told = str(await telling.desk.desk.run(left))
    assert all(words in told for words in ("#1 承诺 11月23日 15:00 前", "查发货", "整理证照"))
