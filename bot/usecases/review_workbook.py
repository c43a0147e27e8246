"""The review of a period as a workbook: the totals, every point, what each point stands on, and how it is counted."""

from datetime import datetime

from bot.desk.period import Period
from bot.desk.report import Row, SheetTable, Workbook
from bot.desk.review import Criterion, Point
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.review_gather import Reviewed, reviews
from bot.usecases.review_scope import shown
from bot.usecases.review_words import lacking

_POINTS = ("name", "criterion", "earned", "count", "share", "weight", "counts", "points")
_CASES = ("name", "criterion", "case", "at", "worth", "why")


def review_workbook(work: Work, office: Office, now: datetime, period: Period) -> Workbook:
    """Four sheets; shares are numbers between 0 and 1, so that they can be computed with."""
    found = reviews(work, office, now, period)
    return Workbook(
        name=office.reviewing("file", **shown(period)),
        sheets=(_sums(office, found), _points(office, found), _cases(office, found), _about(office, now, period)),
        caption=office.say("notice/review_file", **shown(period)),
    )


def _headers(office: Office, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(office.reviewing(f"col_{name}") for name in names)


def _weighed(office: Office) -> list[Criterion]:
    return [c for c in Criterion if office.review.weights.get(c, 0)]


def _sums(office: Office, found: list[Reviewed]) -> SheetTable:
    """A person a row: the total, the points of each criterion (empty: too small a sample)."""
    criteria = _weighed(office)
    headers = (*_headers(office, ("name", "total")), *(office.reviewing(c.value) for c in criteria),
               *_headers(office, ("lacks",)))  # fmt: skip
    rows = tuple(
        (each.who.name, "" if each.review.total is None else each.review.total,
         *(_shown(each.review.point(c)) for c in criteria), lacking(office, each.review))
        for each in found
    )  # fmt: skip
    return SheetTable(office.reviewing("sheet_sum"), headers, rows)


def _shown(point: Point | None) -> str | float:
    return point.points if point is not None and point.is_enough else ""


def _points(office: Office, found: list[Reviewed]) -> SheetTable:
    rows = tuple(_point_row(office, each, point) for each in found for point in each.review.points)
    return SheetTable(office.reviewing("sheet_points"), _headers(office, _POINTS), rows)


def _point_row(office: Office, each: Reviewed, point: Point) -> Row:
    share = "" if point.share is None else round(point.share, 4)
    earned = round(sum(e.earned for e in point.evidence), 4)
    counted: Row = (point.counts, point.points) if point.is_enough else ("", "")
    return (each.who.name, office.reviewing(point.criterion.value), earned, len(point.evidence), share, point.weight,
            *counted)  # fmt: skip


def _cases(office: Office, found: list[Reviewed]) -> SheetTable:
    rows = tuple(
        (each.who.name, office.reviewing(point.criterion.value), e.case_id or "",
         e.day.isoformat() if e.day is not None else office.local(e.at, "%Y-%m-%d %H:%M"), e.earned,
         office.reviewing(e.why, value=e.value))
        for each in found for point in each.review.points for e in point.evidence
    )  # fmt: skip
    return SheetTable(office.reviewing("sheet_cases"), _headers(office, _CASES), rows)


def _about(office: Office, now: datetime, period: Period) -> SheetTable:
    """A number without how it was counted says nothing."""
    lines = [
        office.reviewing("about_period", **shown(period)),
        office.reviewing("about_made", at=office.local(now, "%Y-%m-%d %H:%M")),
        *(office.reviewing("about_weight", name=office.reviewing(c.value), weight=office.review.weights[c],
                           about=office.reviewing(f"about_{c.value}")) for c in _weighed(office)),
        office.reviewing("about_sample", least=office.review.min_sample),
        office.reviewing("about_late", share=f"{office.review.late_earns:.0%}"),
        office.reviewing("about_appeal"),
    ]  # fmt: skip
    return SheetTable(office.reviewing("sheet_about"), _headers(office, ("what",)), tuple((line,) for line in lines))
