"""Settings: what is done after closing (回访, 满意度, 普查). The manual names no figures: conventions."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.config_models.parts import Duration, Part
from bot.desk.follow_up import FollowUpTerms
from bot.desk.rating import RatingTerms
from bot.desk.survey import SurveyTerms

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Days = Annotated[int, Field(ge=1, le=60)]


class FollowUpShares(Part):
    """Which share of each kind is called back; which cases these are follows from number and salt alone."""

    complaint: Share = 1.0
    equipment: Share = 1.0
    consult: Share = 0.1
    order: Share = 0.1
    contract: Share = 0.1
    training: Share = 0.1
    finance: Share = 0.1
    marketing: Share = 0.1
    other: Share = 0.0


class FollowUpDays(Part):
    """Within how many days of closing; never before the end of the next working day."""

    complaint: Days = 3
    equipment: Days = 1
    consult: Days = 3
    order: Days = 3
    contract: Days = 3
    training: Days = 3
    finance: Days = 3
    marketing: Days = 3
    other: Days = 3


class FollowUpSettings(Part):
    """Calls back after closing; the times are working time."""

    salt: str = Field("shouwen", min_length=1)
    begin_after: Duration = timedelta(hours=1)
    attempts: int = Field(2, ge=1, le=10)
    answer_within: Duration = timedelta(hours=4)
    retry_after: Duration = timedelta(hours=9)
    share: FollowUpShares = FollowUpShares()
    days: FollowUpDays = FollowUpDays()

    def terms(self) -> FollowUpTerms:
        """The same as the desk knows it."""
        return FollowUpTerms(
            shares=self.share.model_dump(),
            days=self.days.model_dump(),
            salt=self.salt,
            begin_after=self.begin_after,
            attempts=self.attempts,
            answer_within=self.answer_within,
            retry_after=self.retry_after,
        )


class RatingSettings(Part):
    """Ratings of closed cases."""

    ask: bool = True
    chase_after: Duration = timedelta(hours=24)
    change_within: Duration = timedelta(hours=24)
    words_within: Duration = timedelta(minutes=30)
    low: int = Field(2, ge=1, le=4)
    handle_within: Duration = timedelta(hours=9)

    def terms(self) -> RatingTerms:
        """The same as the desk knows it."""
        return RatingTerms(
            is_asked=self.ask,
            chase_after=self.chase_after,
            change_within=self.change_within,
            words_within=self.words_within,
            low=self.low,
            handle_within=self.handle_within,
        )


class SurveySettings(Part):
    """Rounds of surveys."""

    batch: int = Field(20, ge=1, le=200)
    every: Duration = Field(timedelta(seconds=10), gt=timedelta(0))
    open_for: Duration = timedelta(days=7)
    words_within: Duration = timedelta(hours=1)

    def terms(self) -> SurveyTerms:
        """The same as the desk knows it."""
        return SurveyTerms(self.batch, self.every, self.open_for, self.words_within)
