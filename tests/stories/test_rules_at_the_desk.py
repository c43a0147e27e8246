"""False alarms, the rules that people read and reload, and the figures: as those who lead see them."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.desk.draft import OUTCOME_OF, DraftState, Outcome
from bot.desk.events import Did
from bot.desk.lint import Category, Severity
from bot.usecases.office import Office
from bot.usecases.ports import Work
from tests.cast import LIN, SOUTHWEST, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.plain_rules import PHRASES, Phrase, PlainRules
from tests.stories.held import WHERE, heard, held_desk, notice, pressed, reopened_desk, says
from tests.stories.theatre import Theatre

KIND = "请您看周转筐不归我管的那条"


@pytest.fixture
def rules() -> PlainRules:
    return PlainRules()


@pytest.fixture
async def desk(tmp_path: Path, rules: PlainRules) -> AsyncIterator[Theatre]:
    async with held_desk(tmp_path, rules) as stage:
        yield stage


async def told(stage: Theatre, words: str, who: int = WANG) -> str:
    """What the bot answers to a command in private."""
    asked = stage.world.user_writes(who, who, words)
    await stage.quiet()
    return "\n".join(m["text"] for m in stage.world.history(who) if m["message_id"] > asked["message_id"])


async def test_a_false_alarm_is_marked_with_one_tap_and_becomes_an_exception_with_another(tmp_path: Path) -> None:
    async with held_desk(tmp_path) as desk:
        says(desk, KIND)
        await desk.seen()
        desk.press(LIN, notice(desk), "误报")
        await desk.shows("""
            主管群 | 首问: 请您看一下，这里可能误报： / 1. 推卸责任“请您看周转筐不归我管的那条”，规则 plain/不归我管，林晓，工单 #1，林晓标为误报 / “加为例外”之后，同样的说法不再提示；也可发 /except 号 说法、/keep 号。 [加为例外|规则不变]
        """)
        assert "已标为误报" in await pressed(desk, LIN, notice(desk), "误报")
        desk.press(WANG, desk.last(SUPERVISORS, "可能误报"), "加为例外")
        await desk.shows(f"""
            {WHERE} | 首问: ↩请您看周转筐 您标的误报成立，“请您看周转筐不归我管的那条”（plain/不归我管）以后不再提示；没发出的答复，请您再发一次。
        """)
        assert "不在待看之列" in await pressed(desk, ZHAO, desk.last(SUPERVISORS, "可能误报"), "规则不变")
        says(desk, KIND)
        says(desk, "冰箱不归我管，请您找厂家")
        await desk.quiet()
        assert heard(desk)[-1] == KIND
    async with reopened_desk(tmp_path, desk.world) as again:
        says(again, f"您好，{KIND}")
        await again.quiet()
        assert heard(again)[-1] == f"您好，{KIND}"
        assert "1. plain/不归我管：“请您看周转筐不归我管的那条”（王芳" in await told(again, "/rules 例外")
        assert "已撤掉" in await told(again, "/unexcept 1")
        says(again, KIND)
        await again.quiet()
        assert heard(again)[-1] == f"您好，{KIND}"


async def test_an_exception_by_command_holds_the_words_and_something_more(desk: Theatre) -> None:
    says(desk, "不归我管，请您看")
    says(desk, "/falsealarm")
    await desk.quiet()
    assert "关掉整条规则" in await pressed(desk, WANG, desk.last(SUPERVISORS, "可能误报"), "加为例外")
    assert "要包含“不归我管”" in await told(desk, "/except 1 归我")
    assert "例外 1 已生效" in await told(desk, "/except 1 那台不归我管")
    says(desk, "那台不归我管，请您看")
    says(desk, "这台不归我管，请您看")
    await desk.quiet()
    assert heard(desk)[-1] == "那台不归我管，请您看"


async def test_a_note_can_be_called_a_false_alarm_too_and_the_rule_may_be_kept(desk: Theatre) -> None:
    says(desk, "请您收好你的货单")
    await desk.quiet()
    assert "已标为误报" in await pressed(desk, LIN, notice(desk, "请您下次留意"), "误报")
    listed = await told(desk, "/falsealarms")
    assert "称呼“请您收好你的货单”" in listed
    assert "请由主管或经理进行" in await told(desk, "/falsealarms", LIN)
    assert "规则不变" in await told(desk, "/keep 1")
    assert notice(desk, "仍照原规则提示")
    assert "没有待看的误报" in await told(desk, "/falsealarms")


async def test_the_rules_can_be_read(desk: Theatre) -> None:
    whole = await told(desk, "/rules")
    assert "共 8 条" in whole
    assert "· 推卸责任（拦下）1 条" in whole
    assert "启动时 plain.toml" in whole
    for query in ("推卸责任", "shirk", "归我管", "谁就跟进"):
        assert "· plain/不归我管（推卸责任，拦下，1 个说法）" in await told(desk, f"/rules {query}")
    assert "没有找到“量子”的规则" in await told(desk, "/rules 量子")
    assert "没有找到“生硬 2”" in await told(desk, "/rules 生硬 2")
    assert "共 8 条" in await told(desk, "/rules", LIN)


async def test_a_long_list_of_rules_has_pages(tmp_path: Path) -> None:
    many = [Phrase(f"词{n}", Category.RIGID, Severity.BLOCK, "生硬。") for n in range(20)]
    async with held_desk(tmp_path, PlainRules(many)) as desk:
        first, last = await told(desk, "/rules 生硬"), await told(desk, "/rules 生硬 3")
        assert "第 1/3 页" in first
        assert "下一页：/rules 生硬 2" in first
        assert "词19" in last and "生硬。改说" in last
        assert "下一页" not in last
        assert "没有找到" in await told(desk, "/rules 生硬 4")


async def test_rules_are_reloaded_by_those_who_lead_and_it_is_on_record(desk: Theatre, rules: PlainRules) -> None:
    rules.phrases = (*PHRASES, Phrase("等着吧", Category.RIGID, Severity.BLOCK, "像在拖延"))
    says(desk, "请您等着吧")
    assert "请由主管或经理进行" in await told(desk, "/rules reload", LIN)
    assert "已重读规则，共 9 条，改动的文件：plain.toml" in await told(desk, "/rules reload")
    assert "没有变化" in await told(desk, "/rules reload", ZHAO)
    assert "王芳 plain.toml" in await told(desk, "/rules")
    before = heard(desk)
    says(desk, "请您等着吧")
    await desk.quiet()
    assert heard(desk) == before


async def test_broken_rules_are_named_and_the_old_ones_stay(desk: Theatre, rules: PlainRules) -> None:
    rules.phrases, rules.broken = (), "forbidden/rigid.toml:12: 缺少 why"
    assert "forbidden/rigid.toml:12: 缺少 why" in await told(desk, "/rules reload")
    before = heard(desk)
    says(desk, "随便你，请您看")
    await desk.quiet()
    assert heard(desk) == before


async def test_another_process_follows_a_reload(desk: Theatre, rules: PlainRules) -> None:
    other = PlainRules()
    rules.phrases = other.phrases = (*PHRASES, Phrase("等着吧", Category.RIGID, Severity.BLOCK, "像在拖延"))
    await told(desk, "/rules reload")
    there = Office(**{**vars(desk.desk.office), "linter": other, "rulebook": other})

    def look(work: Work, office: Office, now: datetime) -> tuple[Severity, int]:
        from bot.usecases.inspect import inspect

        return inspect(work, there, "请您等着吧").severity, other.seen

    severity, seen = await desk.desk.run(look)
    assert severity is Severity.BLOCK
    assert seen == rules.seen > 0


async def test_the_figures_by_person_and_period(desk: Theatre) -> None:
    await a_bad_morning(desk)
    everybody = await told(desk, "/quality")
    assert "林晓：拦下 3 条答复，提醒 2 条" in everybody
    assert "周宁：拦下 1 条答复，提醒 0 条" in everybody
    assert "推卸责任 3 处：已改正 1、采用建议 1、放行 1" in everybody
    lin = await told(desk, "/quality 林晓 今天")
    assert "推卸责任 2 处：采用建议 1、放行 1" in lin
    assert "称呼 2 处：已改正 1、已发出 1" in lin
    assert "缺“再见” 1 处：由送声补上 1" in lin
    assert "周宁" not in lin
    assert "用语很好" in await told(desk, "/quality 林晓 2025")
    assert "用语很好" in await told(desk, "/quality 何静")
    assert "没有看懂“量子”" in await told(desk, "/quality 量子")
    assert "请由主管查看" in await told(desk, "/quality 周宁", LIN)
    assert "推卸责任 2 处" in await told(desk, "/quality", LIN)


async def a_bad_morning(desk: Theatre) -> None:
    """Every outcome once: adopted, released, refused, changed, sent; and a goodbye that was missing."""
    says(desk, "不归我管，请您看")
    says(desk, "/adopt")
    says(desk, "这不归我管，请您看")
    says(desk, "/ask")
    await desk.quiet()
    desk.world.user_writes(WANG, SUPERVISORS, "/release 2")
    says(desk, "谁让您不看，请")
    says(desk, "/ask")
    await desk.quiet()
    desk.world.user_writes(WANG, SUPERVISORS, "/refuse 3")
    says(desk, "那不归我管，请您看", who=ZHOU)
    says(desk, "请您稍等", who=ZHOU)
    await desk.quiet()
    for words, better in (("你的货", "你的货到了"), ("收好你的单", "请收好您的单")):
        written = says(desk, words)["message_id"]
        await desk.quiet()
        desk.world.user_edits(LIN, SOUTHWEST, written, better)
        await desk.quiet()
    says(desk, "/close")
    await desk.quiet()


async def test_the_figures_can_be_made_again_from_the_events_alone(desk: Theatre) -> None:
    await a_bad_morning(desk)
    assert await desk.desk.run(counted_from_events) == await desk.desk.run(counted_from_findings)


ENDED = {
    Did.SUGGESTION_TAKEN: DraftState.ADOPTED,
    Did.DRAFT_CHANGED: DraftState.CHANGED,
    Did.REPLY_RELEASED: DraftState.RELEASED,
    Did.RELEASE_REFUSED: DraftState.REFUSED,
    Did.DRAFT_WITHDRAWN: DraftState.WITHDRAWN,
}


def counted_from_events(work: Work, office: Office, now: datetime) -> Counter[tuple[int | None, str, Outcome]]:
    events = work.events.of_case(1)
    ends = {e.data["draft"]: OUTCOME_OF[ENDED[e.did]] for e in events if e.did in ENDED}
    count: Counter[tuple[int | None, str, Outcome]] = Counter()
    for e in events:
        match e.did:
            case Did.REPLY_HELD | Did.EDIT_HELD:
                outcome = ends.get(e.data["draft"], Outcome.OPEN)
            case Did.REPLY_NOTED:
                outcome = Outcome.SENT
            case Did.GOODBYE_MISSED:
                outcome = Outcome.MADE_UP
            case Did.WORDS_MENDED:
                outcome = Outcome.CHANGED
                count.subtract((e.staff_id, category, Outcome.SENT) for category in e.data["found"].split())
            case _:
                continue
        count.update((e.staff_id, category, outcome) for category in e.data["found"].split())
    return +count


def counted_from_findings(work: Work, office: Office, now: datetime) -> Counter[tuple[int | None, str, Outcome]]:
    counts = work.findings.counts(now.replace(year=2000), now.replace(year=2100))
    assert counts
    return Counter({(c.staff_id, c.category, c.outcome): c.count for c in counts})


async def test_what_waits_for_a_release_stands_in_the_overview(desk: Theatre) -> None:
    says(desk, "不归我管，请您看")
    says(desk, "/ask")
    await desk.quiet()
    assert "待放行：1\n  草稿 1（工单 #1，林晓）：待放行" in await told(desk, "/overview")


async def test_a_goodbye_that_was_missing_is_on_record(desk: Theatre) -> None:
    says(desk, "/close")
    await desk.quiet()
    desk.world.user_writes(WANG, SUPERVISORS, "/case 1")
    await desk.quiet()
    assert "末条未道别，由送声补上 林晓" in desk.last(SUPERVISORS, "末条未道别")["text"]
