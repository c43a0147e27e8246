"""What the digest's picture is made of: every word is put together here, the drawing adds none."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.desk.digest import TROUBLE, WORK, Figure, Figures, change, like, span_until, whole
from bot.desk.pictures import CountPlot, DigestPicture, DigestRow, Tile, WordBar
from bot.desk.roster import WHOLE_DESK
from bot.usecases.digest_gather import YESTERDAY, Digest, Served, gather
from bot.usecases.digest_words import (
    REGIONS,
    busy_regions,
    signed,
    span_words,
    than_words,
    usual,
)
from bot.usecases.duty_words import day_words
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.turnout import in_order, region_name, turnout

DAYS: Final = 14
"""Days in the plot of the last weeks."""
EARLIEST, LATEST = 8, 20
"""Hours that are always in the plot of the day."""
_TILES: Final = (*WORK, Figure.OPEN, Figure.OVERDUE, Figure.COMPLAINTS, Figure.LOW_RATINGS, Figure.FORBIDDEN)
_COLUMNS: Final = (*WORK, Figure.OPEN, *TROUBLE)
_COMPARED_TILES: Final = (*WORK, Figure.COMPLAINTS, Figure.LOW_RATINGS, Figure.FORBIDDEN)


def digest_picture(work: Work, office: Office, now: datetime, *, until: datetime) -> DigestPicture:
    """Of the span that ends at an instant; the figures are those of the message, computed anew from the same events."""
    digest = gather(work, office, now, span=span_until(until, office.zone))
    span, (yesterday, week) = digest.span, than_words(office, digest.span)
    return DigestPicture(
        name=office.daily("file", day=span.day.isoformat()),
        title=office.daily("picture_title", desk=office.name, day=day_words(office, span.day)),
        span=office.daily("picture_span_whole" if span.is_whole else "picture_span", span=span_words(office, span),
                          than=yesterday, week=week),
        tiles=tuple(_tile(office, digest, figure, yesterday) for figure in _TILES),
        plots=(_hours(work, office, digest, yesterday), _days(work, office, digest)),
        table=office.daily("table"),
        columns=(office.daily("col_region"), *(office.daily(f.value) for f in _COLUMNS),
                 office.daily("col_served")),
        rows=tuple(region_rows(office, digest)),
        words_title=office.daily("topics_title") if digest.topics else "",
        words=tuple(
            WordBar(t.word, t.cases, t.usual, office.daily("topics_note", cases=t.cases, usual=usual(t.usual)))
            for t in digest.topics
        ),
        caption=office.say("notice/digest_picture", day=day_words(office, span.day), span=span_words(office, span)),
    )  # fmt: skip


def _tile(office: Office, digest: Digest, figure: Figure, than: str) -> Tile:
    now = whole(digest.counts)
    note = ""
    if figure in _COMPARED_TILES:
        count = signed(office, change(now, whole(digest.yesterday), figure))
        note = office.daily("tile_note", than=count)
    return Tile(office.daily(figure.value), str(now[figure]), note, figure in TROUBLE and now[figure] > 0)


def _hours(work: Work, office: Office, digest: Digest, yesterday: str) -> CountPlot:
    """New and resolved by the hour of the desk's clock; the line is yesterday's new ones up to the same time."""
    span, before = digest.span, like(digest.span, office.zone, days=YESTERDAY)
    new, done, old = (
        Counter(at.astimezone(office.zone).hour for at in work.digests.times(figure, of.since, of.until))
        for figure, of in ((Figure.NEW, span), (Figure.RESOLVED, span), (Figure.NEW, before))
    )
    seen = {*new, *done, *old}
    hours = range(min({EARLIEST, *seen}), max({LATEST, *seen}) + 1)
    return CountPlot(
        title=office.daily("plot_hours"),
        labels=tuple(office.daily("hour", hour=h) for h in hours),
        bars=(tuple(new[h] for h in hours), tuple(done[h] for h in hours)),
        line=tuple(old[h] for h in hours),
        legend=(office.daily("legend_new"), office.daily("legend_resolved"), office.daily("legend_before")),
    )


def _days(work: Work, office: Office, digest: Digest) -> CountPlot:
    """Two weeks, each day up to the same time of the desk's clock."""
    spans = [like(digest.span, office.zone, days=n) for n in range(DAYS - 1, -1, -1)]
    new, done = (
        tuple(work.digests.count(figure, s.since, s.until) for s in spans) for figure in (Figure.NEW, Figure.RESOLVED)
    )
    return CountPlot(
        title=office.daily("plot_days_whole" if digest.span.is_whole else "plot_days"),
        labels=tuple(_short(office, s.day) for s in spans),
        bars=(new, done),
        line=(),
        legend=(office.daily("legend_new"), office.daily("legend_resolved")),
    )


def _short(office: Office, day: date) -> str:
    return office.daily("short_day", month=day.month, day=day.day)


def region_rows(office: Office, digest: Digest) -> list[DigestRow]:
    """Every region of the settings, those with nothing too; cases without one; who serves the whole desk; the sum."""
    serving = {s.watch.region for s in digest.served} - {WHOLE_DESK}
    codes = in_order(office, {*(r.code for r in office.regions), *busy_regions(office, digest), *serving})
    here = {code: [s for s in digest.served if s.watch.region == code] for code in {*codes, WHOLE_DESK}}
    upstairs = here.pop(WHOLE_DESK)
    rows = [_row(region_name(office, c), digest.counts.get(c, {}), here.get(c, ())) for c in codes[:REGIONS]]
    if upstairs:
        rows.append(_row(office.duty("whole_desk"), {}, upstairs))
    return [*rows, _row(office.daily("all_regions"), whole(digest.counts), digest.served)]


def _row(name: str, figures: Figures, served: Sequence[Served]) -> DigestRow:
    counts = [figures.get(figure, 0) for figure in _COLUMNS]
    bad = frozenset(n for n, (f, c) in enumerate(zip(_COLUMNS, counts, strict=True), start=1) if c and f in TROUBLE)
    present, due = turnout(served)
    if present < due:
        bad |= {len(_COLUMNS) + 1}
    return DigestRow((name, *(str(c) if c else "·" for c in counts), f"{present}/{due}" if due else "·"), bad)
