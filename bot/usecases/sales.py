"""`/sales [期间] [大区、省、门店]`: a period's sales with the service beside them, or all versions of one day."""

from datetime import date, datetime

from bot.desk.calendar_rows import read_date
from bot.desk.errors import DeskError
from bot.desk.money import yuan
from bot.desk.outgoing import Address, Outgoing, Private, ReportKind, SayText, SendReport
from bot.desk.people import Role, Staff
from bot.desk.sales import SalesPeriod, sales_period
from bot.desk.split import pieces
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import SaleVersion, Work
from bot.usecases.sales_report import SalesReport, gather
from bot.usecases.sales_scope import Level, Scope, scope_of
from bot.usecases.sales_words import day_words, report_lines, title_of
from bot.usecases.say import say

THIS_MONTH = "本月"


def show_sales(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """The figures go to who asked in private, or where only supervisors read."""
    who = require_staff(work, staff_telegram_id)
    period, day, word = _asked(office, query, office.today(now))
    scope = scope_of(work, office, who, word)
    to = _where(work, office, who, spot)
    if day is not None:
        _versions(work, office, now, to=to, scope=scope, day=day)
    else:
        report = gather(work, office, now, period=period, scope=scope)
        lines = "\n".join(report_lines(office, report))
        for part in pieces(office.say("notice/sales", title=title_of(office, report), lines=lines).text):
            work.outbox.add(Outgoing(to, SayText(part)), at=now)
        about = f"{period.code()}|{scope.word}|{who.id}"
        work.outbox.add(Outgoing(to, SendReport(ReportKind.SALES, about)), at=now)
    here = room(spot.ref.chat_id, spot.thread_id)
    if to != here:
        say(work, office, now, to=here, script="notice/sales_private", values={}, reply_to=spot.ref)


def sales_named(work: Work, office: Office, now: datetime, about: str) -> SalesReport:
    """The report that a `SendReport` is about; LookupError when whoever asked is not on file any more."""
    code, word, staff_id = about.split("|")
    period, who = sales_period(code, office.today(now)), work.staff.get(int(staff_id))
    if period is None or who is None:
        raise LookupError(f"no sales report {about!r}")
    return gather(work, office, now, period=period, scope=scope_of(work, office, who, word))


def _where(work: Work, office: Office, who: Staff, spot: Spot) -> Address:
    """Figures of a region are for those who serve it and those who lead: not for all who share a group."""
    leads = who.role is not Role.SPECIALIST
    if leads and spot.ref.chat_id == supervisors(work, office).chat_id:
        return room(spot.ref.chat_id, spot.thread_id)
    return Private(who.telegram_id)


def _asked(office: Office, query: str, today: date) -> tuple[SalesPeriod, date | None, str]:
    """The period (this month unless told), or the day, and the word for whose sales; in whichever order."""
    period, day, rest = sales_period(THIS_MONTH, today), None, []
    for word in query.split():
        spoken, dated = sales_period(word, today), _day(word)
        if dated is not None:
            day = dated
        elif spoken is not None:
            period = spoken
        else:
            rest.append(word)
    if period is None:
        raise LookupError(f"{THIS_MONTH} names no period")
    return period, day, " ".join(rest)


def _day(word: str) -> date | None:
    try:
        return read_date(word)
    except ValueError:
        return None


def _versions(work: Work, office: Office, now: datetime, *, to: Address, scope: Scope, day: date) -> None:
    """What was told of a store's day, and what became of it: the newest counts."""
    if scope.level is not Level.STORE or not scope.stores:
        raise DeskError("notice/how_sales_day")
    found = work.sales.versions(scope.stores[0].number, day)
    lines = [_version(office, v, is_last=n == len(found)) for n, v in enumerate(found, start=1)]
    values = {"name": scope.name, "day": day_words(office, day), "lines": "\n".join(lines) or office.sales("no_data")}
    say(work, office, now, to=to, script="notice/sales_day", values=values)


def _version(office: Office, version: SaleVersion, *, is_last: bool) -> str:
    sale = version.sale
    told = office.sales(
        "version",
        amount="—" if sale.amount is None else yuan(sale.amount),
        orders="—" if sale.orders is None else f"{sale.orders:,}",
        target="—" if sale.target is None else yuan(sale.target),
        at=office.local(version.at, "%Y-%m-%d %H:%M"),
        by=version.told_by or office.sales("told_by_nobody"),
        file=version.file,
    )
    return told + office.sales("counts" if is_last else "corrected")
