"""Early warning on both databases: raised once, told, taken by name, closed with a reason; every key changes it."""

from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.desk.alarms import Alarm, Danger
from bot.desk.case import Case, State
from bot.desk.complaint import Complaint, Grade
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.message import Content, ContentKind, Direction, Message, MessageRef
from bot.desk.people import Franchisee
from bot.desk.rating import LowRating, Rating, RatingState
from bot.desk.warnings import Level, WarningRule, WarningTerms
from bot.usecases import warning_acts
from bot.usecases.alike import alike_command
from bot.usecases.at_hand import Spot
from bot.usecases.early_warning import (
    HOURLY,
    QUICK,
    close_of_low_rating,
    look_for_warnings,
    plan_warnings,
    tell_warning,
    warn_of_danger,
    warn_of_low_rating,
)
from bot.usecases.enrol import enrol_staff
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import migrated
from tests.storage.made import found
from tests.usecases.department import LIN, MONDAY, SUPERVISORS, WANG, ZHAO, office, settings
from tests.usecases.test_many_at_once import at_once

SPOT = Spot(MessageRef(SUPERVISORS, 1))


class Watched:
    """A department whose counts are put there by hand."""

    def __init__(self, storage: Storage, **terms: Any) -> None:
        self.storage, self.now = storage, MONDAY
        self.office = replace(office(), warnings=WarningTerms(**terms))
        self._seen = 0
        self.do(enrol_staff, people=settings().staff_list())
        self.told()

    def again(self, storage: Storage) -> "Watched":
        """Another process on the same database, at the same time."""
        other = copy(self)
        other.storage = storage
        return other

    def do(self, verb: Any, **kwargs: Any) -> Any:
        return self.storage.run_now(lambda work: verb(work, self.office, self.now, **kwargs))

    def put(self, count: int = 1, **more: Any) -> list[int]:
        return list(self.do(self._put, count=count, more=more))

    def _put(self, work: Any, office: Any, now: Any, *, count: int, more: dict[str, Any]) -> list[int]:
        stores = more.pop("stores", ["S1"] * count)
        ids = []
        for store in stores:
            stranger = Franchisee(0, 90_000 + self._next(), "小陈", None, None, store, None, True, now)
            person = work.franchisees.add(stranger)
            given = {"opened_at": now, "kind": "order", "store_number": store, **more}
            ids.append(work.cases.add(Case(0, person.id, State.NEW, handler_id=1, group_id=-1001, **given)).id)
        return ids

    def _next(self) -> int:
        self._people = getattr(self, "_people", 0) + 1
        return self._people

    def looks(self, subject: int = QUICK) -> list[str]:
        self.do(look_for_warnings, subject=subject)
        return self.told()

    def told(self) -> list[str]:
        return [text for _, text in self.rows()]

    def rows(self) -> list[tuple[int, str]]:
        def read(work: Any, office: Any, now: Any) -> list[tuple[int, str]]:
            news = []
            while (row := work.outbox.get(self._seen + 1)) is not None:
                self._seen += 1
                news.append((row.outgoing.to.chat_id, row.outgoing.act.text))
            return news

        return list(self.do(read))

    def says(self, query: str, who: int = WANG, command: Any = warning_acts.warnings_command) -> str:
        self.do(command, staff_telegram_id=who, spot=SPOT, query=query)
        return "\n".join(self.told())


def test_danger_is_told_once_to_leaders_and_the_manager_and_taken_by_name(storage: Storage) -> None:
    desk = Watched(storage)
    (case_id,) = desk.put(kind="complaint")
    words = {"case_id": case_id, "alarm": Alarm((Danger.FOOD, Danger.INJURY), ("虫",)), "words": "喝出虫子 <b>"}
    desk.do(tell_warning, warning=desk.do(warn_of_danger, **words))
    told = desk.rows()
    assert [chat for chat, _ in told] == [SUPERVISORS, ZHAO]
    assert all("红色预警 1" in text and "食品安全" in text and "喝出虫子 <b>" in text for _, text in told)
    assert desk.do(warn_of_danger, **words) is None
    assert desk.looks() == []
    desk.now = MONDAY + timedelta(minutes=7)
    act = {"subject": 1, "choice": "", "spot": SPOT}
    with pytest.raises(NotAllowed):
        desk.do(warning_acts.take, staff_telegram_id=LIN, **act)
    assert "由王芳处理，7 分钟后认领" in desk.do(warning_acts.take, staff_telegram_id=WANG, **act)
    desk.now += timedelta(minutes=7)
    assert "由王芳处理，7 分钟后认领" in desk.do(warning_acts.take, staff_telegram_id=ZHAO, **act)
    assert len(desk.told()) == 1  # 已有人处理 is told once, whoever presses again
    assert "/warnings 1 关闭 原因" in desk.do(warning_acts.how_to_close, staff_telegram_id=WANG, **act)
    assert "由王芳关闭：已召回" in desk.says("1 关闭 已召回")
    assert "由王芳关闭：已召回" in desk.says("1 关闭 别的")
    month = desk.says("本月")
    assert "由王芳处理，7 分钟后认领；由王芳关闭：已召回" in month
    assert "红色：1 条，已认领 1 条，认领用时中位数 7 分钟" in month
    assert "没有预警" in desk.says("")
    assert "喝出虫子" in desk.says("1")
    for wrong, why in (("1 关闭", "how_warnings"), ("9", "no_such_warning"), ("随便", "how_warnings")):
        with pytest.raises(DeskError, match=why):
            desk.says(wrong)
    with pytest.raises(NotAllowed):
        desk.says("", who=LIN)


@pytest.mark.parametrize(("every", "minutes"), [(timedelta(minutes=1), 1), (timedelta(minutes=30), 30)])
def test_how_often_it_looks(storage: Storage, every: timedelta, minutes: int) -> None:
    desk = Watched(storage, look_every=every)
    for _ in range(2):
        desk.do(plan_warnings)  # whoever starts asks for the same looks
    due = desk.do(lambda work, office, now: work.reminders.due(now + timedelta(hours=2)))
    assert [(r.case_id, r.due_at - MONDAY) for r in due] == sorted(
        [(QUICK, timedelta(minutes=minutes)), (HOURLY, timedelta(hours=1))], key=lambda pair: pair[1]
    )


def test_how_long_one_warning_stands_for_its_like(storage: Storage) -> None:
    desk = Watched(storage, window=timedelta(hours=2), repeat_cases=2)
    desk.put(2)
    seen = []
    for _ in range(9):
        seen.append(len(desk.looks()))
        desk.now += timedelta(minutes=30)
    assert seen == [1, 0, 0, 0, 1, 0, 0, 0, 1]


@pytest.mark.parametrize(("terms", "is_told"), [
    ({}, True), ({"repeat_cases": 4}, False), ({"repeat_within": timedelta(days=2)}, False),
])  # fmt: skip
def test_which_case_of_a_store_is_one_too_many(storage: Storage, terms: dict[str, Any], is_told: bool) -> None:
    desk = Watched(storage, **terms)
    desk.put(2, opened_at=MONDAY - timedelta(days=3))
    desk.put(1)
    told = desk.looks()
    assert bool(told) is is_told
    assert not is_told or "橙色预警 1\n门店 S1 7 天内同类问题（订货物流）第 3 件" in told[0]


@pytest.mark.parametrize(("terms", "is_told"), [
    ({}, True), ({"burst_stores": 30}, False), ({"burst_level": 1e-12}, False), ({"burst_stray": 6.0}, False),
    ({"burst_window": timedelta(hours=1)}, False),
])  # fmt: skip
def test_what_a_burst_is(storage: Storage, terms: dict[str, Any], is_told: bool) -> None:
    desk = Watched(storage, **terms)
    for days in range(1, 29):
        desk.put(stores=["S1", "S2"], opened_at=MONDAY - timedelta(days=days, hours=3))
    desk.put(stores=[f"S{n}" for n in range(16)], opened_at=MONDAY - timedelta(hours=3))
    told = desk.looks(HOURLY)
    assert bool(told) is is_told
    assert not is_told or ("16 家门店反映“订货物流”" in told[0] and "预计 2.0 家" in told[0])


def test_a_product_that_many_stores_name_is_a_burst_of_its_word(storage: Storage) -> None:
    desk = Watched(storage)
    for days in range(1, 29):
        desk.put(stores=[f"S{n}" for n in range(9)], opened_at=MONDAY - timedelta(days=days))
    ids = desk.put(stores=[f"S{n}" for n in range(9)])
    said = [(case_id, ["芋圆", "发硬"] if case_id in ids[:6] else ["杯盖"]) for case_id in ids]
    for case_id, words in said:
        desk.do(lambda work, office, now, c=case_id, w=words: work.case_words.note(c, w, at=now))
    desk.now += timedelta(minutes=30)
    (told,) = desk.looks(HOURLY)
    assert "6 家门店反映“发硬、芋圆”" in told or "6 家门店反映“芋圆、发硬”" in told
    desk.now += timedelta(hours=1)
    assert desk.looks(HOURLY) == []


def test_in_its_first_week_a_desk_goes_by_convention(storage: Storage) -> None:
    desk = Watched(storage)
    ids = desk.put(stores=[f"S{n}" for n in range(6)], kind="complaint")
    for case_id in ids:
        entry = Complaint(case_id, Grade.NORMAL, desk.now, desk.now, "芋圆发硬")
        desk.do(lambda work, office, now, e=entry: work.complaints.add(e))
        desk.do(lambda work, office, now, c=case_id: work.case_words.note(c, ["芋圆"], at=now))
    desk.now += timedelta(minutes=30)
    (told,) = desk.looks(HOURLY)
    assert "6 家门店投诉都提到“芋圆”" in told
    assert "小陈（投诉）：芋圆发硬" in told


def test_a_low_rating_is_blue_once(storage: Storage) -> None:
    desk = Watched(storage)
    (case_id,) = desk.put()
    low = LowRating(0, 7, case_id, 1, desk.now, desk.now)
    assert desk.do(warn_of_low_rating, low=low).level is Level.BLUE
    assert desk.do(warn_of_low_rating, low=low) is None
    assert "蓝色 有加盟商只给了 1 分（还没有人处理）" in desk.says("")
    wang = desk.do(lambda work, office, now: work.staff.by_telegram(WANG))
    desk.do(lambda work, office, now, low, by: close_of_low_rating(work, now, low=low, by=by),
            low=replace(low, words="已致电道歉"), by=wang)  # fmt: skip
    assert "由王芳处理，0 分钟后认领；由王芳关闭：已致电道歉" in desk.says("今天"), (
        "who wrote down what was done took it"
    )


@pytest.mark.parametrize(("terms", "is_told"), [
    ({}, True), ({"deadline_cases": 13}, False), ({"deadline_ahead": timedelta(minutes=30)}, False),
    ({"deadline_share": 0.9}, False),
])  # fmt: skip
def test_which_deadlines_are_in_danger(storage: Storage, terms: dict[str, Any], is_told: bool) -> None:
    desk = Watched(storage, **terms)
    desk.put(12, kind="other", region="east", resolve_by=MONDAY + timedelta(hours=1))
    desk.put(12, kind="other", region="east", resolve_by=MONDAY + timedelta(hours=9))
    told = desk.looks(HOURLY)
    assert bool(told) is is_told
    assert not is_told or "华东未结 24 件中 12 件" in told[0]


def rated(desk: Watched, count: int, score: int, ago: timedelta) -> None:
    def put(work: Any, office: Any, now: Any) -> None:
        for n in range(count):
            work.ratings.add(Rating(0, 1000 + n, n, 1, 1, None, now - ago, RatingState.RATED, score=score))

    desk.do(put)


@pytest.mark.parametrize(("terms", "is_told"), [
    ({}, True), ({"low_ratings": 31}, False), ({"low_level": 1e-9}, False), ({"low_within": timedelta(days=1)}, False),
])  # fmt: skip
def test_when_low_ratings_rise(storage: Storage, terms: dict[str, Any], is_told: bool) -> None:
    desk = Watched(storage, **terms)
    for count, score, days in ((20, 5, 2), (10, 1, 2), (60, 5, 20), (2, 1, 20)):
        rated(desk, count, score, timedelta(days=days))
    told = desk.looks(HOURLY)
    assert bool(told) is is_told
    assert not is_told or "低分 10 个（33%），此前为 3%" in told[0]


@pytest.mark.parametrize(("terms", "is_told"), [
    ({}, True), ({"words_count": 9}, False), ({"words_level": 1e-9}, False),
    ({"words_within": timedelta(hours=1)}, False), ({"words_within": timedelta(days=20)}, False),
])  # fmt: skip
def test_when_a_persons_words_rise(storage: Storage, terms: dict[str, Any], is_told: bool) -> None:
    desk = Watched(storage, **terms)
    desk.put(1, opened_at=MONDAY - timedelta(days=36))  # so old is the desk
    found_at = [MONDAY - timedelta(days=1)] * 8 + [MONDAY - timedelta(days=12)]
    replies = [replace(found(1, at=at), message_id=n) for n, at in enumerate(found_at)]
    desk.do(lambda work, office, now: work.findings.add([f for f in replies for _ in "ab"]))  # two in each reply
    told = desk.looks(HOURLY)
    assert bool(told) is is_told
    assert not is_told or "林晓 的用语提示增多：近期 8 条答复，此前同样长的时间平均 0.2 条" in told[0]


def answered(desk: Watched, count: int, minutes: int) -> None:
    """Cases that a minute each begins, answered after so long by 林晓, rated well."""
    ids = desk.put(count, first_answer_at=desk.now + timedelta(minutes=minutes), first_owner_id=1)

    def more(work: Any, office: Any, now: Any) -> None:
        for n in ids:
            content = Content(ContentKind.TEXT, "您好")
            work.messages.add(Message(0, n, Direction.OUT, None, content, staff_id=1, at=now))
            work.ratings.add(Rating(0, n, n, 1, 1, None, now, RatingState.RATED, score=5))

    desk.do(more)


@pytest.mark.parametrize(("terms", "verdict"), [
    ({}, "有差异"), ({"alike_sample": 41}, "数量太少"), ({"alike_level": 1e-30}, "未见差异"),
])  # fmt: skip
def test_what_is_alike(storage: Storage, terms: dict[str, Any], verdict: str) -> None:
    desk = Watched(storage, **terms)
    for hour, minutes in ((0, 2), (1, 3)):
        desk.now = MONDAY + timedelta(hours=hour)
        answered(desk, 20, minutes)
    desk.now = MONDAY + timedelta(hours=4)
    answered(desk, 40, 50)
    desk.now = MONDAY + timedelta(hours=3)
    answered(desk, 1, 9)
    told = desk.says("本月", command=alike_command)
    assert verdict in next(line for line in told.splitlines() if "忙时与闲时" in line)
    few = [line for line in told.splitlines() if line.startswith("数量太少，暂不比较：")]
    assert any("有巡查的日子与没有巡查的日子" in line for line in few) or terms
    assert "不作个人评分" in told
    with pytest.raises(NotAllowed):
        desk.says("本月", who=LIN, command=alike_command)
    with pytest.raises(DeskError, match="how_alike"):
        desk.says("随便", command=alike_command)


@pytest.mark.parametrize(("zone", "start"), [
    ("Asia/Shanghai", datetime(2026, 12, 31, 15, 50, tzinfo=UTC)),  # ten minutes to midnight of the year's last day
    ("America/New_York", datetime(2026, 11, 1, 5, 50, tzinfo=UTC)),  # 1:50, and in ten minutes 1:00 once more
    ("Europe/Berlin", datetime(2027, 3, 28, 0, 50, tzinfo=UTC)),  # 1:50, and in ten minutes 3:00
])  # fmt: skip
def test_three_processes_and_a_restart_tell_each_warning_once(tmp_path: Path, zone: str, start: datetime) -> None:
    url = migrated("postgresql", tmp_path).url

    def processes(like: Watched | None) -> list[Watched]:
        stores = [Storage(make_engine(url)) for _ in range(3)]
        first = like.again(stores[0]) if like is not None else Watched(stores[0])
        return [first, *(first.again(store) for store in stores[1:])]

    desks = processes(None)
    desks[0].now, desks[0].office = start, replace(desks[0].office, zone=ZoneInfo(zone))
    desks[0].put(3)
    desks = [desks[0], *(desks[0].again(desk.storage) for desk in desks[1:])]
    for minutes in (0, 1, 2, 11, 61, 600, 1439, 1442, 1500, 2000):
        for desk in desks:
            desk.now = start + timedelta(minutes=minutes)
        if minutes in (0, 61, 1439):
            for desk in desks[:]:
                desk.storage.close()
            desks = processes(desks[0])
            at_once([lambda desk=desk: desk.do(plan_warnings) for desk in desks])
        at_once([lambda desk=desk, act=act: desk.do(act) for desk in desks for act in (sweep, look_for_warnings)])
    raised = desks[0].do(lambda work, office, now: work.warnings.raised(start, now))
    told = [text for text in desks[0].told() if "预警" in text]
    for desk in desks:
        desk.storage.close()
    assert [(w.rule, w.raised_at - start) for w in raised] == [
        (WarningRule.REPEATED, timedelta()), (WarningRule.REPEATED, timedelta(minutes=1442))]  # fmt: skip
    assert len(told) == 2
