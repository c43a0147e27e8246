"""Settings: the improvement list, and the department's goals (目标)."""

from datetime import timedelta

from pydantic import Field, model_validator

from bot.config_models.parts import Duration, Part
from bot.desk.goals import Goal, GoalFigure


class ImprovementSettings(Part):
    """The improvement list."""

    due_within: Duration = Field(timedelta(days=14), ge=timedelta(days=1))


class GoalSettings(Part):
    """One goal; the manual names none, so none is set."""

    name: str = Field(min_length=1, max_length=20)
    figure: GoalFigure = Field(strict=False)
    target: float = Field(ge=0, strict=False)

    @model_validator(mode="after")
    def _a_share_is_no_more_than_all(self) -> "GoalSettings":
        if self.figure in (GoalFigure.FIRST_ANSWER_ON_TIME, GoalFigure.CLOSED_BY_FIRST_OWNER) and self.target > 100:
            raise ValueError(f"goals “{self.name}”的 target 是百分数，不超过 100")
        return self

    def goal(self) -> Goal:
        """The same as the desk knows it."""
        return Goal(self.name, self.figure, self.target)
