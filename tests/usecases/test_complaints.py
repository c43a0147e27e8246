"""Complaints from the first angry word to the last measure, played without a messenger."""

from pathlib import Path
from typing import Any

import pytest

from bot.desk.alarms import Alarm, Danger
from bot.desk.buttons import Verb
from bot.desk.case import Case, State
from bot.desk.complaint import Complaint, Grade
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.usecases import receive, reply
from bot.usecases.card import card_of
from bot.usecases.finding_talk import take_words
from bot.usecases.patrol import plan_patrol
from bot.usecases.people import Sender
from tests.cast import CHEN, HE, LIN, LIU, SOUTHWEST, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.usecases.played import Played, played

FOOD = Alarm((Danger.FOOD,), ("喝出虫",))
FOUND = "/finding #1 物流配送 冷链断电 | 已补发并道歉 | 加装温度记录"


async def hears(desk: Played, text: str, *, who: int = CHEN, alarm: Alarm | None = None, kind: str = "complaint",
                matter: str = "order") -> Case:  # fmt: skip
    """A franchisee writes what the language layer takes for this."""
    desk._said += 1
    said = Incoming(MessageRef(who, desk._said), desk.clock.now(), Content(ContentKind.TEXT, text))
    hint = receive.Hint("四川", kind=kind, alarm=alarm, matter=matter)
    case_id = await desk.desk.run(receive.receive, sender=Sender(who, "小陈"), message=said, hint=hint)
    return await desk.case(case_id)


def answers_here(work: Any, office: Any, now: Any, *, who: int) -> None:
    """Somebody says something in the case's place."""
    case, person = work.cases.get(1), work.staff.by_telegram(who)
    said = Incoming(MessageRef(SOUTHWEST, 77), now, Content(ContentKind.TEXT, "请您稍等，我来查。"))
    if not take_words(work, office, now, case=case, who=person, message=said):
        reply.answer(work, office, now, case=case, who=person, words=reply.Words(said.content))


async def row(desk: Played, case_id: int = 1) -> Complaint:
    found: Complaint | None = await desk.desk.run(lambda work, office, now: work.complaints.get(case_id))
    assert found is not None
    return found


async def complained(desk: Played, alarm: Alarm | None = None) -> Case:
    """小陈 complains, and 林晓 has answered."""
    await hears(desk, "等了十天没人管，我要投诉", alarm=alarm)
    await desk.desk.run(desk._answer, who=LIN, case_id=1)
    await desk.news()
    return await desk.case(1)


async def test_a_plain_complaint_is_entered_with_its_deadlines_and_told_in_its_topic_only(desk: Played) -> None:
    case = await hears(desk, "等了十天没人管，我要投诉")
    news = await desk.news()
    told = [text for chat, text in news if "普通投诉" in text]
    assert told and "请您在 11月24日 10:00 前首次联系加盟商，11月25日 10:00 前办结" in told[0]
    assert not [text for chat, text in news if chat in (SUPERVISORS, WANG, ZHAO)]
    entry = await row(desk)
    assert (case.kind, entry.grade, entry.matter, entry.marked_by) == ("complaint", Grade.NORMAL, "order", None)


async def test_danger_reaches_supervisor_manager_and_handler_at_once_with_the_words(desk: Played) -> None:
    case = await hears(desk, "奶茶里喝出虫子了", alarm=FOOD, kind="consult")
    news = await desk.news()
    alarms = {chat: text for chat, text in news if "紧急投诉 · 工单 #1（食品安全）" in text}
    assert {SUPERVISORS, WANG, ZHAO} <= set(alarms)
    assert all("原话：奶茶里喝出虫子了" in text for text in alarms.values())
    assert "11月23日 12:00 前首次联系，11月24日 10:00 前办结" in alarms[ZHAO]
    assert case.kind == "complaint"


async def test_danger_later_makes_a_plain_complaint_urgent_and_a_tone_never_lowers_it(desk: Played) -> None:
    await complained(desk)
    await hears(desk, "客人住院了", alarm=FOOD)
    assert (await row(desk)).grade is Grade.URGENT
    await desk.news()
    await hears(desk, "你们就这么拖着")
    await hears(desk, "又一位吐了", alarm=FOOD)
    assert (await row(desk)).grade is Grade.URGENT
    assert not [text for _, text in await desk.news() if "紧急投诉" in text]


async def test_the_third_complaint_of_a_store_within_days_is_major_and_the_supervisor_is_told(desk: Played) -> None:
    for number in (1, 2, 3):
        await hears(desk, "我要投诉")
        if number < 3:
            await desk.says(WANG, f"/finding #{number} 其他 | 已处理 | 加强培训")
            await desk.solves(await desk.case(number))
            await desk.later(days=4 if number == 3 else 3.5)
    grades = [(await row(desk, n)).grade for n in (1, 2, 3)]
    assert grades == [Grade.NORMAL, Grade.NORMAL, Grade.MAJOR]
    news = await desk.news()
    assert [chat for chat, text in news if "重大投诉 · 工单 #3" in text] == [SUPERVISORS, WANG]


async def test_staff_mark_raise_and_only_a_supervisor_lowers_with_a_reason(desk: Played) -> None:
    await desk.claimed()
    assert "未登记" not in await desk.says(LIN, "/complaint #1 多次补发仍缺货")
    assert (await row(desk)).grade is Grade.NORMAL
    assert "已是普通投诉" in await desk.says(LIN, "/complaint #1 普通")
    assert f"{SUPERVISORS}: 紧急投诉 · 工单 #1" in await desk.says(LIN, "/complaint #1 紧急 顾客住院")
    assert "降级须由主管决定" in await desk.says(LIN, "/complaint #1 普通 弄错了")
    assert "降级请您写明原因" in await desk.says(WANG, "/complaint #1 重大")
    assert "登记为重大投诉" in await desk.says(WANG, "/complaint #1 重大 已就医无碍")
    assert (await row(desk)).grade is Grade.MAJOR
    assert [e for e in await desk.happened() if e.startswith("Complaint")] == [
        "ComplaintMarked", "ComplaintGraded", "ComplaintGraded"]  # fmt: skip


async def test_somebody_elses_case_is_not_theirs_to_mark(desk: Played) -> None:
    await desk.claimed()
    assert "承办人" in await desk.says(HE, "/complaint #1 紧急 x")


async def test_buttons_do_what_the_command_does_and_twice_does_no_harm(desk: Played) -> None:
    await desk.claimed()
    assert "请您选择投诉级别" in await desk.presses(LIN, Verb.COMPLAIN, 1)
    assert "登记为重大投诉" in await desk.presses(LIN, Verb.COMPLAIN_AS, 1, "major")
    assert "已是重大投诉" in await desk.presses(LIN, Verb.COMPLAIN_AS, 1, "major")
    assert "已是重大投诉" in await desk.presses(LIN, Verb.COMPLAIN, 1)
    assert "已经过期" in await desk.presses(LIN, Verb.COMPLAIN_AS, 1, "worst")


async def test_a_supervisor_takes_the_mark_back_and_only_danger_brings_it_again(desk: Played) -> None:
    await complained(desk)
    assert "主管" in await desk.says(LIN, "/complaint #1 撤销 不是投诉")
    assert "请您写明原因" in await desk.says(WANG, "/complaint #1 撤销")
    assert "已由 王芳 撤销，原因：是询问" in await desk.says(WANG, "/complaint #1 撤销 是询问")
    assert (await desk.case(1)).kind == "order"
    await hears(desk, "还是很生气")
    assert (await row(desk)).is_void
    await hears(desk, "客人吐了", alarm=FOOD)
    again = await row(desk)
    assert (again.is_void, again.grade) == (False, Grade.URGENT)


async def test_a_complaint_does_not_end_without_cause_handling_and_prevention(desk: Played) -> None:
    await complained(desk)
    for who in (LIN, WANG):
        assert "结案前请您先填写结论" in await desk.says(who, "/close #1")
    assert "请从这些里选" in await desk.says(LIN, "/finding #1 说不清 | 补发 | 检查")
    assert "请从这些里选" in await desk.says(LIN, "/finding #1 物流配送 | 补发")
    told = await desk.says(LIN, f"{FOUND} | 产品 芋圆 | 负责 周宁 12月20日")
    assert "原因：物流配送，冷链断电" in told
    assert f"{ZHOU}: 工单 #1 的预防措施 1 请您负责：加装温度记录" in told
    assert "期限 12月20日 18:00" in told
    entry = await row(desk)
    assert (entry.cause, entry.details, entry.handled, entry.prevention, entry.product) == (
        "logistics", "冷链断电", "已补发并道歉", "加装温度记录", "芋圆")  # fmt: skip
    assert "已结案" in await desk.says(LIN, "/close #1")
    assert (await desk.case(1)).state is State.RESOLVED


async def test_the_cause_by_button_and_the_rest_by_command(desk: Played) -> None:
    await complained(desk)
    assert "请您先选择原因" in await desk.presses(LIN, Verb.FINDING, 1)
    assert "原因已选“服务态度”" in await desk.presses(LIN, Verb.FINDING_CAUSE, 1, "service")
    assert "已经过期" in await desk.presses(LIN, Verb.FINDING_CAUSE, 1, "weather")
    assert "原因：服务态度" in await desk.says(LIN, "/finding #1 已当面致歉 | 每周复盘")


async def test_a_finding_is_told_part_by_part_and_no_word_of_it_reaches_the_franchisee(desk: Played) -> None:
    await complained(desk)
    asked = await desk.presses(LIN, Verb.FINDING_CAUSE, 1, "service", chat=LIN)
    assert "10 分钟内您在这里的下一条话会记为处理情况，不发给加盟商" in asked
    told = await desk.writes(LIN, "已当面致歉\n并补发", chat=LIN)
    assert "处理情况已记下" in told
    assert f"{CHEN}:" not in told
    assert "没有在等您" not in told
    told = await desk.writes(LIN, "每周复盘 | 负责 周宁 12月20日", chat=LIN)
    assert f"{ZHOU}: 工单 #1 的预防措施 1 请您负责：每周复盘" in told
    assert f"{CHEN}:" not in told
    entry = await row(desk)
    assert (entry.cause, entry.handled, entry.prevention) == ("service", "已当面致歉\n并补发", "每周复盘")
    assert "答复加盟商" in await desk.writes(LIN, "再说一句", chat=LIN), "only what was asked for is taken"


@pytest.mark.parametrize("ends", ["button", "command", "time", "another"])
async def test_words_that_are_not_the_finding_are_answers_as_ever(desk: Played, ends: str) -> None:
    await complained(desk)
    await desk.presses(LIN, Verb.FINDING_CAUSE, 1, "service", chat=LIN)
    match ends:
        case "button":
            assert "照常发给加盟商" in await desk.presses(LIN, Verb.FINDING_CAUSE, 1, "-", chat=LIN)
        case "command":
            assert "照常发给加盟商" in await desk.says(LIN, "/finding #1 先不写", chat=LIN)
        case "time":
            await desk.later(minutes=11)
            await desk.news()
    await desk.desk.run(answers_here, who=WANG if ends == "another" else LIN)
    assert any(to == CHEN and text == "请您稍等，我来查。" for to, text in await desk.news())
    assert not (await row(desk)).handled


async def test_a_supervisor_gets_the_document_by_the_cards_button(desk: Played) -> None:
    await complained(desk)
    card = await desk.desk.run(lambda work, office, now: card_of(work, office, now, case=work.cases.get(1)))
    assert [b.label for b in card.buttons[2]] == ["填写结论", "处理文案"]
    assert "主管" in await desk.presses(LIN, Verb.COMPLAINT_FILE, 1)
    for _ in range(2):
        assert "已私下发给您" in await desk.presses(WANG, Verb.COMPLAINT_FILE, 1)


async def test_missed_contact_and_missed_resolution_are_told_once_each(desk: Played) -> None:
    await hears(desk, "奶茶里喝出虫子了", alarm=FOOD)
    await desk.news()
    await desk.later(hours=2)
    late = [chat for chat, text in await desk.news() if "首次联系超时" in text]
    assert {SUPERVISORS, WANG, ZHAO, SOUTHWEST} <= set(late)
    await desk.desk.run(desk._answer, who=LIN, case_id=1)
    await desk.later(hours=22)
    news = [text for chat, text in await desk.news() if chat == SUPERVISORS]
    assert sum("已到时限，请您督促" in text and "#1" in text for text in news) == 1
    await desk.later(hours=30)
    assert not [1 for chat, text in await desk.news() if chat == SUPERVISORS and "已到时限" in text]


async def test_while_we_wait_for_the_franchisee_nothing_is_late(desk: Played) -> None:
    await complained(desk)
    await desk.says(LIN, "/wait #1")
    await desk.later(days=4)
    assert not [1 for _, text in await desk.news() if "办结超时" in text]


async def test_the_patrol_comes_once_on_working_days_and_what_nobody_saw_is_told_next_day(tmp_path: Path) -> None:
    async with played(tmp_path, hours={"saturday": [], "sunday": []}) as desk:
        await desk.desk.run(plan_patrol)
        await complained(desk)
        await desk.later(hours=23.5)  # Tuesday 09:30
        (first,) = [text for chat, text in await desk.news() if chat == SUPERVISORS and "投诉巡查" in text]
        assert "#1 普通 小陈" in first and "林晓承办：未结" in first and "未巡查" not in first
        await desk.later(days=1)
        (second,) = [text for chat, text in await desk.news() if chat == SUPERVISORS and "投诉巡查" in text]
        assert "11月24日 未巡查：#1" in second and "上次未巡查" in second
        await desk.presses(WANG, Verb.LOOKED, 1, chat=SUPERVISORS)
        await desk.later(days=1)
        (third,) = [text for chat, text in await desk.news() if chat == SUPERVISORS and "投诉巡查" in text]
        assert "未巡查" not in third and "停滞，26 小时 30 分无进展" in third
        await desk.later(days=1)
        await desk.news()
        await desk.later(days=2)  # the weekend
        assert not [1 for _, text in await desk.news() if "投诉巡查" in text]


async def test_two_processes_hold_one_patrol(desk: Played) -> None:
    await complained(desk)

    def twice(work: Any, office: Any, now: Any) -> None:
        from bot.usecases.patrol import patrol_daily

        patrol_daily(work, office, now)
        patrol_daily(work, office, now)

    await desk.desk.run(twice)
    assert sum("投诉巡查" in text for _, text in await desk.news()) == 1


async def test_a_day_without_complaints_says_so(desk: Played) -> None:
    assert "没有需要查看的投诉" in await desk.says(WANG, "/patrol", chat=SUPERVISORS)
    assert "主管" in await desk.says(LIN, "/patrol")


async def test_chased_once_an_hour_instructed_and_seen_are_on_record(desk: Played) -> None:
    await complained(desk)
    assert f"{LIN}: 王芳 催办：工单 #1" in await desk.presses(WANG, Verb.CHASE, 1)
    assert "已在 11月23日 10:00 催办过 林晓" in await desk.presses(WANG, Verb.CHASE, 1)
    await desk.later(hours=1)
    assert f"{LIN}: 王芳 催办" in await desk.presses(WANG, Verb.CHASE, 1)
    assert "/instruct 1 批示内容" in await desk.presses(WANG, Verb.INSTRUCT, 1)
    assert f"{LIN}: 工单 #1（普通投诉，小陈）主管王芳批示：今天到店" in await desk.says(
        WANG, "/instruct #1 今天到店", chat=SUPERVISORS)  # fmt: skip
    for _ in range(2):
        assert "已记您已阅" in await desk.presses(WANG, Verb.LOOKED, 1)
    happened = await desk.happened()
    counts = [happened.count(f"Complaint{what}") for what in ("Chased", "Instructed", "Seen")]
    assert counts == [2, 1, 1]
    for verb in (Verb.CHASE, Verb.INSTRUCT, Verb.LOOKED):
        assert "主管" in await desk.presses(LIN, verb, 1)


async def test_measures_are_reminded_of_told_when_overdue_and_ticked_off(desk: Played) -> None:
    await complained(desk)
    await desk.says(LIN, f"{FOUND} | 负责 周宁 11月26日")
    await desk.later(days=2, hours=8)
    assert any(chat == ZHOU and "将于 11月26日 18:00 到期" in text for chat, text in await desk.news())
    await desk.later(days=1)
    news = await desk.news()
    assert any(chat == ZHOU and "已过期限" in text for chat, text in news)
    assert any(chat == SUPERVISORS and "预防措施 1 已逾期" in text for chat, text in news)
    assert "由周宁负责" in await desk.says(LIN, "/measure 1 完成 装好了")
    assert "主管" in await desk.says(ZHOU, "/measure 1 改期 12月1日")
    assert "期限 12月01日 18:00" in await desk.says(WANG, "/measure 1 改期 12月1日")
    assert "由林晓负责" in await desk.says(WANG, "/measure 1 负责 林晓")
    assert "已登记完成，谢谢您" in await desk.says(LIN, "/measure 1 完成 装好了")
    assert "已登记完成，请您放心" in await desk.presses(LIN, Verb.MEASURE_DONE, 1)
    assert "没有编号为 9" in await desk.says(LIN, "/measure 9 完成 x")
    assert "完成请用" in await desk.says(LIN, "/measure 完成")


async def test_complaints_in_figures_with_their_causes_products_and_overdue_measures(desk: Played) -> None:
    await complained(desk)
    await hears(desk, "货又漏发，我要投诉", who=LIU)
    await desk.says(LIN, f"{FOUND} | 产品 芋圆 | 负责 林晓 明天")
    await desk.later(days=3)
    told = await desk.says(WANG, "/complaints", chat=SUPERVISORS)
    for words in ("· 全部：2 件，紧急 0，已结 0，超时 2", "· 订货物流：2 件", "· 物流配送：1 件", "· 未填：1 件",
                  "· 西南：2 件", "· 芋圆：1 件", "#1 11月23日 10:00 普通 小陈，处理中，原因：物流配送，超时",
                  "措施 1（#1）加装温度记录，林晓，11月24日 18:00 前，已逾期"):  # fmt: skip
        assert words in told, words
    assert "期间可写" in await desk.says(WANG, "/complaints 前天晚上")
    assert "主管" in await desk.says(LIN, "/complaints")


@pytest.mark.parametrize("words", ["", "12 重大 x", "x"])
async def test_a_command_that_names_no_case_tells_how(desk: Played, words: str) -> None:
    assert "请" in await desk.says(LIN, f"/complaint {words}".strip())


async def test_voices_are_listed_with_what_is_missing(desk: Played) -> None:
    await desk.hears()
    await desk.solves(await desk.case(1))
    case = await desk.hears(who=LIU)
    await desk.later(hours=1)
    await desk.desk.run(desk._answer, who=LIN, case_id=case.id)
    await desk.solves(await desk.case(case.id))
    told = await desk.says(WANG, "/voices", chat=SUPERVISORS)
    assert "全部：结案 2，三声完整 1（50%）" in told
    assert "#2 林晓：应声超时（11月23日 10:00，60 分钟）" in told
    assert "三声：完整" in await desk.says(WANG, "/case 1", chat=SUPERVISORS)
    assert "林晓：结案" in await desk.says(LIN, "/voices 本周")
    assert "期间可写" in await desk.says(WANG, "/voices 谁")
