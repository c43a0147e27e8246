"""Every key of [follow_up], [rating] and [survey] changes what the desk does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.config import Settings
from bot.desk.buttons import Verb
from bot.desk.people import Franchisee
from bot.desk.questionnaire import read_questionnaire
from bot.usecases.office import AftercareTerms
from bot.usecases.survey_start import start_survey
from tests.usecases.aftercare import SUPERVISORS, WANG, Aftercare
from tests.usecases.department import LIN

CHEN = 3001
KINDS = ("complaint", "equipment", "consult", "order", "contract", "training", "finance", "marketing", "other")
ONE = """
title = "一题"
intro = "想请您答一题。"
thanks = "谢谢您，请您放心。"
[[questions]]
key = "words"
kind = "words"
ask = "请您写一句话。"
"""


@contextmanager
def desk_of(**sections: dict[str, Any]) -> Iterator[Aftercare]:
    """The desk as these settings make it, 林晓 and 王芳 on duty."""
    settings = Settings.model_validate(sections)
    opened = Aftercare()
    terms = AftercareTerms(settings.follow_up.terms(), settings.rating.terms(), settings.survey.terms())
    opened.office = replace(opened.office, aftercare=terms)
    for who in (LIN, WANG):
        opened.signs(who, is_on=True)
    yield opened
    opened.close()


def planned(desk: Aftercare, case_id: int) -> Any:
    return desk.kept(lambda work: work.follow_ups.last_of(case_id))


def is_told(desk: Aftercare, who: int, words: str) -> bool:
    return any(words in text for text in desk.said(who))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("share", "is_planned"), [(0.0, False), (1.0, True)])
def test_the_share_of_each_kind_that_is_called_back(kind: str, share: float, is_planned: bool) -> None:
    with desk_of(follow_up={"share": {kind: share}}) as desk:
        assert (planned(desk, desk.settled(CHEN, LIN, kind=kind)) is not None) is is_planned


@pytest.mark.parametrize("kind", KINDS)
def test_the_days_within_which_each_kind_is_called_back(kind: str) -> None:
    with desk_of(follow_up={"share": {kind: 1.0}, "days": {kind: 30}}) as desk:
        assert planned(desk, desk.settled(CHEN, LIN, kind=kind)).deadline_at == desk.now + timedelta(days=30)


def test_the_salt_decides_who_is_drawn() -> None:
    drawn = [Settings.model_validate({"follow_up": {"salt": salt}}).follow_up.terms() for salt in ("a", "b")]
    first, second = ([n for n in range(200) if terms.is_chosen(n, "consult")] for terms in drawn)
    assert first != second


def test_the_task_comes_so_long_after_opening() -> None:
    with desk_of(follow_up={"begin_after": "3h"}) as desk:
        desk.settled(CHEN, LIN, kind="complaint")
        desk.later(hours=25, minutes=59)
        assert not is_told(desk, LIN, "回访：")
        desk.later(minutes=1)
        assert is_told(desk, LIN, "回访：")


@pytest.mark.parametrize(("attempts", "is_over"), [(1, True), (3, False)])
def test_so_many_attempts_until_it_is_not_reached(attempts: int, is_over: bool) -> None:
    with desk_of(follow_up={"attempts": attempts}) as desk:
        case_id = desk.settled(CHEN, LIN, kind="complaint")
        assert ("未联系上" in desk.presses(LIN, Verb.FOLLOW_CALLED, case_id, "x")) is is_over


def test_a_message_unanswered_for_so_long_is_repeated_after_a_pause() -> None:
    with desk_of(follow_up={"answer_within": "1h", "retry_after": "2h"}) as desk:
        case_id = desk.settled(CHEN, LIN, kind="complaint")
        desk.presses(LIN, Verb.FOLLOW_SEND, case_id)
        for minutes, times in ((60, 1), (119, 1), (1, 2)):
            desk.later(minutes=minutes)
            assert sum("您满意吗" in text for text in desk.said(CHEN)) == times


@pytest.mark.parametrize(("ask", "is_asked"), [(True, True), (False, False)])
def test_whether_a_rating_is_asked_for(ask: bool, is_asked: bool) -> None:
    with desk_of(rating={"ask": ask}) as desk:
        desk.closed(CHEN, LIN)
        assert is_told(desk, CHEN, "打个分") is is_asked


def test_who_has_not_rated_is_chased_after() -> None:
    with desk_of(rating={"chase_after": "2h"}) as desk:
        desk.closed(CHEN, LIN)
        desk.later(hours=2)
        assert is_told(desk, CHEN, "最后一次打扰")


def test_a_rating_may_be_changed_within_and_words_follow_within() -> None:
    with desk_of(rating={"change_within": "1h", "words_within": "2h"}) as desk:
        case_id = desk.closed(CHEN, LIN)
        desk.presses(CHEN, Verb.RATE, 1, "5")
        desk.later(minutes=61)
        assert "已过可修改的时间" in desk.presses(CHEN, Verb.RATE, 1, "4")
        desk.says(CHEN, "服务不错")
        assert desk.kept(lambda work: work.ratings.last_of(case_id)).words == "服务不错"


def test_from_which_score_on_and_by_when_the_supervisors_see_to_it() -> None:
    with desk_of(rating={"low": 3, "handle_within": "1h"}) as desk:
        desk.closed(CHEN, LIN)
        desk.presses(CHEN, Verb.RATE, 1, "3")
        assert is_told(desk, SUPERVISORS, "09月28日 11:00 前")


def test_a_survey_goes_out_in_batches_and_is_open_for_and_takes_words_within() -> None:
    survey = {"batch": 1, "every": "1m", "open_for": "2d", "words_within": "5m"}
    with desk_of(survey=survey) as desk:
        for who in (CHEN, 3002):
            person = Franchisee(0, who, "某", None, None, None, "江苏", True, desk.now)
            desk.do(lambda work, office, now, person=person: work.franchisees.add(person))
        desk.do(start_survey, questionnaire=read_questionnaire("one", ONE))
        assert desk.kept(lambda work: work.surveys.get(1)).closes_at == desk.now + timedelta(days=2)
        desk.later()
        desk.later(seconds=59)
        assert (is_told(desk, CHEN, "一题"), is_told(desk, 3002, "一题")) == (True, False)
        desk.later(seconds=1)
        assert is_told(desk, 3002, "一题")
        desk.presses(CHEN, Verb.SURVEY, 1, "go")
        desk.presses(3002, Verb.SURVEY, 2, "go")
        assert desk.says(CHEN, "很好用") is None
        desk.later(minutes=5)
        assert desk.says(3002, "很好用") is not None
