"""Gather a period's report: its window, the period before and the same of last year, each counted in the same way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.events import Did
from bot.desk.fiscal import FiscalPeriod, Window, window, window_like
from bot.desk.people import Staff
from bot.desk.period_figures import Figure, Group, Shape, Value, difference
from bot.usecases.office import Office
from bot.usecases.period_window import Counted, count_window
from bot.usecases.ports import Work
from bot.usecases.ports.period_figures import SurveySum

Progress = Callable[[str], None]
"""Is told what is being done, in words, each time that something longer begins."""


def silent(words: str) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class PeriodReport:
    """A period's figures beside those of the period before and of the same of last year.

    `begun_at`: when the desk's first case was opened; a base that lies before it is none. `events`: how often each
    thing happened within the window.
    """

    period: FiscalPeriod
    as_of: datetime
    now: Counted
    before: Counted
    year: Counted
    begun_at: datetime | None
    events: Mapping[Did, int]
    surveys: Sequence[SurveySum]
    staff: Sequence[Staff]

    def has_base(self, base: Counted) -> bool:
        """Whether the desk was at work in a window: what it did before its first day is not nothing, but unknown."""
        return self.begun_at is not None and self.begun_at < base.window.until

    def compared(self, figure: Figure, base: Counted) -> tuple[Value, Value]:
        """The figure in a base window, and the change since then."""
        if not self.has_base(base):
            return None, None
        value = figure.of(base.group.whole)
        return value, difference(figure.of(self.now.group.whole), value, figure.shape)


def gather_period(
    work: Work, office: Office, as_of: datetime, *, period: FiscalPeriod, progress: Progress = silent
) -> PeriodReport:
    """Read everything; over years of cases that takes seconds, so it is done beside the loop and the desk's thread."""
    zone, figures = office.zone, work.period_figures
    now = window(period, as_of, zone)
    windows = (now, window_like(now, period.before, zone), window_like(now, period.year_before, zone))
    counted: dict[Window, Counted] = {}
    for each in windows:
        if each not in counted:  # of a year, the one before is last year's
            progress(office.report("reading", what=each.period.code()))
            counted[each] = count_window(work, office, as_of, each)
    progress(office.report("reading_events"))
    return PeriodReport(
        period=period,
        as_of=as_of,
        now=counted[windows[0]],
        before=counted[windows[1]],
        year=counted[windows[2]],
        begun_at=figures.begun_at(),
        events=figures.events(now.since, now.until),
        surveys=figures.surveys(now.since, now.until),
        staff=work.staff.all(),
    )


def people_of(report: PeriodReport) -> list[Staff]:
    """Everybody of whom something was counted, in the order of the staff."""
    group: Group = report.now.group
    return [s for s in report.staff if s.id in group.people and not group.people[s.id].is_empty]


def regions_of(office: Office, report: PeriodReport) -> list[tuple[str, str]]:
    """Code and name of every region of the settings, then of what lies outside all of them, if anything was counted."""
    regions = report.now.group.regions
    known = [(r.code, r.name) for r in office.regions]
    beside = [code for code, tally in regions.items() if not office.region(code) and not tally.is_empty]
    return [*known, *((code, code or office.word("place_unknown")) for code in sorted(beside))]


def shown_shape(figure: Figure) -> Shape:
    """The shape of a change of this figure: points of a share, else a share of growth."""
    return figure.shape if figure.shape in (Shape.SHARE, Shape.SCORE) else Shape.SHARE
