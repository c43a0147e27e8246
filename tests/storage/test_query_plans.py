"""What is asked all day long is answered from an index, on both engines: no table that grows is read through."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from bot.desk.complaint import Complaint, Grade, Measure
from bot.desk.digest import Figure
from bot.desk.draft import DraftState
from bot.desk.draw import Draw, DrawShares, Why
from bot.desk.events import Did, Event
from bot.desk.follow_up import FollowUp, FollowUpState
from bot.desk.improvement import Improvement, ImprovementState, Source, Step
from bot.desk.inspection import Inspection, InspectionDid, InspectionState, InspectionStep
from bot.desk.meeting import MeetingNote, NoteKind
from bot.desk.memo import Memo, MemoState
from bot.desk.message import MessageRef
from bot.desk.patrol import PatrolLine
from bot.desk.patrol import Why as PatrolWhy
from bot.desk.period import Period
from bot.desk.promise import Promise, PromiseState
from bot.desk.rating import LowRating, LowState, Rating, RatingState
from bot.desk.reminder import ReminderKind
from bot.desk.sales_rows import Sale
from bot.desk.survey import Survey, SurveyState
from bot.desk.task import Task, TaskState
from bot.desk.warnings import EarlyWarning, Level, WarningRule
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import Database
from tests.storage.made import GROUP, NOON, case, draft, found, later, message, put, to

GROWING = ("outbox", "inbox", "message", "message_place", "event", "cases", "reminder", "franchisee",
           "draft", "draft_item", "finding", "transfer", "assist", "closing",
           "memo", "promise", "task", "meeting_note",
           "complaint", "measure", "patrol",
           "follow_up", "rating", "low_rating", "survey", "survey_person", "survey_answer",
           "sale", "sale_version", "improvement", "improvement_step", "warning",
           "case_word", "inspection", "inspection_draw", "inspection_step")  # fmt: skip
WEEK = Period(date(2026, 10, 1), date(2026, 10, 8))
ASKED: dict[str, Callable[[Work], Any]] = {
    "what may be sent": lambda work: work.outbox.heads(NOON),
    "a row to send": lambda work: work.outbox.lease([5], by="me", until=later(1)),
    "what is behind": lambda work: work.outbox.behind(5, limit=3),
    "an album": lambda work: work.outbox.queued_album("p:5", "1"),
    "leases that ran out": lambda work: work.outbox.expired(NOON),
    "dead letters": lambda work: work.outbox.dead(),
    "sent lately": lambda work: work.outbox.sent_since(later(-60)),
    "what was said of a case": lambda work: work.spoken.of_case(5, later(-60)),
    "how many wait": lambda work: work.outbox.waiting(NOON),
    "updates to handle": lambda work: work.inbox.lease(NOON, by="me", until=later(1)),
    "whether handled": lambda work: work.inbox.is_done(5),
    "updates set aside": lambda work: work.inbox.dead(),
    "what is due": lambda work: work.reminders.due(NOON),
    "deadlines that are due": lambda work: work.reminders.due(NOON, kind=ReminderKind.DEADLINE),
    "what is overdue": lambda work: work.cases.overdue(NOON),
    "somebody's open case": lambda work: work.cases.unfinished_of(5),
    "somebody's last case": lambda work: work.cases.last_of(5),
    "load of everybody": lambda work: work.cases.open_counts(),
    "what somebody answers for": lambda work: work.cases.answered_for_by(5),
    "a transfer on offer": lambda work: work.transfers.pending_of(5),
    "a case's last offer": lambda work: work.transfers.last_of(5),
    "offers to somebody": lambda work: work.transfers.pending_to(5),
    "a case's assistance": lambda work: work.assists.of_case(5),
    "what a department owes": lambda work: work.assists.open_of("logistics"),
    "a closing that waits": lambda work: work.closings.pending_of(5),
    "closings for somebody": lambda work: work.closings.pending_for(5),
    "a complaint": lambda work: work.complaints.get(5),
    "complaints that go on": lambda work: work.complaints.unfinished(),
    "complaints to call back about": lambda work: work.complaints.to_settle(),
    "complaints of a span": lambda work: work.complaints.opened(later(99), later(100)),
    "complaints of a store": lambda work: work.complaints.of_store(5, later(99)),
    "a case's measures": lambda work: work.measures.of_case(5),
    "measures to be done": lambda work: work.measures.open(),
    "a day's figures": lambda work: work.digests.counts(later(99), later(100)),
    "a day's figures by person": lambda work: work.digests.by_person(later(99), later(100)),
    "a day among two weeks": lambda work: work.digests.count(Figure.NEW, later(99), later(100)),
    "a day's hours": lambda work: work.digests.times(Figure.NEW, later(99), later(100)),
    "what is notable of a day": lambda work: work.digests.notable(later(99), later(100)),
    "what was open": lambda work: work.digests.open_at(NOON),
    "events of what ended": lambda work: work.digests.of_ended(later(-90), later(90), (Did.CASE_OPENED,)),
    "what people wrote": lambda work: work.digests.openings(later(-90), later(90), limit=9),
    "promises of a day": lambda work: work.promises.due(later(99), later(100)),
    "a day's patrol": lambda work: work.patrols.of_day(NOON.date()),
    "the patrol before": lambda work: work.patrols.last_before(NOON.date()),
    "events for the ledger": lambda work: work.events.of_active(later(9000), (Did.CASE_OPENED,)),
    "a case's messages": lambda work: work.messages.of_case(5),
    "where a message stands": lambda work: work.messages.find(MessageRef(GROUP, 5)),
    "a message's copies": lambda work: work.messages.copies(5),
    "a case's events": lambda work: work.events.of_case(5),
    "a draft where it was written": lambda work: work.drafts.at(MessageRef(GROUP, 5)),
    "an edit that is held": lambda work: work.drafts.edit_of(5),
    "a case's living drafts": lambda work: work.drafts.living(5),
    "a case's drafts": lambda work: work.drafts.of_case(5),
    "drafts to release": lambda work: work.drafts.asked(),
    "how many to release": lambda work: work.drafts.count_asked(),
    "what was found in a draft": lambda work: work.findings.of_draft(5),
    "what was found in a message": lambda work: work.findings.of_message(5),
    "whether a hint was given": lambda work: work.findings.has_hint(5),
    "somebody's newest finding": lambda work: work.findings.last_of(5, 1),
    "false alarms": lambda work: work.findings.doubted(),
    "replies of a day in which something was found": lambda work: work.findings.replies(later(99), later(100)),
    "findings of a day": lambda work: work.findings.counts(later(99), later(100)),
    "who is to be reminded": lambda work: work.memos.claim(NOON, limit=1),
    "somebody's reminders": lambda work: work.memos.open_of(5),
    "a case's reminders": lambda work: work.memos.open_of_case(5),
    "a message's promises": lambda work: work.promises.of_message(5),
    "a case's promises": lambda work: work.promises.open_of_case(5),
    "somebody's promises": lambda work: work.promises.open_of(5),
    "promises of a week": lambda work: work.promises.settled(later(99), later(100)),
    "what somebody is to do": lambda work: work.tasks.open_to(5),
    "what somebody gave to do": lambda work: work.tasks.open_from(5),
    "what is to be done": lambda work: work.tasks.open(limit=9),
    "points of a meeting": lambda work: work.meeting_notes.last("周会", NoteKind.POINT, limit=9),
    "a call back that is open": lambda work: work.follow_ups.open_of(5),
    "a case's last call back": lambda work: work.follow_ups.last_of(5),
    "somebody's calls back": lambda work: work.follow_ups.listed(owner_id=5),
    "everybody's calls back": lambda work: work.follow_ups.listed(),
    "a case's last rating": lambda work: work.ratings.last_of(5),
    "somebody's newest rating": lambda work: work.ratings.newest_of(5),
    "ratings of a day": lambda work: work.ratings.asked_between(later(99), later(100)),
    "a rating's task": lambda work: work.low_ratings.of_rating(5),
    "tasks of low ratings": lambda work: work.low_ratings.listed(),
    "surveys that go on": lambda work: work.surveys.running(),
    "who gets a survey next": lambda work: work.surveys.next_waiting(5, limit=20),
    "somebody's newest survey": lambda work: work.surveys.newest_of(5),
    "how far a survey is": lambda work: work.surveys.standings(5),
    "what a survey came to": lambda work: work.surveys.counts(5),
    "somebody's answers": lambda work: work.surveys.answers_of(5),
    "a warning": lambda work: work.warnings.get(5),
    "a subject's last warning": lambda work: work.warnings.last_of(WarningRule.BURST, "5"),
    "warnings of a span": lambda work: work.warnings.raised(later(99), later(100)),
    "warnings that wait": lambda work: work.warnings.waiting(),
    "cases of a span": lambda work: work.warnings.opened(later(99), later(100)),
    "a store's repeated cases": lambda work: work.warnings.repeated(later(99), least=3),
    "when history began": lambda work: work.warnings.first_opened(),
    "stores of a span": lambda work: work.warnings.stores(later(99), later(100)),
    "stores that complain": lambda work: work.warnings.complaining(later(99), later(100)),
    "cases rated low": lambda work: work.warnings.rated_low(later(99), later(100), low=2, limit=9),
    "where words were found": lambda work: work.warnings.found_in(5, later(99), later(100), limit=9),
    "days of patrols": lambda work: work.warnings.checked_on(WEEK.first, WEEK.end),
    "a subject's warnings": lambda work: work.warnings.of_subject(WarningRule.BURST, "5", later(99)),
    "words of a span": lambda work: work.case_words.count(later(99), later(100)),
    "words that stores share": lambda work: work.case_words.shared(later(99), later(100), least=5),
    "stores of a word": lambda work: work.case_words.days(["w5"], [later(100)], timedelta(minutes=1)),
    "ratings of a week": lambda work: work.warnings.scores(later(99), later(100), low=2),
    "what compares cases": lambda work: work.warnings.figures(later(99), later(100)),
    "what each store sold": lambda work: work.sales.sums(WEEK),
    "what was sold each day": lambda work: work.sales.by_day(WEEK, None),
    "what some stores sold each day": lambda work: work.sales.by_day(WEEK, ["s1", "s2"]),
    "how far the ledger has come": lambda work: work.sales.newest(WEEK),
    "of how many days it knows": lambda work: work.sales.known_days(WEEK),
    "versions of a day": lambda work: work.sales.versions("s1", WEEK.first),
    "what was corrected": lambda work: work.sales.corrected(WEEK),
    "when it all began": lambda work: work.period_figures.begun_at(),
    "cases that a report is about": lambda work: list(work.period_figures.opened(later(-60), later(-30))),
    "what was open then": lambda work: work.period_figures.open_at(later(9000)),
    "what ended or changed hands": lambda work: list(work.period_figures.turned(later(-60), later(1))),
    "what passed its deadline": lambda work: work.period_figures.overdue(later(-60), later(-30)),
    "what became a complaint": lambda work: work.period_figures.complaints(later(99), later(100)),
    "promises of a report": lambda work: work.period_figures.promises(later(99), later(100)),
    "calls back of a report": lambda work: work.period_figures.call_backs(later(99), later(100)),
    "ratings of a report": lambda work: work.period_figures.ratings(later(99), later(100)),
    "findings of a report": lambda work: work.period_figures.found(later(99), later(100)),
    "what happened then": lambda work: work.period_figures.events(later(-60), later(-30)),
    "cases of a period": lambda work: work.sales.served(later(-60), later(-30)),
    "what is to become better": lambda work: work.improvements.going_on(),
    "what is late": lambda work: work.improvements.due_before(WEEK.first),
    "what became better": lambda work: work.improvements.ended(later(-60), later(-30)),
    "what was done about it": lambda work: work.improvements.steps(5),
    "the newest draw": lambda work: work.inspections.last_draw(),
    "a day's draw": lambda work: work.inspections.draw(WEEK.first),
    "a case's inspection": lambda work: work.inspections.of_case(5),
    "inspections that wait": lambda work: work.inspections.waiting(),
    "somebody's inspections": lambda work: work.inspections.of_staff(5),
    "a day's inspections": lambda work: work.inspections.of_day(WEEK.first),
    "inspections of a month": lambda work: work.inspections.scored(later(-60), later(-30)),
    "what became of an inspection": lambda work: work.inspections.steps(5),
    "cases that may be drawn": lambda work: work.inspections.ended(later(-60), later(-30)),
    "cases of a review": lambda work: work.inspections.cases([5, 6]),
    "which are complaints": lambda work: work.inspections.complaints([5, 6]),
    "what was found in a case": lambda work: work.inspections.found_in(5, 1),
    "who writes": lambda work: work.franchisees.by_telegram(5),
}

ROWS = 40


def fill(storage: Storage) -> None:
    """Some of everything. Not many: SQLite plans by the indexes alone, and PostgreSQL is told below to use them."""

    def rows(work: Work) -> None:
        for n in range(ROWS):
            kept = work.cases.add(case(n + 1))
            work.events.add(Event(kept.id, Did.CASE_OPENED, later(n)), Event(kept.id, Did.CASE_CLOSED, later(n)))
            work.messages.add(message(kept.id, ref=MessageRef(GROUP, n)))
            (row,) = put(work, to(n))
            work.outbox.delivered(row, at=later(-9000), message=None)
            work.inbox.store([(n, str(n), "{}")], at=NOON)
            work.inbox.done(n, at=NOON)
            held = work.drafts.add(draft(kept.id, ref=MessageRef(GROUP, n), state=DraftState.CHANGED))
            work.findings.add([found(kept.id, draft_id=held.id, at=later(n))])
            _kept_and_done(work, n)
            work.complaints.add(Complaint(kept.id, Grade.NORMAL, later(n), later(n), "慢", called_back_at=NOON))
            work.measures.add(Measure(0, kept.id, "检查", 1, NOON, later(n), done_at=NOON))
            work.patrols.put([PatrolLine(NOON.date() - timedelta(days=n), kept.id, (PatrolWhy.OPEN,), NOON)])
            work.follow_ups.add(FollowUp(0, kept.id, n, False, later(n), later(n), later(n), state=FollowUpState.DONE))
            rating = work.ratings.add(Rating(0, kept.id, n, n, n, None, later(n), RatingState.RATED, score=5))
            work.low_ratings.add(LowRating(0, rating.id, kept.id, 1, later(n), later(n), LowState.DONE))
            work.case_words.note(kept.id, [f"w{n}", "w"], at=later(n))
            work.warnings.claim(
                EarlyWarning(Level.YELLOW, WarningRule.BURST, str(n), raised_at=later(n), taken_at=NOON)
            )
            survey = work.surveys.add(Survey(0, "q", "Q", "v", "", "", 1, NOON, NOON, SurveyState.CLOSED))
            work.surveys.enrol(survey.id, provinces=None, strangers=[])
            idea = Improvement(0, "好", Source.SURVEY, "", 1, WEEK.first, NOON, ImprovementState.DONE, ended_at=NOON)
            work.improvements.note(Step(work.improvements.add(idea).id, "done", NOON, 1))
            _inspected(work, kept.id, n)
        days = [Sale(f"s{n % 4}", WEEK.first - timedelta(n), n) for n in range(2 * ROWS)]
        work.sales.put_all(days, at=NOON, told_by="", file="")

    storage.run_now(rows)


def _inspected(work: Work, case_id: int, n: int) -> None:
    day = NOON.date() - timedelta(days=n)
    work.inspections.begin(Draw(day, NOON, NOON, NOON, "s", DrawShares(1, 1), ()))
    item = Inspection(0, case_id, n, day, Why.CHANCE, "v", InspectionState.SCORED, scored_at=later(n))
    work.inspections.add(item)
    work.inspections.note(InspectionStep(case_id, InspectionDid.DRAWN, NOON))


def _kept_and_done(work: Work, n: int) -> None:
    """What was promised, to be reminded of, and to be done: a few of it open."""
    at = later(9000 + n)
    is_open = n < 5
    work.memos.add(Memo(0, n, n, "回电", NOON, at, case_id=n, state=MemoState.WAITING if is_open else MemoState.DONE))
    state = PromiseState.OPEN if is_open else PromiseState.KEPT
    work.promises.add(Promise(0, n, n, n, n, NOON, at, at, "答复您", "答复您", state=state, settled_at=at))
    work.tasks.add(Task(0, n, n, "整理", NOON, at, state=TaskState.GIVEN if is_open else TaskState.DONE))
    work.meeting_notes.add(MeetingNote(0, f"会 {n}", NoteKind.POINT, n, NOON, "餐盒"))


@pytest.fixture
def filled(database: Database, storage: Storage) -> Database:
    fill(storage)
    return database


def test_no_growing_table_is_read_through(filled: Database) -> None:
    engine = make_engine(filled.url)
    asked: list[tuple[str, Any]] = []
    storage = Storage(engine)

    @event.listens_for(engine, "before_cursor_execute")
    def keep(_: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    bad = []
    for name, ask in ASKED.items():
        asked.clear()
        storage.run_now(ask)
        assert asked, name
        for statement, parameters in list(asked):
            bad += [f"{name}: {step}" for step in plan(engine, statement, parameters) if reads_through(step)]
    storage.close()
    assert not bad, "\n".join(bad)


def plan(engine: Any, statement: str, parameters: Any) -> list[str]:
    """The steps of a plan; PostgreSQL is told to read through only where no index serves, for its tables are small."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return [str(row[-1]) for row in found]
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        return [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def reads_through(step: str) -> bool:
    words = step.replace('"', "").split()
    if "Seq Scan on" in step:
        return words[words.index("on") + 1] in GROWING
    return words[0] == "SCAN" and words[1] in GROWING and "INDEX" not in words
