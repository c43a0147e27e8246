"""`/roster [日期|下周] [文字]`: a week of the roster, as a picture or as text."""

from datetime import date, datetime, timedelta

from bot.desk.days import day_from, monday_of
from bot.desk.errors import DeskError
from bot.desk.outgoing import Outgoing, ReportKind, SayText, SendReport
from bot.desk.split import pieces
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.roster_words import roster_text, span_words, week_at
from bot.usecases.say import say

AS_TEXT = ("文字", "文本", "text")
_WEEKS = {"": 0, "本周": 0, "这周": 0, "上周": -1, "下周": 1, "下下周": 2}


def show_roster(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """Anybody of the staff may look; the picture is drawn when its turn comes."""
    require_staff(work, staff_telegram_id)
    asked = query.split()
    words = [w for w in asked if w not in AS_TEXT]
    first = _first_day("".join(words), office.today(now))
    week = week_at(work, office, first)
    to = room(spot.ref.chat_id, spot.thread_id)
    if week.is_empty:
        say(work, office, now, to=to, script="notice/no_roster", values={"span": span_words(office, first)})
    elif len(words) == len(asked):
        act = SendReport(ReportKind.ROSTER, first.isoformat(), reply_to=spot.ref)
        work.outbox.add(Outgoing(to, act), at=now)
    else:
        for part in pieces(roster_text(office, week, office.today(now))):
            work.outbox.add(Outgoing(to, SayText(part)), at=now)


def _first_day(query: str, today: date) -> date:
    if query in _WEEKS:
        return monday_of(today) + timedelta(weeks=_WEEKS[query])
    day = day_from(query, today)
    if day is None:
        raise DeskError("notice/how_roster")
    return monday_of(day)
