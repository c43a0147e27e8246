"""What the department has set itself (目标): a figure, a target, and whether it is met."""

from dataclasses import dataclass
from enum import StrEnum


class GoalFigure(StrEnum):
    """What can be aimed at; shares are per cent."""

    FIRST_ANSWER_ON_TIME = "first_answer_on_time"
    CLOSED_BY_FIRST_OWNER = "closed_by_first_owner"
    OPEN_CASES = "open_cases"
    SALES_ATTAINMENT = "sales_attainment"

    @property
    def is_share(self) -> bool:
        """Per cent; otherwise a number of things."""
        return self is not GoalFigure.OPEN_CASES

    @property
    def is_at_most(self) -> bool:
        """Less is better."""
        return self is GoalFigure.OPEN_CASES


@dataclass(frozen=True)
class Goal:
    """Its name for people, and the target: per cent of a share, or a number."""

    name: str
    figure: GoalFigure
    target: float

    def is_met(self, value: float) -> bool:
        """Whether a value (per cent, or a number) is good enough."""
        return value <= self.target if self.figure.is_at_most else value >= self.target
