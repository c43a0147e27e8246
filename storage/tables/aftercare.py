"""Tables: calls back, ratings and what low ones ask for, surveys with their people and answers."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

OPEN_FOLLOW_UP = "state IN ('planned', 'asked')"
DONE_FOLLOW_UP = "done_at IS NOT NULL"
ASKED_RATING = "state = 'asked'"
OPEN_LOW = "state = 'open'"
RUNNING_SURVEY = "state = 'running'"
WAITING_PERSON = "state = 'waiting'"


class FollowUpRow(SQLModel, table=True):
    """Calls back: one open a case at most."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("follow_up_one_open", "case_id", unique=True, sqlite_where=text(OPEN_FOLLOW_UP),
              postgresql_where=text(OPEN_FOLLOW_UP)),
        Index("follow_up_of_owner", "owner_id", "deadline_at", sqlite_where=text(OPEN_FOLLOW_UP),
              postgresql_where=text(OPEN_FOLLOW_UP)),
        Index("follow_up_open", "deadline_at", sqlite_where=text(OPEN_FOLLOW_UP),
              postgresql_where=text(OPEN_FOLLOW_UP)),
        Index("follow_up_of_case", "case_id", "id"),
        Index("follow_up_done", "done_at", sqlite_where=text(DONE_FOLLOW_UP), postgresql_where=text(DONE_FOLLOW_UP)),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    owner_id: int = Field(sa_column=big())
    is_serious: bool
    planned_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())
    deadline_at: datetime = Field(sa_column=instant())
    state: str
    attempts: int
    told_at: datetime | None = Field(sa_column=instant(nullable=True))
    asked_at: datetime | None = Field(sa_column=instant(nullable=True))
    alerted_at: datetime | None = Field(sa_column=instant(nullable=True))
    outcome: str | None
    done_at: datetime | None = Field(sa_column=instant(nullable=True))
    done_by: int | None = Field(sa_column=big(nullable=True))
    words: str = Field(sa_column=long_text())
    reason: str


class RatingRow(SQLModel, table=True):
    """Ratings: one for each closing of a case; one that waits a case at most."""

    __tablename__ = "rating"
    __table_args__ = (
        Index("rating_one_asked", "case_id", unique=True, sqlite_where=text(ASKED_RATING),
              postgresql_where=text(ASKED_RATING)),
        Index("rating_of_case", "case_id", "id"),
        Index("rating_of_franchisee", "franchisee_id", "id"),
        Index("rating_asked_at", "asked_at"),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    franchisee_id: int = Field(sa_column=big())
    first_owner_id: int | None = Field(sa_column=big(nullable=True))
    handler_id: int = Field(sa_column=big())
    region: str | None
    asked_at: datetime = Field(sa_column=instant())
    state: str
    chased_at: datetime | None = Field(sa_column=instant(nullable=True))
    score: int | None
    tags: list[str] = Field(sa_column=Column(JSON, nullable=False))
    words: str = Field(sa_column=long_text())
    rated_at: datetime | None = Field(sa_column=instant(nullable=True))
    words_until: datetime | None = Field(sa_column=instant(nullable=True))


class LowRatingRow(SQLModel, table=True):
    """What low ratings ask of the supervisors: one task a rating."""

    __tablename__ = "low_rating"
    __table_args__ = (Index("low_rating_open", "due_at", sqlite_where=text(OPEN_LOW), postgresql_where=text(OPEN_LOW)),)
    id: int | None = Field(default=None, sa_column=big_id())
    rating_id: int = Field(sa_column=big(unique=True))
    case_id: int = Field(sa_column=big())
    score: int
    opened_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())
    state: str
    reminded_at: datetime | None = Field(sa_column=instant(nullable=True))
    done_at: datetime | None = Field(sa_column=instant(nullable=True))
    done_by: int | None = Field(sa_column=big(nullable=True))
    words: str = Field(sa_column=long_text())


class SurveyRow(SQLModel, table=True):
    """Rounds of surveys; `source` is the questionnaire's text as it was sent."""

    __tablename__ = "survey"
    __table_args__ = (
        Index("survey_running", "region", sqlite_where=text(RUNNING_SURVEY), postgresql_where=text(RUNNING_SURVEY)),
    )
    id: int | None = Field(default=None, sa_column=big_id())
    name: str
    title: str
    version: str
    source: str = Field(sa_column=long_text())
    region: str
    started_by: int | None = Field(sa_column=big(nullable=True))
    started_at: datetime = Field(sa_column=instant())
    closes_at: datetime = Field(sa_column=instant())
    state: str
    ended_at: datetime | None = Field(sa_column=instant(nullable=True))


class SurveyPersonRow(SQLModel, table=True):
    """Who a survey is put to: each person once."""

    __tablename__ = "survey_person"
    __table_args__ = (
        Index("survey_person_once", "survey_id", "franchisee_id", unique=True),
        Index("survey_person_state", "survey_id", "state"),
        Index("survey_person_waiting", "survey_id", "id", sqlite_where=text(WAITING_PERSON),
              postgresql_where=text(WAITING_PERSON)),
        Index("survey_person_of", "franchisee_id", "id"),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    survey_id: int = Field(sa_column=big())
    franchisee_id: int = Field(sa_column=big())
    state: str
    position: int
    ticked: str
    message_id: int | None = Field(sa_column=big(nullable=True))
    sent_at: datetime | None = Field(sa_column=instant(nullable=True))
    done_at: datetime | None = Field(sa_column=instant(nullable=True))
    words_until: datetime | None = Field(sa_column=instant(nullable=True))


class SurveyAnswerRow(SQLModel, table=True):
    """What a person answered to a question, by its key."""

    __tablename__ = "survey_answer"
    __table_args__ = (Index("survey_answer_of_survey", "survey_id", "question", "value"),)
    person_id: int = Field(sa_column=big(primary_key=True, autoincrement=False))
    question: str = Field(primary_key=True)
    survey_id: int = Field(sa_column=big())
    value: str = Field(sa_column=long_text())
    at: datetime = Field(sa_column=instant())
