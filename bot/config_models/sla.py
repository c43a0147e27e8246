"""Settings: deadlines by kind and urgency, and the steps when somebody stays silent. Conventions, not the manual's."""

from datetime import timedelta
from typing import Literal

from pydantic import Field, field_validator

from bot.config_models.parts import Duration, Part
from bot.desk.case import Urgency
from bot.desk.labels import KINDS
from bot.desk.sla import Sla, SlaPolicy, SlaRow

DAY = timedelta(hours=9)
"""A working day of the default hours."""


class SlaKind(Part):
    """What a kind of case and an urgency are allowed; what is left out is as for all others."""

    kind: str = ""
    urgency: Literal["", "normal", "major", "urgent"] = ""
    first_answer: Duration | None = None
    next_answer: Duration | None = None
    resolve: Duration | None = None
    manager_after: Duration | None = None
    round_the_clock: bool | None = None

    @field_validator("kind")
    @classmethod
    def _known(cls, value: str) -> str:
        if value and value not in KINDS:
            raise ValueError(f"没有“{value}”这个类别；可用的有：{'、'.join(KINDS)}，不写表示所有类别")
        return value

    @field_validator("first_answer", "next_answer", "resolve")
    @classmethod
    def _some_time(cls, value: timedelta | None) -> timedelta | None:
        if value is not None and not value:
            raise ValueError("须大于 0；与其他类别相同时，请删去这一行")
        return value

    def row(self) -> SlaRow:
        """The same as the desk knows it."""
        return SlaRow(
            kind=self.kind,
            urgency=Urgency(self.urgency) if self.urgency else None,
            first_answer=self.first_answer,
            next_answer=self.next_answer,
            resolve=self.resolve,
            manager_after=self.manager_after,
            is_natural=self.round_the_clock,
        )


CONVENTIONS = (
    SlaKind(kind="complaint", resolve=2 * DAY),
    SlaKind(kind="complaint", urgency="major", resolve=5 * DAY),
    SlaKind(
        kind="complaint",
        urgency="urgent",
        first_answer=timedelta(minutes=5),
        next_answer=timedelta(minutes=30),
        resolve=timedelta(hours=24),
        manager_after=timedelta(minutes=30),
        round_the_clock=True,
    ),
)
"""Customs of the trade for complaints (docs/deadlines.md tells where each is found)."""


class SlaSettings(Part):
    """When whom to warn, and the kinds whose times differ from those of [desk]."""

    warn_left: float = Field(0.3, gt=0, lt=1)
    manager_after: Duration = timedelta(hours=2)
    ask_again_after: Duration = DAY
    close_after: Duration = 2 * DAY
    kinds: tuple[SlaKind, ...] = Field(CONVENTIONS, strict=False)

    @field_validator("kinds")
    @classmethod
    def _each_once(cls, value: tuple[SlaKind, ...]) -> tuple[SlaKind, ...]:
        named = [(k.kind, k.urgency) for k in value]
        twice = next((n for n in named if named.count(n) > 1), None)
        if twice is not None:
            raise ValueError(f"类别“{twice[0] or '所有'}”、级别“{twice[1] or '所有'}”出现了不止一次")
        return value

    def agreed(self, *, answer_within: timedelta, resolve_within: timedelta) -> Sla:
        """The same as the desk knows it, over the general times of [desk]."""
        return Sla(
            general=SlaPolicy(answer_within, answer_within, resolve_within, self.manager_after),
            rows=tuple(k.row() for k in self.kinds),
            warn_left=self.warn_left,
            ask_again_after=self.ask_again_after,
            close_after=self.close_after,
        )
