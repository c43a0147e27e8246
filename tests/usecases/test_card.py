"""The card is edited when it has something else to say: each edit spends one of the calls that a group has a minute."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.desk.outgoing import ShowCard
from bot.usecases import claim
from tests.usecases.department import LIN, Department

CHEN = 4001


@pytest.fixture
def desk() -> Iterator[Department]:
    made = Department()
    made.signs(LIN, is_on=True)
    yield made
    made.close()


def posted(work: Any, office: Any, now: datetime, *, case_id: int) -> None:
    """The case's card stands in its topic, and no edit of it waits."""
    case = work.cases.get(case_id)
    topic = work.topics.get(case.group_id, case.franchisee_id)
    work.topics.save(replace(topic, card_case_id=case_id, card_message_id=77))
    while heads := work.outbox.heads(now):
        for head in heads:
            work.outbox.delivered(head.id, at=now, message=None)


def edits(work: Any, office: Any, now: datetime) -> int:
    """How many cards wait to be edited."""
    rows = [work.outbox.get(head.id) for head in work.outbox.heads(now)]
    return sum(isinstance(row.outgoing.act, ShowCard) and row.outgoing.to.is_card for row in rows)


def test_more_of_the_same_leaves_the_card_alone(desk: Department) -> None:
    case = desk.writes(CHEN, "浙江")
    desk.do(claim.claim, staff_telegram_id=LIN, case_id=case)
    desk.do(posted, case_id=case)
    assert desk.writes(CHEN, "浙江") == case
    assert desk.do(edits) == 0


def test_what_the_card_tells_otherwise_now_is_edited(desk: Department) -> None:
    case = desk.writes(CHEN, "浙江")
    desk.do(posted, case_id=case)
    desk.do(claim.claim, staff_telegram_id=LIN, case_id=case)
    assert desk.do(edits) == 1
