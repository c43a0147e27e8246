"""A quality inspection (质检) of one case: drawn, scored, perhaps appealed against, decided by another inspector."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.desk.draw import DrawShares, Why
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.people import Role, Staff
from bot.desk.score_card import Marks, ScoreCard

LONGEST: Final = 500
"""Characters of a remark, of an appeal, of its answer."""


class InspectionState(StrEnum):
    """DRAWN waits for a score, APPEALED for the second inspector; SCORED may be appealed against for a while."""

    DRAWN = "drawn"
    SCORED = "scored"
    APPEALED = "appealed"
    DECIDED = "decided"


class InspectionDid(StrEnum):
    """What happened to it, append-only: every score can be computed again from these."""

    DRAWN = "Drawn"
    SCORED = "Scored"
    REMARKED = "Remarked"
    APPEALED = "Appealed"
    UPHELD = "Upheld"
    CHANGED = "Changed"


@dataclass(frozen=True)
class InspectionTerms:
    """`[inspection]`: when the draw is made (the desk's time), how much is drawn, who is new, how long an appeal is
    heard (natural time).
    """

    draw_at: time = time(8, 45)
    shares: DrawShares = field(default_factory=lambda: DrawShares(15, 50))
    newcomer_for: timedelta = timedelta(days=90)
    appeal_within: timedelta = timedelta(days=3)


@dataclass(frozen=True)
class InspectionStep:
    """One thing that happened to an inspection (UTC); `data` holds marks, score and words."""

    inspection_id: int
    did: InspectionDid
    at: datetime
    staff_id: int | None = None
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Inspection:
    """One case's, at most. `card`: which version of the score card; `marks`: as `Marks.code`, the ones that count;
    `first_score`: what the first inspector gave; `draft`: marks that are not handed in yet, of whoever has the card
    open (`draft_by`). Instants are UTC, `day` is the draw's.
    """

    id: int
    case_id: int
    staff_id: int
    day: date
    why: Why
    card: str
    state: InspectionState = InspectionState.DRAWN
    marks: str = ""
    score: float | None = None
    first_score: float | None = None
    words: str = ""
    inspector_id: int | None = None
    scored_at: datetime | None = None
    appeal: str = ""
    appealed_at: datetime | None = None
    second_id: int | None = None
    answer: str = ""
    decided_at: datetime | None = None
    draft: str = ""
    draft_by: int | None = None

    @property
    def is_scored(self) -> bool:
        """Whether there is a score: the person inspected may see it from then on."""
        return self.state is not InspectionState.DRAWN

    @property
    def is_final(self) -> bool:
        """Whether it counts in a review: a score under appeal does not."""
        return self.state in (InspectionState.SCORED, InspectionState.DECIDED)

    def may_appeal_until(self, terms: InspectionTerms) -> datetime | None:
        """Until when an appeal is heard; None before the score."""
        return self.scored_at + terms.appeal_within if self.scored_at is not None else None


def require_inspector(item: Inspection, who: Staff) -> None:
    """Those who lead inspect, never their own cases; an appeal is never decided by who gave the score."""
    if who.role is Role.SPECIALIST or who.id == item.staff_id:
        raise NotAllowed("notice/inspection_not_yours")
    if item.state is InspectionState.APPEALED and who.id == item.inspector_id:
        raise NotAllowed("notice/inspection_second", case=str(item.case_id))


def scored(item: Inspection, card: ScoreCard, marks: Marks, *, who: Staff, at: datetime, words: str = "") -> Inspection:
    """With its first score; DeskError when it has one, or when no item applies."""
    require_inspector(item, who)
    if item.state is not InspectionState.DRAWN:
        raise DeskError("notice/inspection_scored", case=str(item.case_id))
    score = _scored(item, card, marks)
    return replace(
        item, state=InspectionState.SCORED, marks=marks.code(), score=score, first_score=score, words=words[:LONGEST],
        inspector_id=who.id, scored_at=at, draft="", draft_by=None,
    )  # fmt: skip


def _scored(item: Inspection, card: ScoreCard, marks: Marks) -> float:
    score = card.score(marks)
    if score is None:
        raise DeskError("notice/inspection_nothing", case=str(item.case_id))
    return score


def appealed(item: Inspection, *, who: Staff, at: datetime, words: str, terms: InspectionTerms) -> Inspection:
    """With an appeal by whoever was inspected: once, with a reason, within its time."""
    until = item.may_appeal_until(terms)
    if who.id != item.staff_id or until is None:
        raise NotAllowed("notice/inspection_none", case=str(item.case_id))
    if item.state is not InspectionState.SCORED:
        raise DeskError("notice/inspection_appealed", case=str(item.case_id))
    if at > until:
        raise DeskError("notice/inspection_too_late", case=str(item.case_id))
    if not words.strip():
        raise DeskError("notice/how_appeal", case=str(item.case_id))
    return replace(item, state=InspectionState.APPEALED, appeal=words.strip()[:LONGEST], appealed_at=at)


def decided(
    item: Inspection, card: ScoreCard, marks: Marks | None, *, who: Staff, at: datetime, words: str = ""
) -> Inspection:
    """With the second inspector's decision: other marks, or None when the score stands."""
    require_inspector(item, who)
    if item.state is not InspectionState.APPEALED:
        raise DeskError("notice/inspection_no_appeal", case=str(item.case_id))
    after = replace(
        item, state=InspectionState.DECIDED, second_id=who.id, decided_at=at, answer=words.strip()[:LONGEST],
        draft="", draft_by=None,
    )  # fmt: skip
    if marks is None:
        return after
    return replace(after, marks=marks.code(), score=_scored(item, card, marks))
