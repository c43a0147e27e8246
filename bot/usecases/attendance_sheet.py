"""`/attendance 2026-10` and `python -m bot attendance`: the month's attendance as a workbook."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.desk.attendance import NO_TIME, Attended, DutyEvent
from bot.desk.duty_labels import WEEKDAY_NAMES
from bot.desk.errors import DeskError
from bot.desk.month import MARGIN, DayRecord, Totals, month_days, records, totals
from bot.desk.outgoing import Outgoing, Private, ReportKind, SendReport
from bot.desk.report import Row, SheetTable, Workbook
from bot.usecases.at_hand import Spot, require_supervisor
from bot.usecases.duty_words import hours_words, minutes_of, names_of, region_words
from bot.usecases.groups import room, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

_MONTH = re.compile(r"(?:(20\d{2})\s*[-./年]\s*)?(\d{1,2})\s*月?|(20\d{2})(\d{2})")
_DAYS = ("date", "weekday", "name", "region", "shift", "hours", "on", "off", "standing", "late", "early", "worked",
         "remark")  # fmt: skip
_SUMMARY = ("name", "watches", "attended", "rate", "late_times", "early_times", "absent", "leave", "unsigned", "worked",
            "extra")  # fmt: skip


def month_from(text: str, today: date) -> date | None:
    """The first of a month: 2026-10, 2026年10月, 10月 (the last such), 本月, 上月; None for what is none."""
    plain = text.strip()
    if plain in ("", "本月", "这个月"):
        return today.replace(day=1)
    if plain in ("上月", "上个月"):
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    found = _MONTH.fullmatch(plain)
    if found is None or not 1 <= int(found[2] or found[4]) <= 12:
        return None
    month = int(found[2] or found[4])
    year = int(found[1] or found[3] or (today.year if month <= today.month else today.year - 1))
    return date(year, month, 1)


def ask_attendance(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """The file goes to the supervisor in private, or where only supervisors read."""
    who = require_supervisor(work, staff_telegram_id)
    month = month_from(query, office.today(now))
    if month is None:
        raise DeskError("notice/how_attendance")
    if month > office.today(now):
        raise DeskError("notice/attendance_future")
    act = SendReport(ReportKind.ATTENDANCE, month.isoformat())
    asked_among = spot.ref.chat_id in (supervisors(work, office).chat_id, who.telegram_id)
    to = room(spot.ref.chat_id, spot.thread_id)
    work.outbox.add(Outgoing(to if asked_among else Private(who.telegram_id), act), at=now)
    if not asked_among:
        say(work, office, now, to=to, script="notice/attendance_private", values={}, reply_to=spot.ref)


def workbook_of(work: Work, office: Office, now: datetime, month: date) -> Workbook:
    """A row a person and day, and the summary; computed from the roster and the record alone."""
    days = month_days(month, office.today(now))
    begins = datetime.combine(month, time(), tzinfo=office.zone) - MARGIN
    events: dict[int, list[DutyEvent]] = {}
    for event in work.attendance.events(since=begins):
        if event.staff_id is not None:
            events.setdefault(event.staff_id, []).append(event)
    roster = work.rosters.roster(since=month - MARGIN)
    found = records(roster, events, days, zone=office.zone, terms=office.attendance, now=now)
    names = names_of(work)
    named = f"{month:%Y-%m}"
    return Workbook(
        name=office.duty("sheet_file", month=named),
        sheets=(_days_sheet(office, found, names), _summary_sheet(office, totals(found), names)),
        caption=office.say("notice/attendance", month=office.duty("year_month", year=month.year, month=month.month)),
    )


def _headers(office: Office, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(office.duty(f"col_{name}") for name in columns)


def _days_sheet(office: Office, found: Sequence[DayRecord], names: dict[int, str]) -> SheetTable:
    rows = tuple(_day_row(office, record, names) for record in found)
    return SheetTable(office.duty("sheet_days"), _headers(office, _DAYS), rows)


def _day_row(office: Office, record: DayRecord, names: dict[int, str]) -> Row:
    watches, results = [t for t, _ in record.watches], [a for _, a in record.watches]
    shifts = "、".join(t.shift.name for t in watches)
    hours = "；".join(h for t in watches if (h := hours_words(office, t.shift)) != t.shift.name)
    came, left = _times(office, record, results)
    return (
        record.day.isoformat(),
        WEEKDAY_NAMES[record.day.weekday()],
        names.get(record.staff_id, "?"),
        "、".join(dict.fromkeys(region_words(office, t.region) for t in watches)),
        shifts or office.duty("nobody_today"),
        hours,
        came,
        left,
        _standing(office, record, results),
        minutes_of(sum((a.late for a in results), NO_TIME)),
        minutes_of(sum((a.early for a in results), NO_TIME)),
        _hours(sum((a.worked for a in results), NO_TIME)),
        _remark(office, record, results, names),
    )


def _times(office: Office, record: DayRecord, results: Sequence[Attended]) -> tuple[str, str]:
    came = [t for t in (*(a.signed_on_at for a in results), *(p.start for p in record.extras)) if t is not None]
    left = [t for t in (*(a.signed_off_at for a in results), *(p.end for p in record.extras)) if t is not None]
    return (
        office.local(min(came), "%H:%M") if came else "",
        office.local(max(left), "%H:%M") if left else "",
    )


def _standing(office: Office, record: DayRecord, results: Sequence[Attended]) -> str:
    words = [office.duty("leave" if a.standing.value == "on_leave" else a.standing.value) for a in results]
    words += [office.duty("extra")] if record.extras else []
    return "、".join(dict.fromkeys(words)) or office.duty("nobody_today")


def _remark(office: Office, record: DayRecord, results: Sequence[Attended], names: dict[int, str]) -> str:
    is_open = any(a.is_unsigned for a in results) or any(p.end is None for p in record.extras)
    told = [office.duty("unsigned")] if is_open else []
    for watch, _ in record.watches:
        if watch.for_id is not None:
            name, other = names.get(watch.staff_id, "?"), names.get(watch.for_id, "?")
            told.append(office.duty("stands_in_for", name=name, other=other))
        if watch.leave is not None and watch.leave.from_at is not None:
            told.append(office.duty("leave_from", time=office.local(watch.leave.from_at, "%H:%M")))
    return "、".join(dict.fromkeys(told))


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 2)


def _summary_sheet(office: Office, found: Sequence[Totals], names: dict[int, str]) -> SheetTable:
    rows = tuple(_summary_row(t, names) for t in found)
    return SheetTable(office.duty("sheet_summary"), _headers(office, _SUMMARY), rows)


def _summary_row(t: Totals, names: dict[int, str]) -> Row:
    rate = "—" if t.rate is None else f"{t.rate:.1%}"
    return (names.get(t.staff_id, "?"), t.due, t.present, rate, t.late, t.early, t.absent, t.on_leave, t.unsigned,
            _hours(t.worked), _hours(t.extra))  # fmt: skip
