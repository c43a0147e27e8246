"""Complaints of a span, grouped by kind, cause, region and product, with how each group fared."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.case import Case
from bot.desk.complaint import Complaint, Grade


@dataclass(frozen=True)
class Entry:
    """A complaint with its case, and when work on it ended."""

    complaint: Complaint
    case: Case

    def was_late(self, now: datetime) -> bool:
        """Past its deadline to resolve, at the end or now."""
        deadline = self.case.resolve_by
        return deadline is not None and (self.case.ended_at or now) > deadline


@dataclass(frozen=True)
class Group:
    """A group's name (a code, or words; empty: unknown) and its counts."""

    name: str
    count: int
    urgent: int
    ended: int
    late: int


def grouped(entries: Iterable[Entry], key: Callable[[Entry], str], now: datetime) -> Sequence[Group]:
    """The groups, the largest first."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(key(entry), []).append(entry)
    groups = [group_of(name, members, now) for name, members in by_name.items()]
    return sorted(groups, key=lambda g: (-g.count, g.name))


def group_of(name: str, members: Sequence[Entry], now: datetime) -> Group:
    """The counts of some complaints."""
    return Group(
        name=name,
        count=len(members),
        urgent=sum(m.complaint.grade is Grade.URGENT for m in members),
        ended=sum(not m.case.is_unfinished for m in members),
        late=sum(m.was_late(now) for m in members),
    )
