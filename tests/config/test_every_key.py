"""Every key of the settings changes what the desk does: each has a test here, or is named where it is."""

import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer, unused_port

from bot.app.errors import NotReady
from bot.app.office import make_office
from bot.config import Settings
from bot.config_models import WEEK
from bot.desk.case import State
from bot.desk.enrol import read_staff
from bot.desk.lint import Category
from bot.language.linter import RuleLinter
from bot.language.rule_files import read_rule_files
from bot.sandbox.server import make_app
from bot.sandbox.world import World
from bot.usecases import duty
from tests.cast import CHEN, LIN, LIU, NO_LIMITS, SOUTHWEST, SUPERVISORS, WANG, ZHOU, make_world
from tests.config.opened import BASE, SOMEWHERE, Opened, opened
from tests.config.test_example_file import keys_of
from tests.databases import copy_migrated
from tests.process import ROOT, run_bot, write_config
from tests.stories.duty import put_up
from tests.stories.theatre import theatre

COMMITMENTS = "tests/usecases/test_commitment_settings.py"
COMPLAINTS = "tests/usecases/test_complaint_settings.py"
OWNERSHIP = "tests/usecases/test_ownership_settings.py"
AFTERCARE = "tests/usecases/test_aftercare_settings.py"
KINDS = ("complaint", "equipment", "consult", "order", "contract", "training", "finance", "marketing", "other")
DEADLINES = "tests/usecases/test_deadlines.py"
TRIED: dict[str, str] = {}
"""Each key with the test that shows what it changes."""
ELSEWHERE = {
    "telegram.token": "tests/cli/test_start.py::test_a_token_that_telegram_does_not_know_stops_every_role",
    "telegram.api_base": "tests/stories/test_running.py::test_it_runs_against_whatever_speaks_the_bot_api_at_api_base",
    "telegram.proxy": "tests/delivery/test_proxy.py::test_the_hearing_half_goes_through_the_proxy_too",
    "ownership.accept_within": f"{OWNERSHIP}::test_a_transfer_is_to_be_accepted_within",
    "ownership.alert_at_transfer": f"{OWNERSHIP}::test_the_hand_over_that_alerts",
    "ownership.confirm_closing_within": f"{OWNERSHIP}::test_the_first_owner_confirms_within",
    "ownership.assist_choices": f"{OWNERSHIP}::test_the_deadlines_that_are_offered",
    "ownership.assist_alert_after": f"{OWNERSHIP}::test_supervisors_hear_of_a_department_that_was_chased_in_vain_after",
    **{
        f"digest.{key}": f"tests/usecases/test_digest.py::{test}"
        for test, keys in {
            "test_when_it_comes_and_how_many_cases_and_words_it_names": ("at", "every_day", "top", "words"),
            "test_to_whom_it_goes": ("to", "for_specialists", "has_picture"),
        }.items()
        for key in keys
    },
    **{
        f"complaints.{key}": f"{COMPLAINTS}::{test}"
        for test, keys in {
            "test_each_grade_has_its_deadlines": ("contact_normal", "contact_major", "contact_urgent"),
            "test_which_complaint_of_a_store_is_major": ("repeat_times", "repeat_within"),
            "test_when_the_patrol_comes_and_what_counts_as_stale": ("patrol_at", "stale_after"),
            "test_how_often_a_handler_is_chased": ("chase_every",),
            "test_when_a_measure_is_due_and_reminded_of": ("measure_within", "measure_warning"),
            "test_how_long_the_next_words_are_the_finding": ("words_within",),
        }.items()
        for key in keys
    },
    **{
        f"voices.{key}": f"{COMPLAINTS}::test_what_is_in_time_of_the_three_voices"
        for key in ("greet_within", "answer_within")
    },
    **{
        f"departments[].{key}": f"{OWNERSHIP}::test_a_department_is_named_by_code_or_name_and_asked_in_its_chat"
        for key in ("code", "name", "chat_id", "contact")
    },
    **{
        f"warnings.{key}": f"tests/usecases/test_warnings.py::{test}"
        for test, keys in {
            "test_how_often_it_looks": ("look_every",),
            "test_how_long_one_warning_stands_for_its_like": ("window",),
            "test_which_case_of_a_store_is_one_too_many": ("repeat_cases", "repeat_within"),
            "test_what_a_burst_is": ("burst_window", "burst_stores", "burst_level", "burst_stray"),
            "test_which_deadlines_are_in_danger": ("deadline_cases", "deadline_ahead", "deadline_share"),
            "test_when_low_ratings_rise": ("low_within", "low_ratings", "low_level"),
            "test_when_a_persons_words_rise": ("words_within", "words_count", "words_level"),
            "test_what_is_alike": ("alike_sample", "alike_level"),
        }.items()
        for key in keys
    },
    "promises.remind_before": f"{COMMITMENTS}::test_a_promise_is_reminded_of_before",
    "promises.grace": f"{COMMITMENTS}::test_a_promise_is_broken_after_a_grace",
    "promises.breath": f"{COMMITMENTS}::test_what_is_said_in_the_same_breath_keeps_nothing",
    "promises.untimed": f"{COMMITMENTS}::test_a_promise_without_a_time_falls_due",
    "tasks.remind_before": f"{COMMITMENTS}::test_a_task_is_reminded_of_before",
    "tasks.overdue_after": f"{COMMITMENTS}::test_the_giver_hears_of_an_overdue_task_after",
    **{
        f"meetings[].{key}": f"{COMMITMENTS}::test_an_agenda_goes_out_by_the_settings"
        for key in ("name", "weekdays", "at", "roles", "regions", "chat_id", "lead")
    },
    "attendance.leave_approver": "tests/stories/test_leave.py::test_the_setting_may_let_supervisors_approve_leave",
    **{f"follow_up.share.{k}": f"{AFTERCARE}::test_the_share_of_each_kind_that_is_called_back" for k in KINDS},
    **{f"follow_up.days.{k}": f"{AFTERCARE}::test_the_days_within_which_each_kind_is_called_back" for k in KINDS},
    "follow_up.salt": f"{AFTERCARE}::test_the_salt_decides_who_is_drawn",
    "follow_up.begin_after": f"{AFTERCARE}::test_the_task_comes_so_long_after_opening",
    "follow_up.attempts": f"{AFTERCARE}::test_so_many_attempts_until_it_is_not_reached",
    **{
        f"follow_up.{key}": f"{AFTERCARE}::test_a_message_unanswered_for_so_long_is_repeated_after_a_pause"
        for key in ("answer_within", "retry_after")
    },
    "rating.ask": f"{AFTERCARE}::test_whether_a_rating_is_asked_for",
    "rating.chase_after": f"{AFTERCARE}::test_who_has_not_rated_is_chased_after",
    **{
        f"rating.{key}": f"{AFTERCARE}::test_a_rating_may_be_changed_within_and_words_follow_within"
        for key in ("change_within", "words_within")
    },
    **{
        f"rating.{key}": f"{AFTERCARE}::test_from_which_score_on_and_by_when_the_supervisors_see_to_it"
        for key in ("low", "handle_within")
    },
    **{
        f"survey.{key}": f"{AFTERCARE}::test_a_survey_goes_out_in_batches_and_is_open_for_and_takes_words_within"
        for key in ("batch", "every", "open_for", "words_within")
    },
    **{
        f"sla.{key}": f"{DEADLINES}::test_when_whom_to_warn_is_set"
        for key in (
            "warn_left",
            "manager_after",
            "kinds[].kind",
            "kinds[].urgency",
            "kinds[].first_answer",
            "kinds[].manager_after",
        )
    },
    **{
        f"sla.{key}": f"{DEADLINES}::test_how_long_a_silent_franchisee_is_waited_for"
        for key in ("ask_again_after", "close_after")
    },
    **{
        f"sla.kinds[].{key}": f"{DEADLINES}::test_what_a_kind_is_allowed_is_set"
        for key in ("next_answer", "resolve", "round_the_clock")
    },
    **{
        f"review.{key}": "tests/config/test_review_settings.py::test_a_weight_is_what_a_criterion_counts"
        for key in (
            "first_response",
            "on_time",
            "first_owner",
            "satisfaction",
            "quality",
            "promises",
            "attendance",
        )
    },
    "review.min_sample": "tests/config/test_review_settings.py::test_how_many_things_are_a_sample",
    "review.late_earns": "tests/usecases/test_review.py::test_the_weights_and_the_sample_are_the_settings",
    "inspection.draw_at": "tests/usecases/test_inspection.py::test_the_draw_has_its_hour",
    **{
        f"inspection.{key}": "tests/usecases/test_inspection.py::test_newcomers_are_looked_at_more_for_so_long"
        for key in ("share", "newcomer_share", "newcomer_for")
    },
    "inspection.appeal_within": "tests/usecases/test_inspection.py::test_an_appeal_has_a_reason_and_its_time",
    **{
        f"reports.{key}": f"tests/usecases/test_report_settings.py::{test}"
        for test, keys in {
            "test_when_each_report_goes_out_is_set": ("weekly", "monthly", "quarterly", "yearly", "at"),
            "test_to_whom_it_goes_is_set": ("roles", "chat_id"),
            "test_the_fiscal_year_is_set": ("fiscal_year_begins",),
        }.items()
        for key in keys
    },
    "improvement.due_within": "tests/usecases/test_plan_settings.py::test_the_date_of_what_is_given_none",
    **{
        f"goals[].{key}": "tests/usecases/test_plan_settings.py::test_a_goal_has_a_name_a_figure_and_a_target"
        for key in ("name", "figure", "target")
    },
    "database.url": "tests/cli/test_start.py::test_a_database_that_cannot_be_used",
}
TEN = "11月23日 10:"
TUESDAYS = (("姓名", "周二"), ("林晓", "早班"))


def shows(*keys: str) -> Callable[[Any], Any]:
    """Marks the test that shows what keys change."""

    def keep(test: Any) -> Any:
        TRIED.update(dict.fromkeys(keys, test.__name__))
        return test

    return keep


def test_every_key_is_shown_and_no_key_that_is_none() -> None:
    assert {*TRIED, *ELSEWHERE} == set(keys_of(Settings))
    assert not set(TRIED) & set(ELSEWHERE)


@pytest.mark.parametrize(("key", "where"), ELSEWHERE.items())
def test_what_is_shown_elsewhere_is_there(key: str, where: str) -> None:
    file, _, name = where.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), key


# [desk]


@shows("desk.name")
async def test_the_greeting_names_the_desk(tmp_path: Path) -> None:
    async with opened(tmp_path, desk={"name": "半亩禾客服"}) as desk:
        await desk.hears()
        assert "半亩禾客服" in (await desk.words())[0]


@shows("desk.timezone")
async def test_hours_and_shown_times_are_in_the_desks_zone(tmp_path: Path) -> None:
    async with opened(tmp_path, desk={"timezone": "Asia/Urumqi"}) as desk:  # ten in Shanghai is eight there: closed yet
        await desk.hears()
        assert "11月23日 09:10 前" in (await desk.words())[0]


@shows("desk.answer_within")
async def test_the_answer_is_promised_within(tmp_path: Path) -> None:
    async with opened(tmp_path, desk={"answer_within": "1h"}) as desk:
        case = await desk.hears()
        assert case.respond_by == desk.clock.now() + timedelta(hours=1)
        assert "11月23日 11:00 前" in (await desk.words())[0]


@shows("desk.resolve_within")
async def test_the_matter_is_to_be_settled_within_working_time(tmp_path: Path) -> None:
    async with opened(tmp_path, desk={"resolve_within": "9h"}) as desk:
        case = await desk.hears()
        assert case.resolve_by == desk.clock.now() + timedelta(days=1)


@shows("desk.acknowledge_after")
async def test_the_acknowledgement_comes_after(tmp_path: Path) -> None:
    async with opened(tmp_path, desk={"acknowledge_after": "5m"}) as desk:
        await desk.hears()
        await desk.later(minutes=4)
        assert "正在为您核实" not in "".join(await desk.words())
        await desk.later(minutes=1)
        assert "正在为您核实" in "".join(await desk.words())


@shows("desk.confirm_within")
async def test_a_settled_case_closes_after(tmp_path: Path) -> None:
    async with opened(tmp_path, desk={"confirm_within": "1h"}) as desk:
        case = await desk.hears()
        await desk.solves(case)
        await desk.later(minutes=59)
        assert (await desk.case(case.id)).state is State.RESOLVED
        await desk.later(minutes=1)
        assert (await desk.case(case.id)).state is State.CLOSED


@shows("desk.reassign_after")
@pytest.mark.parametrize(("limit", "handler"), [("30m", "王芳"), ("31m", "林晓"), ("0s", "林晓")])
async def test_who_says_nothing_for_too_long_loses_the_case(tmp_path: Path, limit: str, handler: str) -> None:
    async with opened(tmp_path, desk={"reassign_after": limit}) as desk:
        await desk.on_duty(LIN, WANG)
        case = await desk.hears()
        await desk.later(minutes=30)
        assert await desk.handler(await desk.case(case.id)) == handler


@shows("regions[].stand_in")
@pytest.mark.parametrize(("stand_in", "handler"), [(["north"], "何北"), ([], "王芳")])
async def test_a_stand_in_region_helps_out(tmp_path: Path, stand_in: list[str], handler: str) -> None:
    regions = [{**BASE["regions"][0], "stand_in": stand_in}, BASE["regions"][1]]
    team = [*BASE["staff"], {"telegram_id": ZHOU, "name": "何北", "regions": ["north"]}]
    async with opened(tmp_path, regions=regions, staff=team) as desk:
        await desk.on_duty(WANG, ZHOU)
        assert await desk.handler(await desk.hears()) == handler


@shows("desk.reopen_within")
@pytest.mark.parametrize(("minutes", "is_the_same"), [(59, True), (61, False)])
async def test_a_word_reopens_the_case_within(tmp_path: Path, minutes: int, is_the_same: bool) -> None:
    async with opened(tmp_path, desk={"reopen_within": "1h"}) as desk:
        first = await desk.hears()
        await desk.solves(first)
        await desk.later(minutes=minutes)
        assert ((await desk.hears("还是少一箱")).id == first.id) is is_the_same


@shows("desk.ask_province")
@pytest.mark.parametrize("asks", [True, False])
async def test_the_province_is_asked_for_or_not(tmp_path: Path, asks: bool) -> None:
    async with opened(tmp_path, desk={"ask_province": asks}) as desk:
        await desk.hears(province=None)
        assert ("哪个省" in "".join(await desk.words())) is asks


@shows("desk.provincial_count_toward_region")
async def test_provincial_specialists_count_towards_the_regions_three_or_not(tmp_path: Path) -> None:
    team = [{"telegram_id": n, "name": f"专员{n}", "regions": ["southwest"]} for n in (1, 2, 3)]
    staff = [*team, {"telegram_id": 4, "name": "省专员", "provinces": ["四川"]}]
    async with opened(tmp_path, staff=staff) as desk:
        assert await desk.hears()
    with pytest.raises(NotReady, match="手册上限 3 人"):
        async with opened(tmp_path, staff=staff, desk={"provincial_count_toward_region": True}):
            pass


# [hours]


@shows(*(f"hours.{day}" for day in WEEK))
@pytest.mark.parametrize("day", WEEK)
async def test_each_day_has_its_own_hours(tmp_path: Path, day: str) -> None:
    hours = {name: [] if name == day else ["09:00-18:00"] for name in WEEK}
    async with opened(tmp_path, hours=hours) as desk:
        await desk.later(days=WEEK.index(day))  # a Monday at ten, and on
        case = await desk.hears()
        assert case.respond_by == desk.clock.now() + timedelta(hours=23, minutes=10)


# [calendar]


@shows("calendar.decree", "calendar.holidays", "calendar.workdays", "calendar.holiday_hours", "calendar.workday_like")
@pytest.mark.parametrize(("calendar", "due"), [
    ({}, "10-08 09:10"),
    ({"decree": "none"}, "10-01 09:10"),
    ({"holiday_hours": ["14:00-16:00"]}, "10-01 14:10"),
    ({"holidays": ["2026-10-08 盘点"]}, "10-09 09:10"),
    ({"holidays": ["2026-10-08 盘点 15:00-18:00"]}, "10-08 15:10"),
    ({"workdays": ["2026-10-02 值守 13:00-15:00"]}, "10-02 13:10"),
    ({"workdays": ["2026-10-02 值守"]}, "10-02 09:10"),
    ({"workdays": ["2026-10-02 值守"], "workday_like": "sunday"}, "10-02 11:10"),
    ({"workdays": ["2026-10-02 值守 周日"]}, "10-02 11:10"),
])  # fmt: skip
def test_holidays_and_make_up_workdays_move_what_is_due(calendar: dict[str, Any], due: str) -> None:
    values = {"calendar": calendar, "hours": {"sunday": ["11:00-12:00"]}}
    office = make_office(Settings.model_validate(values))
    eve = datetime(2026, 9, 30, 18, tzinfo=office.zone)
    assert office.local(office.due(eve, timedelta(minutes=10)), "%m-%d %H:%M") == due


# [[regions]], [supervisors]


@shows("regions[].provinces", "regions[].group_id", "supervisors.chat_id")
@pytest.mark.parametrize(
    ("province", "group"), [("四川", SOUTHWEST), ("北京", -1007), ("广东", SUPERVISORS), (None, SUPERVISORS)]
)
async def test_the_province_decides_the_group(tmp_path: Path, province: str | None, group: int) -> None:
    async with opened(tmp_path) as desk:
        assert (await desk.hears(province=province)).group_id == group


async def test_other_numbers_and_other_provinces_are_other_groups(tmp_path: Path) -> None:
    regions = [{**BASE["regions"][0], "group_id": -1}, {**BASE["regions"][1], "provinces": ["北京", "广东"]}]
    async with opened(tmp_path, regions=regions, supervisors={"chat_id": -3}) as desk:
        cases = [await desk.hears(who=n, province=p) for n, p in enumerate(("四川", "广东", "上海"), start=1)]
        assert [case.group_id for case in cases] == [-1, -1007, -3]


@shows("regions[].code", "regions[].name")
def test_staff_are_imported_by_the_regions_code_or_name() -> None:
    regions = [{**BASE["regions"][0], "code": "xn", "name": "大西南"}]
    office = make_office(Settings.model_validate({"regions": regions}))
    row = {"姓名": "林晓", "角色": "专员", "Telegram 编号": "1"}
    for written in ("xn", "大西南"):
        read = read_staff([(2, {**row, "大区": written})], office.regions)
        assert [s.regions for s in read.records] == [("xn",)]
    assert "大西南" in str(read_staff([(2, {**row, "大区": "southwest"})], office.regions).problems[0])


# [[staff]]


def staff(**change: Any) -> list[dict[str, Any]]:
    """林晓, changed, beside 王芳."""
    return [{**BASE["staff"][0], **change}, BASE["staff"][1]]


@shows("staff[].telegram_id", "staff[].name")
async def test_a_member_of_staff_acts_from_their_account_under_their_name(tmp_path: Path) -> None:
    async with opened(tmp_path, staff=staff(telegram_id=77, name="林小晓")) as desk:
        await desk.on_duty(77)
        assert await desk.handler(await desk.hears()) == "林小晓"
        assert "林小晓" in "".join(await desk.words())


@shows("staff[].role")
@pytest.mark.parametrize(("role", "handler"), [("specialist", "林晓"), ("supervisor", "王芳")])
async def test_cases_go_to_specialists(tmp_path: Path, role: str, handler: str) -> None:
    async with opened(tmp_path, staff=staff(role=role)) as desk:
        await desk.on_duty(WANG, *([LIN] if role == "specialist" else []))
        assert await desk.handler(await desk.hears()) == handler


@shows("staff[].regions")
@pytest.mark.parametrize(("regions", "handler"), [(["southwest"], "林晓"), (["north"], "王芳")])
async def test_cases_go_to_the_specialists_of_the_region(tmp_path: Path, regions: list[str], handler: str) -> None:
    async with opened(tmp_path, staff=staff(regions=regions)) as desk:
        await desk.on_duty(WANG, LIN)
        assert await desk.handler(await desk.hears()) == handler


@shows("staff[].provinces", "staff[].capacity")
@pytest.mark.parametrize(("provinces", "capacity", "handlers"), [
    (["四川"], 2, ["周宁", "周宁", "林晓"]),
    (["四川"], 1, ["周宁", "林晓", "林晓"]),
    (["重庆"], 2, ["林晓", "林晓", "林晓"]),
])  # fmt: skip
async def test_a_provincial_specialist_comes_first_as_long_as_there_is_room(
    tmp_path: Path, provinces: list[str], capacity: int, handlers: list[str]
) -> None:
    provincial = {"telegram_id": ZHOU, "name": "周宁", "provinces": provinces, "capacity": capacity}
    async with opened(tmp_path, staff=[*staff(), provincial]) as desk:
        await desk.on_duty(LIN, ZHOU)
        cases = [await desk.hears(who=n) for n in (1, 2, 3)]
        assert [await desk.handler(case) for case in cases] == handlers


# [log]


@shows(*(f"lint.{category.value}" for category in Category))
@pytest.mark.parametrize("grade", ["block", "warn", "hint", "off"])
def test_what_becomes_of_each_category_is_set(grade: str) -> None:
    settings = Settings.model_validate({"lint": {category.value: grade for category in Category}})
    linter = RuleLinter(settings.lint.severities())
    findings = [f for text in ONE_OF_EACH for f in linter.check(text).findings]
    assert {f.severity.value for f in findings} == ({grade} if grade != "off" else set())
    assert grade == "off" or {f.category for f in findings} == set(Category)


@shows("lint.courtesy")
def test_whether_polite_words_are_asked_for_is_set() -> None:
    for grade, lacking in (("hint", ("请", "您")), ("off", ())):
        settings = Settings.model_validate({"lint": {"courtesy": grade}})
        report = RuleLinter(courtesy=settings.lint.courtesy_severity()).check("货到了")
        assert (report.lacks, report.courtesy_severity.value) == (lacking, grade)


ONE_OF_EACH = ("又不归我管", "催什么催", "都怪您自己", "你的货到了", "三个月包回本", "验证码给我", "他手机13800004216")


@shows("log.level")
@pytest.mark.parametrize(("level", "is_logged"), [("INFO", True), ("WARNING", False)])
async def test_the_log_says_as_much_as_it_is_told_to(tmp_path: Path, level: str, is_logged: bool) -> None:
    database = {"url": copy_migrated(tmp_path / "desk.sqlite3")}
    values = {"database": database, "log": {"level": level}, "staff": BASE["staff"][1:]}
    async with TestServer(make_app(make_world())) as server:
        telegram = {"token": f"123456789:{'x' * 35}", "api_base": str(server.make_url("")).rstrip("/")}
        config = write_config(tmp_path / "config.toml", {**values, "telegram": telegram})
        _, _, err = await run_bot("run", "--role", "hear", "--config", config)  # nobody's token: it ends by itself
    assert ("the desk is open" in err) is is_logged


# [telegram.limits]


def bot_messages(world: World, chat_id: int) -> int:
    return len([m for m in world.history(chat_id) if m["from"]["is_bot"]])


@shows("telegram.limits.private_burst", "telegram.limits.private_per_second")
@pytest.mark.parametrize(
    ("burst", "rate", "at_once", "after_a_second"), [(1, 1.0, 1, 2), (2, 2.0, 2, 4), (1, 0.5, 1, 1)]
)
async def test_a_private_chat_hears_no_more_than_the_limit(
    tmp_path: Path, burst: int, rate: float, at_once: int, after_a_second: int
) -> None:
    limits = {**NO_LIMITS, "private_burst": burst, "private_per_second": rate}
    async with theatre(tmp_path, telegram={"limits": limits}) as stage:
        stage.world.user_starts(CHEN)
        for _ in range(4):
            stage.world.user_writes(CHEN, CHEN, "/help")
        await stage.paced_out()
        assert bot_messages(stage.world, CHEN) == at_once
        await stage.meanwhile(seconds=1.01)
        await stage.until(lambda: bot_messages(stage.world, CHEN) >= after_a_second)
        await stage.paced_out()
        assert bot_messages(stage.world, CHEN) == after_a_second
        await let_go(stage)


async def let_go(stage: Any) -> None:
    """Let what waits be sent, so that the desk can close."""
    while await stage.desk.run(lambda work, office, now: work.outbox.waiting(now)):
        await stage.meanwhile(minutes=1)
        await stage.paced_out()


@shows("telegram.limits.group_per_minute")
@pytest.mark.parametrize("limit", [2, 4])
async def test_a_group_gets_no_more_than_the_limit_a_minute(tmp_path: Path, limit: int) -> None:
    async with theatre(tmp_path, telegram={"limits": {**NO_LIMITS, "group_per_minute": limit}}) as stage:
        calls: list[str] = []
        stage.world.subscribe(lambda event: calls.append(event["type"]) if event.get("chat_id") == SOUTHWEST else None)
        for person, code in ((CHEN, "chunxi-code-01"), (LIU, "jiefang-code2")):
            stage.world.user_starts(person, code)
            stage.world.user_writes(person, person, "货少了")
        await stage.paced_out()
        done = len([kind for kind in calls if kind in ("topic", "message", "edited")])
        assert 0 < bot_messages(stage.world, SOUTHWEST) <= limit + 1
        assert done >= limit
        await let_go(stage)
        assert bot_messages(stage.world, SOUTHWEST) > limit


@shows("telegram.limits.overall_per_second")
async def test_all_chats_together_get_no_more_than_the_limit_a_second(tmp_path: Path) -> None:
    async with theatre(tmp_path, telegram={"limits": {**NO_LIMITS, "overall_per_second": 2}}) as stage:
        people = (CHEN, LIU, LIN, WANG)
        for person in people:
            stage.world.user_starts(person)
            stage.world.user_writes(person, person, "/help")
        await stage.paced_out()
        assert sum(bot_messages(stage.world, person) for person in people) == 2
        await let_go(stage)


@shows("telegram.limits.in_flight")
@pytest.mark.parametrize(("in_flight", "one_by_one"), [(1, True), (8, False)])
async def test_no_more_calls_at_once_than_allowed(tmp_path: Path, in_flight: int, one_by_one: bool) -> None:
    async with theatre(tmp_path, telegram={"limits": {**NO_LIMITS, "in_flight": in_flight}}) as stage:
        sent: list[float] = []
        stage.world.subscribe(
            lambda event: (
                sent.append(time.monotonic())
                if event["type"] == "message" and event["message"]["from"]["is_bot"]
                else None
            )
        )
        stage.world.set_faults({"hangs": [{"method": "sendMessage", "seconds": 1.0}]})
        for person in (CHEN, LIU):
            stage.world.user_starts(person)
        await stage.quiet()
        assert (sent[1] - sent[0] > 0.9) is one_by_one


# [lint]


@shows("lint.rigid", "lint.impatient", "lint.shirk", "lint.blame", "lint.informal_you", "lint.overpromise",
       "lint.private", "lint.leak", "lint.courtesy")  # fmt: skip
def test_what_becomes_of_a_reply_is_set_by_category() -> None:
    grades = dict(zip((c.value for c in Category), itertools.cycle(["off", "hint", "warn"]), strict=False))
    settings = Settings.model_validate({**BASE, "lint": {**grades, "courtesy": "off"}})
    linter = make_office(settings).linter
    assert linter.check("货到了").lacks == ()
    for category, words in examples().items():
        found = [f.severity.value for f in linter.check(words).findings if f.category is category]
        expected = grades[category.value]
        assert set(found) == (set() if expected == "off" else {expected}), words


def examples() -> dict[Category, str]:
    """Words in which something of each category is found, from the rules' own examples."""
    said = {c: yes for rule in read_rule_files().book.rules for c in rule.categories for yes in rule.yes[:1]}
    assert set(said) == set(Category)
    return said


# [attendance]


@contextlib.asynccontextmanager
async def tuesday(folder: Path, clock: float, **attendance: str) -> AsyncIterator[Opened]:
    """Tuesday at this hour; 林晓 is rostered from nine to six and has signed on at nine, if it is past nine."""
    async with opened(folder, attendance=attendance) as desk:
        await desk.desk.run(put_up, rows=TUESDAYS)
        await desk.later(hours=23 if clock > 9 else 22)
        if clock > 9:
            await desk.on_duty(LIN)
            await desk.hears()
        await desk.later(hours=clock - (9 if clock > 9 else 8))
        yield desk


async def told(desk: Opened, chat_id: int, words: str) -> bool:
    return any(words in said for said in await desk.words(chat_id))


@shows("attendance.announce_lead")
@pytest.mark.parametrize(("lead", "is_told"), [("10m", False), ("1h", True)])
async def test_a_shift_is_announced_ahead(tmp_path: Path, lead: str, is_told: bool) -> None:
    async with tuesday(tmp_path, 8.1, announce_lead=lead) as desk:
        assert await told(desk, SOUTHWEST, "值班：林晓") is is_told


@shows("attendance.late_grace")
@pytest.mark.parametrize(("grace", "is_told"), [("5m", True), ("10m", False)])
async def test_who_has_not_come_is_missed_after_the_grace(tmp_path: Path, grace: str, is_told: bool) -> None:
    async with tuesday(tmp_path, 9, late_grace=grace) as desk:
        await desk.later(minutes=6)
        assert await told(desk, LIN, "还没有看到您签到") is is_told


@shows("attendance.absent_after")
@pytest.mark.parametrize(("after", "is_told"), [("30m", False), ("10m", True)])
async def test_who_does_not_come_is_told_upstairs_after(tmp_path: Path, after: str, is_told: bool) -> None:
    async with tuesday(tmp_path, 9, absent_after=after) as desk:
        await desk.later(minutes=11)
        assert await told(desk, SUPERVISORS, "林晓（西南）") is is_told


@shows("attendance.early_grace")
@pytest.mark.parametrize(("grace", "is_told"), [("5m", True), ("15m", False)])
async def test_who_leaves_within_the_grace_leaves_in_time(tmp_path: Path, grace: str, is_told: bool) -> None:
    async with tuesday(tmp_path, 17.85, early_grace=grace) as desk:
        await desk.desk.run(duty.set_duty, staff_telegram_id=LIN, is_on=False, spot=SOMEWHERE)
        assert await told(desk, LIN, "签退早了 9 分钟") is is_told


@shows("attendance.handover_lead")
@pytest.mark.parametrize(("lead", "is_told"), [("10m", False), ("1h", True)])
async def test_the_note_of_handing_over_comes_ahead(tmp_path: Path, lead: str, is_told: bool) -> None:
    async with tuesday(tmp_path, 17.1, handover_lead=lead) as desk:
        assert await told(desk, SOUTHWEST, "交接：林晓") is is_told


@shows("attendance.handover_within")
@pytest.mark.parametrize(("within", "is_told"), [("15m", False), ("5m", True)])
async def test_a_note_that_nobody_takes_is_told_upstairs_after(tmp_path: Path, within: str, is_told: bool) -> None:
    async with tuesday(tmp_path, 17.9, handover_within=within) as desk:
        await desk.later(minutes=12)
        assert await told(desk, SUPERVISORS, "还没有人接班") is is_told


@shows("attendance.sign_off_after")
@pytest.mark.parametrize(("after", "is_on"), [("1h", False), ("0s", True), ("3h", True)])
async def test_who_forgets_to_sign_off_is_signed_off_after(tmp_path: Path, after: str, is_on: bool) -> None:
    async with tuesday(tmp_path, 18, sign_off_after=after) as desk:
        await desk.later(hours=1.1)
        staff = await desk.desk.run(lambda work, office, now: work.staff.by_telegram(LIN))
        assert staff.is_on_duty is is_on


# [telegram] mode, [telegram.webhook]


@shows("telegram.mode", "telegram.webhook.url", "telegram.webhook.listen", "telegram.webhook.port",
       "telegram.webhook.path", "telegram.webhook.secret")  # fmt: skip
async def test_updates_come_to_the_address_port_and_path_and_with_the_secret_that_are_set(tmp_path: Path) -> None:
    port = unused_port()
    url = f"http://127.0.0.1:{port}/updates/42"
    hook = {"url": url, "listen": "127.0.0.1", "port": port, "path": "/updates/42", "secret": "only-we-know"}
    async with theatre(tmp_path, telegram={"mode": "webhook", "webhook": hook}) as stage:
        bot = next(iter(stage.world.realm.bots.values()))
        await stage.until(lambda: bot.webhook.url)
        assert (bot.webhook.url, bot.webhook.secret_token) == (url, "only-we-know")
        async with aiohttp.ClientSession() as session:
            assert await answer(session, url, "only-we-know") == 200
            assert await answer(session, url, "something-else") == 403
            assert await answer(session, url, "") == 403
            assert await answer(session, f"http://127.0.0.1:{port}/telegram", "only-we-know") == 404
            with pytest.raises(aiohttp.ClientConnectorError):
                await answer(session, url.replace("127.0.0.1", "127.0.0.2"), "only-we-know")
        stage.world.user_starts(CHEN)
        await stage.until(lambda: bot_messages(stage.world, CHEN))


async def answer(session: aiohttp.ClientSession, url: str, secret: str) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with session.post(url, json={"update_id": 5}, headers=headers) as response:
        return response.status
