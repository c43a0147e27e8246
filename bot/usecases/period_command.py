"""`/report [期间]`: a week's, month's, quarter's or year's report as a picture, a document and a workbook."""

from datetime import date, datetime

from bot.desk.asked import days_named
from bot.desk.errors import DeskError
from bot.desk.fiscal import FiscalPeriod, Grain, fiscal_period, holding
from bot.desk.outgoing import Address, Outgoing, Priority, Private, ReportKind, SendReport
from bot.desk.report import PeriodForm, PeriodOrder
from bot.usecases.at_hand import Spot, require_supervisor
from bot.usecases.groups import room, supervisors
from bot.usecases.office import Office
from bot.usecases.period_words import period_name
from bot.usecases.ports import Work
from bot.usecases.say import say


def report_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """For those who lead: in private, or where only supervisors read. It is gathered when the rows' turn comes, which
    takes a while: so that is said at once.
    """
    who = require_supervisor(work, staff_telegram_id)
    today = office.today(now)
    period = period_asked(office, query, today)
    name = period_name(office, period)
    if period.days.first > today:
        raise DeskError("notice/report_future", period=name)
    here = room(spot.ref.chat_id, spot.thread_id)
    is_among_leaders = spot.ref.chat_id in (supervisors(work, office).chat_id, who.telegram_id)
    to = here if is_among_leaders else Private(who.telegram_id)
    say(work, office, now, to=to, script="notice/report_making", values={"period": name})
    order(work, now, to=to, period=period)
    if not is_among_leaders:
        say(work, office, now, to=here, script="notice/report_private", values={}, reply_to=spot.ref)


def period_asked(office: Office, words: str, today: date) -> FiscalPeriod:
    """The period that words name, last month without any; DeskError when they name none."""
    begins = office.reports.begins
    if not words.strip():
        return holding(today, Grain.MONTH, begins=begins).before
    word = "".join(words.split())
    period = fiscal_period(word, today, begins=begins)
    if period is None:
        a_day = days_named(word, today)
        raise DeskError("notice/report_of_day" if a_day else "notice/how_report", word=word)
    return period


def order(work: Work, now: datetime, *, to: Address, period: FiscalPeriod, priority: Priority = Priority.REPLY) -> None:
    """Queue the picture, the document and the workbook; all three are of the same instant."""
    for form in PeriodForm:
        act = SendReport(ReportKind.PERIOD, f"{form.value}|{period.code()}|{now.isoformat()}")
        work.outbox.add(Outgoing(to, act, priority=priority), at=now)


def order_of(office: Office, about: str) -> PeriodOrder:
    """What a `SendReport` asks for; LookupError when it names no period."""
    form, code, as_of = about.split("|")
    at = datetime.fromisoformat(as_of)
    period = fiscal_period(code, office.today(at), begins=office.reports.begins)
    if period is None:
        raise LookupError(f"no report {about!r}")
    return PeriodOrder(PeriodForm(form), code, at, office.say("notice/report_file", period=period_name(office, period)))
