"""A seeded department at work over months, and what it left behind read once more, plainly, from the raw rows."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from math import ceil
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.draft import Found, Outcome
from bot.desk.errors import DeskError
from bot.desk.follow_up import FollowUp, FollowUpOutcome, FollowUpState
from bot.desk.lint import Severity
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.promise import Promise, PromiseState
from bot.desk.rating import Rating, RatingState
from bot.desk.roster import Shift, Stretch, WeekDuty
from bot.usecases import receive, resolve
from bot.usecases.people import Sender
from bot.usecases.transfer import transfer_by_command
from bot.usecases.transfer_answer import accept, send_back
from tests.usecases.department import LIN, MEI, NAMES, SU, WANG, ZHOU, Department

ZONE = ZoneInfo("Asia/Shanghai")
NINE, SIX = time(9), time(18)
ROSTER_FROM = date(2026, 10, 1)
PLACES = ("江苏", "浙江", "广东", "北京", None)
Row = dict[str, Any]


class Simulated:
    """People write, answer, hand on, pause, resolve, withdraw and come back, all drawn from one seed."""

    def __init__(self, seed: int) -> None:
        self.desk = Department()
        self.chance = Random(seed)
        self._people = count(9001)
        self.desk.do(_with_room)

    def plays(self, first: date, days: int, cases: int) -> None:
        """So many cases over these days."""
        starts = sorted(self._moment(first, days) for _ in range(cases))
        for at in starts:
            self._until(at)
            self._case()
            self._old()

    def _moment(self, first: date, days: int) -> datetime:
        day = first + timedelta(days=self.chance.randrange(days))
        return datetime.combine(day, time(8), ZONE).astimezone(UTC) + timedelta(minutes=self.chance.randrange(660))

    def _until(self, at: datetime) -> None:
        self.desk.later(seconds=max(0.0, (at - self.desk.now).total_seconds()))

    def _later(self, minutes: float) -> None:
        self.desk.later(minutes=minutes)

    def _case(self) -> None:
        who, chance = next(self._people), self.chance
        case_id = self._complains(who) if chance.random() < 0.15 else self.desk.writes(who, chance.choice(PLACES))
        if chance.random() < 0.2:
            self._hands_on(case_id)
        if chance.random() < 0.9:
            self._later(chance.expovariate(1 / 9))
            self.desk.answers(self.desk.case(case_id))
        if chance.random() < 0.25:
            self._hands_on(case_id)
        self._beside(case_id)

    def _complains(self, who: int) -> int:
        message = Incoming(MessageRef(who, 1), self.desk.now, Content(ContentKind.TEXT, "投诉"))
        hint = receive.Hint(self.chance.choice(PLACES), kind="complaint", matter="order")
        return int(self.desk.do(receive.receive, sender=Sender(who, "店主"), message=message, hint=hint))

    def _hands_on(self, case_id: int) -> None:
        case = self.desk.case(case_id)
        to = self.chance.choice((LIN, ZHOU, SU, MEI))
        with suppress(DeskError):
            self.desk.do(transfer_by_command, staff_telegram_id=self.desk.handler(case_id), case=case, target=NAMES[to],
                         reason="熟悉情况")  # fmt: skip
            answer = accept if self.chance.random() < 0.6 else send_back
            more = {} if answer is accept else {"reason": "在忙"}
            self.desk.do(answer, staff_telegram_id=to, case_id=case_id, **more)

    def _beside(self, case_id: int) -> None:
        """What other parts of the desk leave behind, put there as they do."""
        case, now, chance = self.desk.case(case_id), self.desk.now, self.chance
        person = case.first_owner_id or case.handler_id

        def put(work: Any, office: Any, at: datetime) -> None:
            for n, state in enumerate(chance.choices(list(PromiseState), k=chance.randrange(3))):
                settled = None if state is PromiseState.OPEN else now + timedelta(hours=chance.randrange(400))
                due = now + timedelta(hours=n + 1)
                work.promises.add(Promise(0, case_id, case_id * 9 + n, person, person, now, due, due, "好", "好",
                                          state=state, settled_at=settled))  # fmt: skip
            done = now + timedelta(hours=chance.randrange(300))
            outcome = chance.choice(list(FollowUpOutcome))
            work.follow_ups.add(FollowUp(0, case_id, person, False, now, now, now + timedelta(days=4),
                                         state=FollowUpState.DONE, outcome=outcome, done_at=done))  # fmt: skip
            score = chance.choice((None, 1, 2, 3, 4, 5, 5))
            state = RatingState.RATED if score else chance.choice((RatingState.BLOCKED, RatingState.VOID))
            work.ratings.add(Rating(0, case_id, case.franchisee_id, case.first_owner_id, case.handler_id, case.region,
                                    done, state, score=score))  # fmt: skip
            found = [_found(chance, case_id, person, now) for _ in range(chance.randrange(3))]
            work.findings.add(found)

        self.desk.do(put)

    def _old(self) -> None:
        """Cases that stand are resolved, paused, withdrawn, or come back."""
        for case in self.desk.unfinished():
            roll = self.chance.random()
            with suppress(DeskError):
                if roll < 0.45:
                    self._solve(case.id)
                elif roll < 0.5:
                    sender = self.desk.do(lambda work, office, now, case=case: work.franchisees.get(case.franchisee_id))
                    self.desk.do(resolve.withdraw, sender=Sender(sender.telegram_id, sender.name))
        if self.chance.random() < 0.3:
            self._back()

    def _solve(self, case_id: int) -> None:
        if self.desk.do(lambda work, office, now: work.complaints.get(case_id)) is not None:
            self.desk.says(WANG, f"finding #{case_id} 物流配送 冷链断电 | 已补发 | 加装记录")
        by = WANG if self.chance.random() < 0.3 else self.desk.handler(case_id)
        self.desk.do(resolve.resolve, staff_telegram_id=by, case_id=case_id)

    def _back(self) -> None:
        """Somebody whose case ended lately writes again."""
        last = self.desk.do(lambda work, office, now: work.cases.listed(states=(resolve.State.RESOLVED,), limit=3))
        for case in last[-1:]:
            person = self.desk.do(lambda work, office, now, case=case: work.franchisees.get(case.franchisee_id))
            self.desk.writes(person.telegram_id, None)

    def on_the_roster(self, days: int) -> None:
        """Two people, every day; they come, come late, or stay away."""
        first = ROSTER_FROM
        ids = (self.desk.ids[LIN], self.desk.ids[ZHOU])
        shift = Shift("早班", (Stretch(540, 1080),))
        weekly = [WeekDuty(who, day, "east", "早班", first) for who in ids for day in range(7)]

        def put(work: Any, office: Any, now: datetime) -> None:
            work.rosters.put(shifts=[shift], weekly=weekly, dated=[], today=first)
            for n in range(days):
                for who in ids:
                    work.attendance.add(*self._attends(who, first + timedelta(days=n)))

        self.desk.do(put)

    def _attends(self, who: int, day: date) -> list[DutyEvent]:
        late = self.chance.choice((0, 0, 3, 20, None))
        if late is None:
            return []
        on, off = (datetime.combine(day, t, ZONE).astimezone(UTC) for t in (NINE, SIX))
        return [
            DutyEvent(DutyDid.SIGNED_ON, on + timedelta(minutes=late), staff_id=who),
            DutyEvent(DutyDid.SIGNED_OFF, off - timedelta(minutes=self.chance.choice((0, 0, 30))), staff_id=who),
        ]

    def raw(self) -> "Raw":
        """Every row of every table that a report is about."""
        return Raw(self.desk._engine)


def _with_room(work: Any, office: Any, now: datetime) -> None:
    for person in work.staff.all():
        work.staff.save(replace(person, capacity=99))


def _found(chance: Random, case_id: int, person: int, at: datetime) -> Found:
    category = chance.choice(("rigid", "shirk", "informal_you"))
    return Found(0, case_id, person, category, Severity.BLOCK, "r/1", 0, 1, "x", "x", at=at, outcome=Outcome.OPEN,
                 draft_id=chance.choice((None, 7)))  # fmt: skip


class Raw:
    """Plain rows; instants as aware datetimes."""

    def __init__(self, engine: Any) -> None:
        with engine.connect() as connection:
            self._rows = {
                table: [dict(row._mapping) for row in connection.exec_driver_sql(f"select * from {table}")]
                for table in ("cases", "event", "message", "complaint", "promise", "follow_up", "rating", "finding",
                              "duty_event")
            }  # fmt: skip

    def of(self, table: str) -> Iterator[Row]:
        for row in self._rows[table]:
            yield {key: _at(value) if key.endswith("_at") or key == "at" else value for key, value in row.items()}


def _at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def worked(first: datetime, last: datetime) -> float:
    """Seconds between nine and six of days that are no holiday, day by day."""
    total, day = 0.0, first.astimezone(ZONE).date()
    while day <= last.astimezone(ZONE).date():
        opens, closes = datetime.combine(day, NINE, ZONE), datetime.combine(day, SIX, ZONE)
        if not _is_decreed_off(day):
            total += max(0.0, (min(closes, last) - max(opens, first)).total_seconds())
        day += timedelta(days=1)
    return total


@cache
def _is_decreed_off(day: date) -> bool:
    """By the decree; the desk of the tests works on Saturdays and Sundays."""
    is_off, name = chinese_calendar.get_holiday_detail(day)
    return bool(is_off and name)


Key = tuple[str, Any]


def recount(raw: Raw, since: datetime, until: datetime, as_of: datetime) -> dict[Key, dict[str, float | None]]:
    """Every figure of all (`("all", "")`), of each region and each person, in one plain pass over the raw rows."""
    return _worked_out(*_counts(raw, since, until, as_of))


def _counts(raw: Raw, since: datetime, until: datetime, as_of: datetime) -> tuple[Any, Any]:
    counts: dict[Key, Counter[str]] = defaultdict(Counter)
    times: dict[Key, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    cases = {c["id"]: c for c in raw.of("cases")}

    def keys(case_id: int, *people: int | None) -> list[Key]:
        named = [("person", p) for p in dict.fromkeys(people) if p is not None]
        return [("all", ""), ("region", cases[case_id]["region"] or ""), *named]

    def owner(case_id: int) -> int:
        return int(cases[case_id]["first_owner_id"] or cases[case_id]["handler_id"])

    def put(name: str, where: list[Key], n: int = 1) -> None:
        for key in where:
            counts[key][name] += n

    events: dict[int, list[Row]] = defaultdict(list)
    for event in sorted(raw.of("event"), key=lambda e: e["id"]):
        events[event["case_id"]].append({**event, "data": json.loads(event["data"])})
    answers: dict[int, datetime] = {}
    for message in raw.of("message"):
        if message["direction"] == "out" and message["staff_id"] is not None:
            answers.setdefault(message["case_id"], message["at"])
    complaints = {c["case_id"]: c for c in raw.of("complaint") if c["void_at"] is None}

    def within(at: datetime | None) -> bool:
        return at is not None and since <= at < until

    for case_id, told in events.items():
        mine = keys(case_id, owner(case_id))
        opened = told[0]["at"]
        if within(opened):
            put("new", mine)
            answered = answers.get(case_id)
            if answered is not None:
                put("answered", mine)
                for key in mine:
                    times[key]["answer"].append(worked(opened, answered))
            is_in_time = worked(opened, answered or as_of) <= 600
            put("answer_due", mine, int(answered is not None or not is_in_time))
            put("answered_in_time", mine, int(answered is not None and is_in_time))
        _case_played(told, case_id, since, until, put, keys, mine, times, complaints, opened)
        for instant, name in ((since, "open_before"), (until, "open")):
            put(name, mine, int(opened < instant and not _is_over(told, instant)))
        put("overdue", mine, int(any(e["did"] == "DeadlinePassed" and within(e["at"]) for e in told)))
    for case_id, complaint in complaints.items():
        put("complaints", keys(case_id, owner(case_id)), int(within(complaint["opened_at"])))
    _beside(raw, put, keys, within)
    _attended(raw, put, since, until)
    return counts, times


def _is_over(told: list[Row], instant: datetime) -> bool:
    last = [e["did"] for e in told if e["at"] < instant and e["did"] in ("CaseResolved", "CaseClosed", "CaseReopened")]
    return bool(last) and last[-1] != "CaseReopened"


def _case_played(
    told: list[Row], case_id: int, since: datetime, until: datetime, put: Callable[..., None], keys: Callable[..., Any],
    mine: list[Key], times: Any, complaints: dict[int, Row], opened: datetime,
) -> None:  # fmt: skip
    """The life of one case, event by event: whose hands, over or not, who answered."""
    holder, first, is_over, has_answered, ran_out = None, None, False, False, False
    resolved: tuple[datetime, Any, Any, bool] | None = None
    for e in told:
        did, inside = e["did"], since <= e["at"] < until
        if did == "CaseTransferred" and inside and holder is not None and e["staff_id"] == holder:
            put("given", keys(case_id, holder))
            put("unanswered", keys(case_id, holder), int(not has_answered))
        if did == "TransferReturned" and inside and holder is not None:
            put("returned", keys(case_id, holder))
        taker = {"CaseAssigned": e["data"].get("to"), "CaseTransferred": e["data"].get("to"),
                 "CaseReopened": e["data"].get("handler"), "CaseClaimed": e["staff_id"]}.get(did)  # fmt: skip
        if did == "CaseClaimed":
            first = first or e["staff_id"]
        if taker is not None and int(taker) != holder:
            holder, has_answered = int(taker), False
        if did in ("SpecialistAnswered", "ReadyAnswerUsed"):
            has_answered = has_answered or e["staff_id"] == holder
        if did == "DeadlinePassed" and e["data"]["term"] == "resolve":
            ran_out = True
        if did == "CaseReopened":
            put("reopened", mine, int(inside))
            is_over, ran_out = False, False
        if did in ("CaseResolved", "CaseClosed"):
            put("ended", mine, int(inside and not is_over))
            if did == "CaseResolved" and inside:
                resolved = (e["at"], holder, first, ran_out)
            is_over, holder = True, None
            has_answered = False
    if resolved is None:
        return
    at, by, _, late = resolved
    put("resolved", mine)
    put("resolved_late", mine, int(late))
    for key in mine:
        times[key]["resolution"].append(worked(opened, at))
    if case_id in complaints:
        put("complaints_resolved", mine)
        for key in mine:
            times[key]["complaint"].append(worked(complaints[case_id]["opened_at"], at))
    if first is not None:
        put("owned", keys(case_id, first))
        put("own", keys(case_id, first), int(by == first))


def _beside(raw: Raw, put: Callable[..., None], keys: Callable[..., Any], within: Callable[[Any], bool]) -> None:
    for row in raw.of("promise"):
        if within(row["settled_at"]) and row["state"] in ("kept", "late", "broken"):
            put(row["state"], keys(row["case_id"], row["staff_id"]))
    for row in raw.of("follow_up"):
        if row["state"] == "done" and within(row["done_at"]):
            mine = keys(row["case_id"], row["owner_id"])
            put("called_back", mine)
            put("call_satisfied", mine, int(row["outcome"] == "satisfied"))
            put("call_unreached", mine, int(row["outcome"] == "unreached"))
            put("call_late", mine, int(row["done_at"] > row["deadline_at"]))
    for row in raw.of("rating"):
        if within(row["asked_at"]) and row["state"] != "void":
            mine = keys(row["case_id"], row["first_owner_id"], row["handler_id"])
            put("asked", mine)
            if row["score"] is not None:
                put("rated", mine)
                put("scores", mine, row["score"])
                put("good", mine, int(row["score"] >= 4))
    for row in raw.of("finding"):
        if within(row["at"]):
            mine = keys(row["case_id"], row["staff_id"])
            put("found", mine)
            put("held", mine, int(row["draft_id"] is not None))


def _attended(raw: Raw, put: Callable[..., None], since: datetime, until: datetime) -> None:
    """Two people are rostered from nine to six on every day since there has been a roster."""
    events = list(raw.of("duty_event"))
    for who in {e["staff_id"] for e in events if _day(e["at"]) >= ROSTER_FROM}:
        mine: list[Key] = [("all", ""), ("region", "east"), ("person", who)]
        day = max(ROSTER_FROM, _day(since))
        while day < _day(until):
            signs = {e["did"]: e["at"] for e in events if e["staff_id"] == who and _day(e["at"]) == day}
            put("watches", mine)
            put("absent", mine, int(not signs))
            put("present", mine, int(bool(signs)))
            if signs:
                on, off = datetime.combine(day, NINE, ZONE), datetime.combine(day, SIX, ZONE)
                put("came_late", mine, int(signs["SignedOn"] - on > timedelta(minutes=5)))
                put("left_early", mine, int(off - signs["SignedOff"] > timedelta(minutes=5)))
            day += timedelta(days=1)


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _worked_out(counts: Any, times: Any) -> dict[Key, dict[str, float | None]]:
    """Shares, medians and the ninetieth in a hundred."""
    found: dict[Key, dict[str, float | None]] = {}
    for key, c in counts.items():
        t = times[key]
        found[key] = {
            **{name: float(c[name]) for name in NUMBERS},
            "answer_median": _middle(t["answer"], 60), "answer_p90": _ninetieth(t["answer"], 60),
            "resolution_median": _middle(t["resolution"], 3600), "complaint_median": _middle(t["complaint"], 3600),
            "complaint_p90": _ninetieth(t["complaint"], 3600),
            "answer_in_time": _of(c["answered_in_time"], c["answer_due"]),
            "resolved_in_time": _of(c["resolved"] - c["resolved_late"], c["resolved"]),
            "by_first_owner": _of(c["own"], c["owned"]),
            "promises_kept": _of(c["kept"], c["kept"] + c["late"] + c["broken"]),
            "score": _of(c["scores"], c["rated"]), "good_share": _of(c["good"], c["rated"]),
            "attended": _of(c["present"], c["watches"]),
        }  # fmt: skip
    return found


NUMBERS = ("open_before", "new", "reopened", "ended", "open", "resolved", "answered", "overdue", "complaints",
           "complaints_resolved", "given", "unanswered", "returned", "kept", "late", "broken", "called_back",
           "call_satisfied", "call_unreached", "call_late", "asked", "rated", "found", "held", "watches", "came_late",
           "left_early", "absent")  # fmt: skip


def _of(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _middle(values: list[float], unit: int) -> float | None:
    return median(values) / unit if values else None


def _ninetieth(values: list[float], unit: int) -> float | None:
    return sorted(values)[ceil(len(values) * 0.9) - 1] / unit if values else None
