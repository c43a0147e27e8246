"""The driver's line sees what the session holds, keeps nothing too long, and takes every type on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from sqlalchemy import literal_column, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col

from bot.desk.case import Level, State, Urgency
from bot.desk.events import Did, Event
from bot.desk.people import Role, Staff
from bot.usecases.ports import GroupState, TopicState, Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from storage.prepared import Line, Prepared, given
from storage.tables import CaseRow, GroupRow, TopicRow
from storage.unit_of_work import SqlWork
from tests.storage.made import GROUP, HUGE, NOON, case, later

NEW_GROUP = -1001000000009
LIN = Staff(0, HUGE, "林晓", Role.SPECIALIST, regions=("southwest", "east"), provinces=("四川",))


@pytest.fixture
def session() -> Iterator[Session]:
    engine = make_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def test_what_the_session_has_not_written_yet_is_seen_by_the_driver(session: Session) -> None:
    work = SqlWork(session)
    pending = TopicRow(chat_id=GROUP, franchisee_id=1, thread_id=7, is_closed=False)
    session.add(pending)
    assert work.topics.by_thread(GROUP, 7) is not None, "new"
    pending.thread_id = 8
    assert work.topics.by_thread(GROUP, 8) is not None, "changed"
    session.delete(pending)
    assert work.topics.by_thread(GROUP, 8) is None, "deleted"


def test_what_the_driver_wrote_is_seen_through_rows_that_the_session_still_holds(session: Session) -> None:
    work = SqlWork(session)
    stored = work.cases.add(case(respond_by=NOON))
    held = session.get(CaseRow, stored.id)
    after = replace(stored, state=State.OPEN, region="east")
    work.cases.save(after)
    assert held is not None
    assert list(work.cases.listed()) == [after]
    session.refresh(held)
    later_on = replace(after, region="west")
    work.cases.save(later_on)
    assert list(work.cases.overdue(later(1))) == [later_on]
    session.refresh(held)
    work.cases.save(after)
    assert work.inspections.cases([stored.id]) == {stored.id: after}


def test_whoever_changes_a_case_forgets_what_was_read(session: Session) -> None:
    work = SqlWork(session)
    stored = work.cases.add(case(1))
    assert work.cases.get(stored.id) == stored
    assert work.cases.take(stored.id, 5)
    taken = work.cases.get(stored.id)
    assert taken is not None
    assert (taken.first_owner_id, taken.handler_id) == (5, 5)
    assert work.cases.hand(stored.id, giver=5, taker=6)
    handed = work.cases.get(stored.id)
    assert handed == replace(taken, handler_id=6)
    work.cases.save(replace(handed, state=State.OPEN))
    assert work.cases.get(stored.id) == replace(handed, state=State.OPEN)


def test_whoever_changes_a_topic_or_a_group_forgets_what_was_read(session: Session) -> None:
    work = SqlWork(session)
    assert work.topics.get(GROUP, 1) is None
    assert work.groups.get(GROUP) is None
    for thread in (7, 8):
        topic, group = TopicState(GROUP, 1, thread), GroupState(GROUP, title=str(thread))
        work.topics.save(topic)
        work.groups.save(group)
        assert (work.topics.get(GROUP, 1), work.groups.get(GROUP)) == (topic, group)


def test_a_group_that_moved_is_read_anew_everywhere(session: Session) -> None:
    work = SqlWork(session)
    stored = work.cases.add(case())
    work.topics.save(TopicState(GROUP, 1, 7))
    work.groups.save(GroupState(GROUP, title="西南"))
    before = work.cases.get(stored.id), work.topics.get(GROUP, 1), work.groups.get(GROUP), work.groups.current(GROUP)
    assert before == (stored, TopicState(GROUP, 1, 7), GroupState(GROUP, title="西南"), GROUP)
    assert work.groups.get(NEW_GROUP) is None
    work.groups.migrated(GROUP, NEW_GROUP)
    assert work.cases.get(stored.id) == replace(stored, group_id=NEW_GROUP)
    assert work.topics.get(GROUP, 1) is None
    assert work.groups.get(GROUP) is None
    assert work.groups.get(NEW_GROUP) == GroupState(NEW_GROUP, title="西南")
    assert work.groups.current(GROUP) == NEW_GROUP


def test_what_a_unit_read_is_gone_with_it(storage: Storage) -> None:
    assert storage.run_now(lambda work: work.groups.get(GROUP)) is None

    def half(work: Work) -> None:
        work.groups.save(GroupState(GROUP, title="半"))
        assert work.groups.get(GROUP) is not None
        raise KeyError("half")

    with pytest.raises(KeyError):
        storage.run_now(half)
    assert storage.run_now(lambda work: work.groups.get(GROUP)) is None
    storage.run_now(lambda work: work.groups.save(GroupState(GROUP, title="全")))
    assert storage.run_now(lambda work: work.groups.get(GROUP)) == GroupState(GROUP, title="全")


def test_every_type_goes_in_and_comes_out_the_same(storage: Storage) -> None:
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    given_case = case(HUGE, respond_by=beijing, level=list(Level)[-1], urgency=list(Urgency)[-1])
    event = Event(1, Did.CASE_RESOLVED, beijing, HUGE, {"字": ["%s", None, True, 1.5], "%": {}})
    topics = [TopicState(GROUP, HUGE, None, is_closed=True), TopicState(GROUP, HUGE - 1, HUGE, is_closed=False)]

    def told(work: Work) -> None:
        stored = work.cases.add(given_case)
        found = work.cases.get(stored.id)
        assert found == stored
        assert found is not None
        assert found.respond_by is not None
        assert found.respond_by.utcoffset() == timedelta(0)
        assert (found.resolve_by, found.level, found.urgency) == (None, given_case.level, given_case.urgency)
        work.cases.save(replace(found, respond_by=None, resolve_by=beijing))
        again = work.cases.get(stored.id)
        assert again is not None
        assert (again.respond_by, again.resolve_by) == (None, NOON)
        work.events.add(event)
        assert list(work.events.of_case(1)) == [event]
        for topic in topics:
            work.topics.save(topic)
        assert [work.topics.get(GROUP, t.franchisee_id) for t in topics] == topics
        work.staff.put_all([LIN])
        (lin,) = work.staff.all()
        work.staff.save(replace(lin, regions=(), is_on_duty=True, duty_changed_at=beijing))
        assert work.staff.get(lin.id) == replace(lin, regions=(), is_on_duty=True, duty_changed_at=NOON)

    storage.run_now(told)


def test_a_naive_instant_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="naive"):
        SqlWork(session).cases.add(case(respond_by=NOON.replace(tzinfo=None)))


def test_a_per_cent_sign_in_a_statement_is_one_with_and_without_values(storage: Storage) -> None:
    like = col(GroupRow.title).like(literal_column("'西%'"))
    plain = Prepared(select(col(GroupRow.title)).where(like))
    with_value = Prepared(select(col(GroupRow.title)).where(like, col(GroupRow.chat_id) == given(GroupRow.chat_id)))

    def told(work: SqlWork) -> None:
        line = Line.of(work.groups._session)  # a unit's own line
        work.groups.save(GroupState(GROUP, title="西%南"))
        work.groups.save(GroupState(NEW_GROUP, title="东%西"))
        assert line.rows(plain) == line.rows(with_value, chat_id=GROUP) == [("西%南",)]
        assert line.value(with_value, chat_id=NEW_GROUP) is None
        with pytest.raises(KeyError):
            line.rows(with_value)

    storage.run_now(told)


def test_an_error_of_the_driver_has_the_name_that_sqlalchemy_gives_it(storage: Storage) -> None:
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: (work.cases.add(case(1)), work.cases.add(case(1))))
    assert storage.run_now(lambda work: work.cases.last_of(1)) is None
