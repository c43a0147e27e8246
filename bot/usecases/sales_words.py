"""A sales report in words: sums, growth with what it is measured against, target, and the service beside them."""

from datetime import date

from bot.desk.money import short_yuan
from bot.desk.period import Period
from bot.desk.sales import Change, Grain, SalesPeriod, length
from bot.desk.service import Service
from bot.usecases.office import Office
from bot.usecases.sales_report import Compared, GroupFigures, SalesReport
from bot.usecases.sales_scope import Level

MOST_GROUPS = 20
"""Groups that are listed in a message; the file has them all."""
_BY = {Level.REGION: "by_region", Level.PROVINCE: "by_province", Level.STORE: "by_store"}


def report_lines(office: Office, report: SalesReport) -> list[str]:
    """The whole report, line by line."""
    if not report.has_data:
        return [office.sales("no_data"), *_service_lines(office, report)]
    groups = report.groups
    more = [office.sales("more_groups", count=len(groups) - MOST_GROUPS)] if len(groups) > MOST_GROUPS else []
    head = [office.sales(_BY[report.scope.level.below])] if groups else []
    return [
        coverage(office, report),
        *sum_lines(office, report),
        *base_lines(office, report),
        *_service_lines(office, report),
        *head,
        *(group_line(office, report, g) for g in groups[:MOST_GROUPS]),
        *more,
    ]


def title_of(office: Office, report: SalesReport) -> str:
    """Whose sales of when."""
    return office.sales("title", scope=report.scope.name, period=period_name(office, report.period))


def period_name(office: Office, period: SalesPeriod) -> str:
    """2026年10月, 2026年第3季度, 2026年."""
    first = period.first
    return office.sales(period.grain.value, year=first.year, month=first.month, quarter=period.quarter)


def coverage(office: Office, report: SalesReport) -> str:
    """How far the ledger has come."""
    if report.days == report.period.days:
        return office.sales("all_in")
    last = report.days.last
    return office.sales("up_to", day=day_words(office, last), days=length(report.days), all=length(report.period.days))


def day_words(office: Office, day: date) -> str:
    """2026年10月25日."""
    return office.sales("day", year=day.year, month=day.month, day=day.day)


def span_words(office: Office, days: Period) -> str:
    """From the first to the last day."""
    return office.sales("span", first=day_words(office, days.first), last=day_words(office, days.last))


def sum_lines(office: Office, report: SalesReport) -> list[str]:
    """The sums, and what they are against last year, the period before, the target."""
    whole = report.whole
    lines = [office.sales("sums", amount=short_yuan(whole.total.amount), orders=f"{whole.total.orders:,}",
                          stores=whole.stores),
             office.sales("year_on_year", change=change_words(office, whole.year))]  # fmt: skip
    if whole.alike != whole.year:
        lines.append(office.sales("same_store", change=change_words(office, whole.alike)))
    if report.before is not None:
        lines.append(office.sales("on_before", change=change_words(office, whole.before)))
    lines.append(office.sales("attained", share=attained_words(office, whole)))
    if whole.whole_share is not None and report.days != report.period.days:
        target = short_yuan(whole.whole_target)
        lines.append(office.sales("whole_target", share=f"{whole.whole_share:.1%}", target=target))
    return lines


def base_lines(office: Office, report: SalesReport) -> list[str]:
    """Which days each comparison is with, and where those are not all known."""
    lines = [*_base(office, "year_word", report.year)]
    return [*lines, *_base(office, "before_word", report.before)] if report.before is not None else lines


def _base(office: Office, word: str, compared: Compared) -> list[str]:
    base, (now_days, base_days) = compared.pair.base, compared.pair.lengths
    if base_days == 0 or compared.known == 0:
        return []
    what, span = office.sales(word), span_words(office, base)
    if compared.pair.is_cut:
        told = office.sales("compared_cut", what=what, base=span, days=base_days)
    else:
        told = office.sales("compared", what=what, base=span, now_days=now_days, base_days=base_days)
    return [told, *gap_lines(office, word, compared)]


def gap_lines(office: Office, word: str, compared: Compared | None) -> list[str]:
    """That what is compared with is not all known, if so: growth against half a month is none."""
    days = compared.pair.lengths[1] if compared is not None else 0
    if compared is None or not 0 < compared.known < days:
        return []
    return [office.sales("base_gaps", what=office.sales(word), known=compared.known, days=days)]


def change_words(office: Office, found: Change) -> str:
    """+5.0%, with a day's mean where the spans differ in length; 无可比 where there is nothing to compare with."""
    if found.share is None:
        return office.sales("nothing_before")
    if found.daily is None:
        return percent(found.share)
    return office.sales("daily", change=percent(found.share), daily=percent(found.daily))


def percent(share: float) -> str:
    """`+5.0%`, `−3.2%`, `0.0%`."""
    tenths = round(share * 1000)
    sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
    return f"{sign}{abs(tenths) / 10:.1f}%"


def attained_words(office: Office, group: GroupFigures) -> str:
    """The share of the target, or that there is none."""
    share = group.total.attained
    return office.sales("no_target") if share is None else f"{share:.1%}"


def group_line(office: Office, report: SalesReport, group: GroupFigures) -> str:
    """A store, province or region: what it sold, and how it was served."""
    before = change_words(office, group.before) if report.period.grain is not Grain.YEAR else "—"
    sold = office.sales(
        "group", name=group.name, amount=short_yuan(group.total.amount), year=change_words(office, group.year),
        before=before, attained=attained_words(office, group),
    )  # fmt: skip
    return f"{sold}；{service_words(office, group.service)}"


def _service_lines(office: Office, report: SalesReport) -> list[str]:
    return [office.sales("service_from") + service_words(office, report.whole.service)]


def service_words(office: Office, found: Service) -> str:
    """Cases, complaints, the median of the first answer, how much its first owner ended."""
    answer, share = service_cells(office, found)
    return office.sales("service", cases=found.cases, complaints=found.complaints, answer=answer, share=share)


def service_cells(office: Office, found: Service) -> tuple[str, str]:
    """The median of the first answer and the first owner's share, in words."""
    answer = office.sales("no_answer") if found.answer is None else office.span(found.answer)
    return answer, office.sales("no_share") if found.share is None else f"{found.share:.0%}"
