"""What comes by the clock in a few stretches of time, foreseen apart from the desk: offsets and dates are written out.

Digests every day at their hour by the wall's clock; a store's third case of a kind is warned of at the next look and
again each day as long as the cases are of this week; reports come at nine on the working days that are listed here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from bench.foreseen import DAY, HOUR, SUPERVISORS, Told
from bench.told import LIN, WANG, ZHAO, ZHOU

LONGEST: Final = 5 * HOUR
"""How long the power fails at most: what comes by the clock comes late then, but the same day or the next morning."""
LEADERS, SPECIALISTS = (WANG, ZHAO), (LIN, ZHOU)
FORMS: Final = ("picture", "paper", "book")
FROM_STORE: Final = 3
"""Cases of a kind from one store that are warned of."""
WEEK: Final = 7 * DAY
NINE: Final = time(9)
WEEKDAYS: Final = "一二三四五六日"
_EVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
_OFFSETS: Final = MappingProxyType({
    "Asia/Shanghai": ((_EVER, 8),),
    "Europe/Berlin": (
        (datetime(2026, 3, 29, 1, tzinfo=UTC), 2), (datetime(2026, 10, 25, 1, tzinfo=UTC), 1),
        (datetime(2027, 3, 28, 1, tzinfo=UTC), 2),
    ),
})  # fmt: skip
"""From when on the zone's clock is so many hours ahead of UTC."""


@dataclass(frozen=True)
class Stretch:
    """Days on which the desk is played, from eight in the morning of the first; `reports`: code and day of each."""

    name: str
    first: date
    last: date
    zone: str = "Asia/Shanghai"
    digest_at: time = time(18)
    reports: Mapping[str, date] = field(default_factory=dict)
    rests: tuple[date, ...] = ()
    """Days off that are imported, beside those of the decree for 2026."""

    @property
    def begins(self) -> datetime:
        """UTC."""
        return instant(self.zone, self.first, time(8))

    @property
    def ends(self) -> datetime:
        """UTC; late in the evening of the last day."""
        return instant(self.zone, self.last, time(23))

    def days(self) -> Iterator[date]:
        """Every day of it."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


STRETCHES: Final = (
    Stretch("week", date(2026, 11, 16), date(2026, 11, 23), reports={"2026W47": date(2026, 11, 23)}),
    Stretch(
        "year", date(2026, 12, 29), date(2027, 1, 6),
        reports={"2026W53": date(2027, 1, 4), "2026-12": date(2027, 1, 4), "2026Q4": date(2027, 1, 5),
                 "2026": date(2027, 1, 6)},
        rests=(date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)),
    ),
    Stretch("autumn", date(2026, 10, 23), date(2026, 10, 26), zone="Europe/Berlin", digest_at=time(2, 30),
            reports={"2026W43": date(2026, 10, 26)}),
    Stretch("spring", date(2027, 3, 26), date(2027, 3, 29), zone="Europe/Berlin", digest_at=time(2, 30),
            reports={"2027W12": date(2027, 3, 29)}),
)  # fmt: skip
"""A week as any other; the year's end; the nights in which half past two comes twice, and not at all."""


def instant(zone: str, day: date, at: time) -> datetime:
    """When the wall's clock shows this: the first time that it does, or when it jumps over it (UTC)."""
    wall, offsets = datetime.combine(day, at, UTC), _OFFSETS[zone]
    for (since, hours), until in zip(offsets, [*(later for later, _ in offsets[1:]), None], strict=True):
        found = wall - timedelta(hours=hours)
        if found >= since and (until is None or found < until):
            return found
        if until is not None and found >= until:
            following = wall - timedelta(hours=dict(offsets)[until])
            if following < until:
                return until
    raise ValueError(f"{zone} is not known on {day}")


class Almanac:
    """What must be told in a stretch; `look` at each instant at which the desk sweeps."""

    def __init__(self, stretch: Stretch) -> None:
        self.told: list[Told] = []
        self._due = sorted(_due(stretch), key=lambda due: due.at)
        self._opened: list[datetime] = []
        self._warned: datetime | None = None

    def look(self, now: datetime) -> None:
        """What is due by now is told now."""
        while self._due and self._due[0].at <= now:
            due = self._due.pop(0)
            self.told.append(Told(now, due.chat, due.what))
        if self._is_warned(now):
            self._warned = now
            self.told.append(Told(now, SUPERVISORS, "early"))

    def opened(self, now: datetime) -> None:
        """The store's people wrote of the same kind of thing."""
        self._opened.append(now)

    def _is_warned(self, now: datetime) -> bool:
        fresh = sum(at > now - WEEK for at in self._opened)
        return fresh >= FROM_STORE and (self._warned is None or now >= self._warned + DAY)


def _due(stretch: Stretch) -> Iterator[Told]:
    for day in stretch.days():
        at = instant(stretch.zone, day, stretch.digest_at)
        said = f"{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"
        if at <= stretch.begins:
            continue
        for who in LEADERS:
            yield Told(at, who, f"digest {said}")
            yield Told(at, who, f"digest of {at.isoformat()}")
        for who in SPECIALISTS if stretch.digest_at > NINE else ():  # later than when they sign on
            yield Told(at, who, f"own {said}")
    for code, day in stretch.reports.items():
        for who in LEADERS:
            for form in FORMS:
                yield Told(instant(stretch.zone, day, NINE), who, f"report {form} {code}")
