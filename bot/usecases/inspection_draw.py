"""The day's draw for quality inspection: once a working day, whoever looks first; and how it came about."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.custody import custody
from bot.desk.days import day_from
from bot.desk.draw import Candidate, Draw, Pick, Why, is_newcomer
from bot.desk.errors import DeskError
from bot.desk.events import Did
from bot.desk.inspection import Inspection, InspectionDid, InspectionStep
from bot.desk.people import Role
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.keyboard import in_rows
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.upstairs import tell_leaders
from bot.usecases.workday_hour import next_workday_at

NOBODY: Final = 0
"""The reminder of the draw is about no case."""
FIRST_REACH: Final = timedelta(days=1)
"""How far back the very first draw looks; every later one begins where the last one ended."""
COMMITTED_WITHIN: Final = timedelta(hours=1)
"""How long a transaction may take at most: what ended before a draw may become visible after it."""
OPENED: Final = 12
"""Cases with a button under the news of a draw; `/inspect` lists all."""
_ANSWERS: Final = (Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED)


def plan_inspection(work: Work, office: Office, now: datetime) -> None:
    """Ask for the next draw (once, whoever asks)."""
    at = next_workday_at(office, now, office.inspection.draw_at)
    work.reminders.add(Reminder(ReminderKind.INSPECTION, NOBODY, at))


def draw_daily(work: Work, office: Office, now: datetime, *, subject: int = NOBODY) -> None:
    """The day's draw, once however many look; late after an outage, but never on a day of rest."""
    plan_inspection(work, office, now)
    today = office.today(now)
    if not office.calendar.is_workday(today):
        return
    last = work.inspections.last_draw()
    draw = _draw(work, office, now, today, last)
    if not work.inspections.begin(draw):
        return
    work.inspections.keep_card(office.score_card.version, office.score_card.source)
    picks = [pick for pick in draw.picks() if _put(work, office, draw, pick)]
    if picks:
        _tell(work, office, now, draw, picks)
    elif last is not None:
        _chase(work, office, now, draw.day, last)


def _chase(work: Work, office: Office, now: datetime, today: date, last: Draw) -> None:
    """What the last draw led to and nobody has scored: told once, for the next draw is another one's next. On a day
    that draws some, the news of the draw says so.
    """
    picks = [Pick(i.case_id, i.staff_id, i.why) for i in _unscored(work, today) if i.day >= last.day]
    if picks:
        values = {"day": f"{last.day:%m月%d日}", "count": str(len(picks))}
        tell_leaders(
            work, office, now, script="notice/inspection_unscored", values=values, buttons=_open(office, picks)
        )


def _unscored(work: Work, today: date) -> list[Inspection]:
    """Drawn before today."""
    return [item for item in work.inspections.waiting() if item.day < today and not item.is_scored]


def _draw(work: Work, office: Office, now: datetime, today: date, last: Draw | None) -> Draw:
    since = last.until if last is not None else now - FIRST_REACH
    pool = tuple(_pool(work, office, now, _ended(work, now, since, last)))
    return Draw(today, now, since, now, office.draw_seed(), office.inspection.shares, pool)


def _ended(work: Work, now: datetime, since: datetime, last: Draw | None) -> list[int]:
    """What ended since the last draw, and what ended shortly before it and was committed too late for it."""
    ended = set(work.inspections.ended(since, now))
    if last is not None:
        before = set(work.inspections.ended(since - COMMITTED_WITHIN, since))
        ended |= before - {each.case_id for each in last.pool}
    return sorted(ended)


def _pool(work: Work, office: Office, now: datetime, case_ids: Sequence[int]) -> list[Candidate]:
    """What ended answered in a specialist's hands; a complaint always, for the last specialist who had it."""
    complaints, first_on = work.inspections.complaints(case_ids), work.inspections.first_on()
    specialists = {s.id for s in work.staff.all() if s.role is Role.SPECIALIST and s.is_active}
    found = []
    for case_id in case_ids:
        events, is_complaint = work.events.of_case(case_id), case_id in complaints
        hands = [hand.staff_id for hand in custody(events).hands]
        staff_id = next((h for h in reversed(hands) if h in specialists), 0) if is_complaint else (hands or [0])[-1]
        if staff_id in specialists and (is_complaint or any(e.did in _ANSWERS for e in events)):
            is_new = is_newcomer(first_on.get(staff_id), now, office.inspection.newcomer_for)
            found.append(Candidate(case_id, staff_id, is_complaint, is_new))
    return found


def _put(work: Work, office: Office, draw: Draw, pick: Pick) -> bool:
    item = work.inspections.add(
        Inspection(0, pick.case_id, pick.staff_id, draw.day, pick.why, office.score_card.version)
    )
    if item is None:
        return False
    work.inspections.note(InspectionStep(item.id, InspectionDid.DRAWN, draw.at, data={"why": pick.why.value}))
    return True


def _tell(work: Work, office: Office, now: datetime, draw: Draw, picks: list[Pick]) -> None:
    """Those who lead hear how many of which kind; nobody else does."""
    older = len(_unscored(work, draw.day))
    values = {
        "day": f"{draw.day:%m月%d日}",
        "count": str(len(picks)),
        "pool": str(len(draw.pool)),
        "reasons": reasons_words(office, picks),
        "backlog": "\n" + office.inspecting("backlog", count=older) if older else "",
    }
    tell_leaders(work, office, now, script="notice/inspection_drawn", values=values, buttons=_open(office, picks))


def reasons_words(office: Office, picks: list[Pick]) -> str:
    """How many were drawn for which reason."""
    counts = Counter(pick.why for pick in picks)
    words = [office.inspecting("reasons", why=office.inspecting(w.value), count=counts[w]) for w in Why if counts[w]]
    return office.inspecting("separator").join(words)


def _open(office: Office, picks: list[Pick]) -> Buttons:
    return in_rows([
        Button(office.inspecting("button_open", case=p.case_id, why=office.inspecting(p.why.value)),
               Press(Verb.INSPECT, p.case_id)) for p in picks[:OPENED]
    ], 2)  # fmt: skip


def draw_values(work: Work, office: Office, now: datetime, words: str) -> dict[str, str]:
    """How a day's draw came about, for `/inspect 抽样 日期`, computed again from what was kept of it."""
    day = day_from(words, office.today(now)) if words else office.today(now)
    draw = work.inspections.draw(day) if day is not None else None
    if day is None or draw is None:
        named = f"{day:%m月%d日}" if day is not None else f"“{words}”"
        raise DeskError("notice/inspection_no_draw", day=named, at=f"{office.inspection.draw_at:%H:%M}")
    names, kept = {s.id: s.name for s in work.staff.all()}, work.inspections.of_day(day)
    again = [(p.case_id, p.staff_id, p.why) for p in draw.picks()]
    is_same = again == [(i.case_id, i.staff_id, i.why) for i in kept]
    pooled = Counter(c.staff_id for c in draw.pool)
    picked = Counter(i.staff_id for i in kept)
    return {
        "day": f"{draw.day:%Y-%m-%d}",
        "at": office.local(draw.at, "%H:%M"),
        "since": office.local(draw.since),
        "until": office.local(draw.until),
        "seed": draw.seed,
        "share": str(draw.shares.share),
        "newcomer_share": str(draw.shares.newcomer_share),
        "people": "\n".join(office.inspecting("share", name=names.get(i, "?"), pool=n, count=picked[i])
                            for i, n in pooled.items()),
        "lines": "\n".join(_kept(office, item, names) for item in kept),
        "again": office.inspecting("same" if is_same else "other"),
    }  # fmt: skip


def _kept(office: Office, item: Inspection, names: dict[int, str]) -> str:
    why, state = office.inspecting(item.why.value), office.inspecting(item.state.value)
    return office.inspecting("drawn_case", case=item.case_id, name=names.get(item.staff_id, "?"), why=why, state=state)
