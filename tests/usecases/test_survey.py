"""普查: batches in working hours, each person once; one message that changes; progress, results, versions, an end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from PIL import Image

from bot.config_models import LintSettings
from bot.desk.buttons import Verb
from bot.desk.errors import DeskError
from bot.desk.outgoing import ReportKind, SendReport
from bot.desk.people import Franchisee, Store
from bot.desk.questionnaire import QuestionnaireError, read_questionnaire
from bot.desk.survey import Standing, SurveyState, SurveyTerms, options_named, tally
from bot.language.questionnaires import load_questionnaires
from bot.reports.printer import print_report
from bot.usecases import membership
from bot.usecases.enrol import enrol_stores
from bot.usecases.reports import matter_of
from bot.usecases.survey_start import start_survey
from bot.usecases.survey_words import unfit
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from tests.usecases.aftercare import SUPERVISORS, WANG, Aftercare
from tests.usecases.department import LIN, Crash, office
from tests.words import the_rules

ASK = """
title = "小普查"
intro = "想请您答几个问题。"
thanks = "谢谢您，请您放心。"
[[questions]]
key = "all"
kind = "scale"
ask = "请问您满意吗？"
low = "不满意"
high = "满意"
[[questions]]
key = "way"
kind = "single"
ask = "请问您先找谁？"
options = ["机器人", "专员"]
[[questions]]
key = "needs"
kind = "several"
ask = "请问您要什么？"
options = ["订货", "维修", "培训"]
[[questions]]
key = "words"
kind = "words"
ask = "请您写一句话。"
optional = true
"""
EAST, SOUTH, BLOCKER, STAFF_TOO = 4001, 4101, 4003, LIN


@pytest.fixture
def desk() -> Iterator[Aftercare]:
    """Three franchisees in 华东 (one of whom blocked the bot), two in 华南; batches of two, every ten seconds."""
    opened = filled(Aftercare(survey=SurveyTerms(batch=2)))
    yield opened
    opened.close()


def filled(desk: Aftercare) -> Aftercare:
    desk.do(enrol_stores, stores=[Store("GZ1", "广州店", "广东", code="c1")])
    people = [(EAST, "江苏", None), (4002, "浙江", None), (BLOCKER, "江苏", None), (SOUTH, "江苏", "gz1"),
              (4102, "广东", None), (STAFF_TOO, "江苏", None)]  # fmt: skip
    for telegram_id, province, store in people:
        person = Franchisee(0, telegram_id, f"加盟商{telegram_id}", None, None, store, province,
                            telegram_id != BLOCKER, desk.now)  # fmt: skip
        desk.do(lambda work, office, now, person=person: work.franchisees.add(person))
    questionnaires = {"small": read_questionnaire("small", ASK), **load_questionnaires()}
    desk.office = replace(desk.office, questionnaires=questionnaires)
    return desk


def sent(desk: Aftercare) -> list[int]:
    """Who has got the questionnaire, once for each time."""
    return [who for who in (EAST, 4002, BLOCKER, SOUTH, 4102, LIN)
            for text in desk.said(who) if text.startswith(f"加盟商{who}，您好。小普查")]  # fmt: skip


def number(desk: Aftercare, who: int) -> int:
    """The person's place in the round."""
    return desk.kept(lambda work: work.surveys.newest_of(work.franchisees.by_telegram(who).id)).id


def answered(desk: Aftercare, who: int, *choices: str) -> None:
    for choice in choices:
        desk.presses(who, Verb.SURVEY, number(desk, who), choice)


def test_a_region_gets_it_in_batches_each_person_once_and_blocked_people_are_counted(desk: Aftercare) -> None:
    told = desk.commands(WANG, "/survey start small 华东")
    assert "1 号问卷“小普查”已安排：华东，共 3 人" in told
    desk.later()
    assert sent(desk) == [EAST, 4002]
    desk.later(seconds=9)
    assert "待发 1" in desk.commands(WANG, "/survey 1")
    desk.later(seconds=1)
    desk.later(minutes=5)
    assert sent(desk) == [EAST, 4002]
    progress = desk.commands(WANG, "/survey 1")
    assert "共 3 人：已发 2，待发 0，已屏蔽 1" in progress and "还没回音 2" in progress
    assert desk.buttons(SUPERVISORS) == ["结果图", "表格", "停止"]


def test_the_store_says_where_somebody_is_and_staff_are_left_out(desk: Aftercare) -> None:
    desk.commands(WANG, "/survey start small 华南")
    desk.later()
    assert sent(desk) == [SOUTH, 4102]
    assert "还在进行" in desk.commands(WANG, "/survey start small"), "nobody is asked two things at a time"
    assert "共 3 人" in desk.commands(WANG, "/survey start small 华东")


def test_nobody_is_written_to_outside_working_hours_and_the_rest_follows_in_the_morning(desk: Aftercare) -> None:
    desk.now = datetime(2026, 9, 28, 9, 59, 55, tzinfo=UTC)  # five seconds before the desk closes
    desk.commands(WANG, "/survey start small")
    desk.later()
    desk.later(seconds=10)
    desk.later(hours=14)
    assert sent(desk) == [EAST, 4002]
    desk.later(hours=1)
    assert sent(desk) == [EAST, 4002, SOUTH]
    desk.later(seconds=10)
    desk.later(seconds=10)
    assert sent(desk) == [EAST, 4002, SOUTH, 4102]


def test_one_message_goes_from_question_to_question_and_back(desk: Aftercare) -> None:
    desk.commands(WANG, "/survey start small 华东")
    desk.later()
    assert desk.buttons(EAST) == ["开始填写", "这次不填"]
    answered(desk, EAST, "go")
    assert "第 1 题，共 4 题" in desk.said(EAST)[-1] and desk.buttons(EAST) == ["1", "2", "3", "4", "5"]
    answered(desk, EAST, "0.3")
    assert desk.buttons(EAST) == ["机器人", "专员", "上一题"]
    answered(desk, EAST, "0.0")  # an old press: the question at hand is shown again
    assert "第 2 题" in desk.said(EAST)[-1]
    answered(desk, EAST, "1.b", "0.4", "1.1")
    assert "至少选一项" in desk.presses(EAST, Verb.SURVEY, number(desk, EAST), "2.n")
    answered(desk, EAST, "2.0", "2.2", "2.1", "2.1")
    assert desk.buttons(EAST) == ["✓ 订货", "维修", "✓ 培训", "上一题", "下一题"]
    answered(desk, EAST, "2.n")
    assert desk.buttons(EAST) == ["上一题", "跳过"]
    assert desk.says(EAST, "多来店里看看，怎么陈列也教教") is None
    assert "小普查\n谢谢您" in desk.said(EAST)[-1]
    person = number(desk, EAST)
    answers = desk.kept(lambda work: work.surveys.answers_of(person))
    assert answers == {"all": "4", "way": "1", "needs": "0,2", "words": "多来店里看看，怎么陈列也教教"}
    assert "谢谢您" in desk.presses(EAST, Verb.SURVEY, person, "0.0"), "finished is finished"
    assert desk.kept(lambda work: work.cases.last_of(1)) is None
    edits = [a for a, _ in desk.rows(EAST) if type(a).__name__ == "EditText"]
    assert {a.target.message_id for a in edits} == {7}


def test_what_was_a_new_matter_after_all_becomes_a_case(desk: Aftercare) -> None:
    desk.commands(WANG, "/survey start small 华东")
    desk.later()
    answered(desk, EAST, "go", "0.3", "1.1", "2.0", "2.n")
    desk.says(EAST, "冰箱不制冷")
    act = next(a for a, text in desk.rows(EAST) if "已记下您的回答" in text)
    press = act.buttons[0][0].press
    assert "已按新问题处理" in desk.presses(EAST, press.verb, press.subject, press.choice)
    desk.presses(EAST, press.verb, press.subject, press.choice)
    case = desk.kept(lambda work: work.cases.last_of(1))
    said = desk.kept(lambda work: [m.content.text for m in work.messages.of_case(case.id)])
    assert said == ["冰箱不制冷"]


def test_words_belong_to_the_open_case_unless_they_reply_to_the_question(desk: Aftercare) -> None:
    desk.commands(WANG, "/survey start small 华东")
    desk.later()
    case_id = desk.writes(EAST, "江苏")
    answered(desk, EAST, "go", "0.3", "1.1", "2.0", "2.n")
    assert desk.says(EAST, "还有，吸管也少了") == case_id
    assert desk.says(EAST, "多培训", reply_to=7) is None
    assert desk.says(4002, "货少了") is not None, "who has not begun asks nothing of the survey"


def test_it_can_be_answered_by_command_and_declined(desk: Aftercare) -> None:
    desk.commands(WANG, "/survey start small 华东")
    desk.later()
    assert "第 1 题" in desk.commands(EAST, "/survey")
    assert "可选：1、2、3、4、5" in desk.commands(EAST, "/survey 9")
    for words in ("5", "专员", "订货 3", "很好"):
        told = desk.commands(EAST, f"/survey {words}")
    assert "谢谢您" in told and "没有待您填写" in desk.commands(EAST, "/survey")
    answered(desk, 4002, "no")
    assert "不填 1" in desk.commands(WANG, "/survey 1")
    answered(desk, 4002, "go", "0.3")
    assert "未答完 1，不填 0" in desk.commands(WANG, "/survey 1")
    assert "已经过期" in desk.presses(4102, Verb.SURVEY, number(desk, EAST), "go"), "nobody answers for another"


def test_the_results_count_who_finished_and_the_text_is_the_one_that_was_sent(desk: Aftercare) -> None:
    desk.commands(WANG, "/survey start small")
    for _ in range(4):
        desk.later(seconds=10)
    answered(desk, EAST, "go", "0.4", "1.0", "2.0", "2.2", "2.n", "3.s")
    answered(desk, SOUTH, "go", "0.1", "1.0", "2.2", "2.n", "3.s")
    answered(desk, 4102, "go", "0.0")  # not finished: does not count
    changed = ASK.replace("请问您先找谁", "请问您后找谁")
    desk.office = replace(desk.office, questionnaires={"small": read_questionnaire("small", changed)})
    desk.do(membership.person_blocked, telegram_id=4002)
    assert desk.commands(WANG, "/survey 1 结果") == ""
    picture = report(desk, ReportKind.SURVEY)
    assert picture.people == "答完 2 人，占已发 3 人的 67%；不填 0，屏蔽 2，待发 0"
    first, way, needs, words = picture.blocks
    assert (first.head, first.note) == ("1. 请问您满意吗？（2 人）", "平均 3.50")
    assert [(row.label, row.figure) for row in way.rows] == [("机器人", "2（100%）"), ("专员", "0（0%）")]
    assert [row.figure for row in needs.rows] == ["1（50%）", "0（0%）", "2（100%）"]
    assert words.note == "0 条留言，见表格" and "先找谁" in way.head
    image = Image.open(BytesIO(print_report(picture).data))
    assert image.width + image.height <= 10_000 and max(image.size) / min(image.size) <= 20, "Bot API, sendPhoto"
    book = openpyxl.load_workbook(BytesIO(print_report(report(desk, ReportKind.SURVEY_BOOK)).data))
    assert book.sheetnames == ["概况", "汇总", "答卷"]
    rows = {row[0]: row[1:] for row in book["答卷"].iter_rows(values_only=True)}
    assert rows["加盟商4101"][:3] == ("gz1", "华南", "已答") and rows["加盟商4101"][5:8] == ("2", "机器人", "培训")
    assert rows["加盟商4003"][2] == "已屏蔽"
    assert dict(book["概况"].iter_rows(min_row=2, values_only=True))["已屏蔽"] == 2


def report(desk: Aftercare, kind: ReportKind):
    return desk.do(lambda work, office, now: matter_of(work, office, now, SendReport(kind, "1")))


@pytest.mark.parametrize("ends", ["by date", "by hand"])
def test_a_round_that_has_ended_asks_nobody_and_its_results_are_sent(desk: Aftercare, ends: str) -> None:
    desk.commands(WANG, "/survey start small")
    desk.later()
    if ends == "by hand":
        desk.commands(WANG, "/survey 1 停止")
        desk.commands(WANG, "/survey 1 停止")
    else:
        desk.now = desk.kept(lambda work: work.surveys.get(1)).closes_at
    desk.later()
    desk.later(days=1)
    state = desk.kept(lambda work: work.surveys.get(1).state)
    assert state is (SurveyState.STOPPED if ends == "by hand" else SurveyState.CLOSED)
    assert sent(desk) == [EAST, 4002]
    assert "已经结束" in desk.presses(EAST, Verb.SURVEY, 1, "go")
    sheets = [a.report for a, _ in desk.rows(SUPERVISORS) if isinstance(a, SendReport)]
    assert sheets == [ReportKind.SURVEY, ReportKind.SURVEY_BOOK]
    assert sum("结果随后附上" in text for text in desk.said(SUPERVISORS)) == 1


def test_the_same_on_both_databases_and_a_crash_sends_nothing_twice(storage: Storage) -> None:
    desk = filled(Aftercare(storage, survey=SurveyTerms(batch=2, open_for=timedelta(days=2))))
    desk.do(start_survey, questionnaire=desk.office.questionnaires["small"], region=desk.office.region("east"))
    with pytest.raises(Crash):
        desk.do(sweep, crashes=True)
    desk.later(seconds=10)
    desk.later(seconds=10)
    assert sent(desk) == [EAST, 4002]
    answered(desk, EAST, "go", "0.4", "0.4", "1.0", "2.1", "2.n", "3.s")
    answered(desk, 4002, "no")
    desk.do(membership.person_blocked, telegram_id=4002)
    standings = desk.kept(lambda work: work.surveys.standings(1))
    assert standings == {Standing.ANSWERED: 1, Standing.DECLINED: 1, Standing.BLOCKED: 1}
    assert desk.kept(lambda work: work.surveys.counts(1))["needs"] == {"1": 1}


def test_only_those_who_lead_start_one_and_its_words_pass_the_lint(desk: Aftercare) -> None:
    assert "主管" in desk.commands(LIN, "/survey start small", chat=LIN)
    for wrong in ("/survey start nothing", "/survey start small 火星", "/survey 9", "/survey 1 跳舞"):
        assert "可用的问卷：small、quarterly、training" in desk.commands(WANG, wrong), wrong
    desk.office = replace(desk.office, linter=the_rules(LintSettings()))
    rude = read_questionnaire("rude", ASK.replace("请问您要什么？", "请您快点说，急什么急"))
    with pytest.raises(DeskError) as refused:
        desk.do(start_survey, questionnaire=rude)
    assert refused.value.notice == "notice/survey_unfit"
    assert desk.kept(lambda work: work.surveys.newest()) == []


@pytest.mark.parametrize(("change", "told"), [
    (('title = "小普查"', 'title = ""'), "title"),
    (('intro = "想请您答几个问题。"', 'intro = "答几个问题"'), "intro 里要有“请”"),
    (('kind = "scale"', 'kind = "dance"'), "kind 须是"),
    (('kind = "scale"', 'kind = ["x"]'), "kind 须是"),
    (('low = "不满意"', ""), "缺少 low"),
    (('options = ["机器人", "专员"]', 'options = ["机器人"]'), "options 须是 2 到 8 项"),
    (('options = ["机器人", "专员"]', 'options = ["机器人", "机器人"]'), "options 里有重复"),
    (('key = "way"', 'key = "all"'), "key “all”重复"),
    (('key = "words"', 'key = "words"\noptions = ["x"]'), "options 只用于"),
    (("optional = true", 'optional = "ja"'), "optional 须是"),
    (('title = "小普查"', 'title = "小普查"\ndays = 0.5'), "days"),
    (('title = "小普查"', 'title = "小普查"\nsurprise = 1'), "不认识 surprise"),
    (("[[questions]]", "[questions"), "TOML"),
])  # fmt: skip
def test_a_questionnaire_that_is_not_well_made_is_told_with_what_to_mend(change: tuple[str, str], told: str) -> None:
    with pytest.raises(QuestionnaireError, match="small：") as refused:
        read_questionnaire("small", ASK.replace(*change, 1))
    assert told in str(refused.value)


def test_answers_are_added_up_and_named() -> None:
    scale, single, several, words = read_questionnaire("small", ASK).questions
    assert tally(scale, {"4": 3, "0": 1}).average == 4.0
    assert [bar.count for bar in tally(several, {"0,2": 2, "1": 1, "": 4}).bars] == [2, 1, 2]
    assert tally(several, {"0,2": 2, "1": 1, "": 4}).answered == 3
    assert (tally(words, {"好": 1, "": 2}).answered, tally(single, {}).bars[0].share) == (1, 0.0)
    assert [options_named(t, single) for t in ("2", "专员", "1 2", "3", "")] == ["1", "1", None, None, None]
    assert options_named("订货、3", several) == "0,2"


def test_the_questionnaires_that_come_with_the_program_are_fit() -> None:
    found = load_questionnaires()
    assert set(found) == {"quarterly", "training"}
    assert [p for q in found.values() for p in unfit(office().linter, q)] == []
