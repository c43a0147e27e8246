"""The sales ledger and the improvement list on both engines: the newest counts, every version stays, indexes serve."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.desk.case import State
from bot.desk.improvement import Improvement, ImprovementState, Source, Step
from bot.desk.period import Period
from bot.desk.sales import Total
from bot.desk.sales_rows import Sale
from bot.usecases.ports import Changes, Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import Database
from tests.storage.made import NOON, case, later

D = date(2026, 10, 1)
OCTOBER = Period(D, date(2026, 11, 1))
HUGE = 10**13


def put(work: Work, *sales: Sale, at: int = 0) -> Changes:
    return work.sales.put_all(sales, at=later(at), told_by="王芳", file=f"{at}.xlsx")


def test_sums_are_of_the_newest_and_every_version_stays(storage: Storage) -> None:
    first = (Sale("CD001", D, 1000, 10, 900), Sale("cd001", D + timedelta(1), 2000), Sale("SH1", D, HUGE, 1))
    assert storage.run_now(lambda work: put(work, *first)) == Changes(3, 0, 0)
    assert storage.run_now(lambda work: put(work, *first, at=1)) == Changes(0, 0, 3)
    again = (Sale("CD001", D, 1100), Sale("CD001", date(2026, 10, 31), target=50), Sale("CD001", date(2026, 11, 1), 9))
    assert storage.run_now(lambda work: put(work, *again, at=2)) == Changes(2, 1, 0)

    def look(work: Work) -> None:
        assert work.sales.sums(OCTOBER) == {
            "cd001": Total(3100, 10, 950, 1100, 2), "sh1": Total(HUGE, 1, 0, 0, 1),
        }  # fmt: skip
        assert work.sales.by_day(OCTOBER, ["cd001"])[D] == Total(1100, 10, 900, 1100, 1)
        assert work.sales.by_day(OCTOBER, None)[D].amount == HUGE + 1100
        assert work.sales.newest(OCTOBER) == D + timedelta(1), "a target alone is no sale"
        assert work.sales.known_days(OCTOBER) == 2
        assert work.sales.newest(Period(date(2020, 1, 1), date(2020, 2, 1))) is None
        told = work.sales.versions("CD001", D)
        assert [(v.sale.amount, v.sale.orders, v.told_by, v.file) for v in told] == [
            (1000, 10, "王芳", "0.xlsx"), (1100, 10, "王芳", "2.xlsx"),
        ]  # fmt: skip
        assert work.sales.corrected(OCTOBER) == told

    storage.run_now(look)


def test_the_newest_can_be_made_anew_from_the_versions(storage: Storage) -> None:
    days = [Sale(f"S{n % 3}", D + timedelta(n % 7), n, n, None if n % 2 else n) for n in range(40)]
    for n, sale in enumerate(days):
        storage.run_now(lambda work, sale=sale, n=n: put(work, sale, at=n))  # type: ignore[misc]

    def look(work: Work) -> None:
        newest = [
            v[-1].sale for s in range(3) for d in range(7) if (v := work.sales.versions(f"s{s}", D + timedelta(d)))
        ]
        sums = work.sales.sums(OCTOBER)
        for store in ("s0", "s1", "s2"):
            assert sums[store].amount == sum(v.amount or 0 for v in newest if v.store == store)

    storage.run_now(look)


def test_a_whole_year_comes_in_at_once(storage: Storage) -> None:
    many = [Sale(f"S{n:04}", D, n) for n in range(1300)]
    assert storage.run_now(lambda work: put(work, *many)) == Changes(1300, 0, 0)
    changed = [replace(s, amount=(s.amount or 0) + 1) for s in many]
    assert storage.run_now(lambda work: put(work, *changed, at=1)) == Changes(0, 1300, 0)
    keys = [s.store.casefold() for s in many]
    assert storage.run_now(lambda work: work.sales.by_day(OCTOBER, keys))[D].amount == sum(range(1, 1301))


@pytest.mark.parametrize("table", ["sale_version", "improvement_step"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id + 1"])
def test_history_is_never_changed(database: Database, storage: Storage, table: str, change: str) -> None:
    storage.run_now(lambda work: put(work, Sale("CD001", D, 1)))
    storage.run_now(lambda work: work.improvements.note(Step(1, "added", NOON, None)))
    engine = make_engine(database.url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(change.format(table)))
    engine.dispose()


def test_the_cases_of_a_period(storage: Storage) -> None:
    def fill(work: Work) -> None:
        ended = {"state": State.RESOLVED, "first_owner_id": 1, "store_number": "CD001", "kind": "complaint"}
        work.cases.add(replace(case(1), **ended))  # type: ignore[arg-type]
        work.cases.add(replace(case(2), opened_at=later(60), first_answer_at=later(90)))
        work.cases.add(replace(case(3), opened_at=later(3600)))

    storage.run_now(fill)
    first, second = storage.run_now(lambda work: work.sales.served(NOON, later(3600)))
    assert (first.store, first.is_complaint, first.is_ended, first.is_by_first_owner) == ("cd001", True, True, True)
    assert (second.store, second.first_answer_at, second.is_ended) == ("", later(90), False)


def test_the_improvement_list(storage: Storage) -> None:
    item = Improvement(0, "盒子换厚一点", Source.FRANCHISEE, "小陈", 4, D, NOON, author_telegram_id=2**52 - 1)

    def fill(work: Work) -> None:
        later_one = work.improvements.add(replace(item, due_on=D + timedelta(9), source=Source.COMPLAINT, case_id=7))
        first = work.improvements.add(item)
        done = work.improvements.add(item)
        end = replace(done, state=ImprovementState.DONE, reason="已换", ended_at=NOON)
        work.improvements.save(end)
        work.improvements.note(Step(done.id, "done", NOON, 4, "已换"))
        assert list(work.improvements.going_on()) == [first, later_one]
        assert list(work.improvements.due_before(D + timedelta(1))) == [first]
        assert list(work.improvements.ended(NOON, later(1))) == [end] == [work.improvements.get(done.id)]
        assert list(work.improvements.steps(done.id)) == [Step(done.id, "done", NOON, 4, "已换")]
        assert work.improvements.get(99) is None
        with pytest.raises(LookupError):
            work.improvements.save(replace(item, id=99))

    storage.run_now(fill)
    assert len(list(islice(storage.run_now(lambda work: work.improvements.going_on()), 5))) == 2
