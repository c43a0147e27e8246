"""What is done after closing: calls back, ratings and the tasks of low ones, surveys."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0009"
down_revision = "0008"

OPEN_FOLLOW_UP = "state IN ('planned', 'asked')"
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def where(condition: str) -> dict[str, Any]:
    """A partial index on both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Make the tables."""
    _follow_ups()
    _ratings()
    _low_ratings()
    _surveys()
    _people()
    _answers()


def _big(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _word(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _id() -> "sa.Column[Any]":
    return sa.Column("id", BIG_ID, autoincrement=True, nullable=False)


def _follow_ups() -> None:
    op.create_table(
        "follow_up", _id(), _big("case_id"), _big("owner_id"), sa.Column("is_serious", sa.Boolean(), nullable=False),
        _at("planned_at"), _at("due_at"), _at("deadline_at"), _word("state"), _number("attempts"),
        _at("told_at", nullable=True), _at("asked_at", nullable=True), _at("alerted_at", nullable=True),
        _word("outcome", nullable=True), _at("done_at", nullable=True), _big("done_by", nullable=True), _text("words"),
        _word("reason"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("follow_up_one_open", "follow_up", ["case_id"], unique=True, **where(OPEN_FOLLOW_UP))
    op.create_index("follow_up_of_owner", "follow_up", ["owner_id", "deadline_at"], **where(OPEN_FOLLOW_UP))
    op.create_index("follow_up_open", "follow_up", ["deadline_at"], **where(OPEN_FOLLOW_UP))
    op.create_index("follow_up_of_case", "follow_up", ["case_id", "id"])


def _ratings() -> None:
    op.create_table(
        "rating", _id(), _big("case_id"), _big("franchisee_id"), _big("first_owner_id", nullable=True),
        _big("handler_id"), _word("region", nullable=True), _at("asked_at"), _word("state"),
        _at("chased_at", nullable=True), _number("score", nullable=True), sa.Column("tags", sa.JSON(), nullable=False),
        _text("words"), _at("rated_at", nullable=True), _at("words_until", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("rating_one_asked", "rating", ["case_id"], unique=True, **where("state = 'asked'"))
    op.create_index("rating_of_case", "rating", ["case_id", "id"])
    op.create_index("rating_of_franchisee", "rating", ["franchisee_id", "id"])
    op.create_index("rating_asked_at", "rating", ["asked_at"])


def _low_ratings() -> None:
    op.create_table(
        "low_rating", _id(), _big("rating_id"), _big("case_id"), _number("score"), _at("opened_at"), _at("due_at"),
        _word("state"), _at("reminded_at", nullable=True), _at("done_at", nullable=True),
        _big("done_by", nullable=True), _text("words"), sa.PrimaryKeyConstraint("id"), sa.UniqueConstraint("rating_id"),
    )  # fmt: skip
    op.create_index("low_rating_open", "low_rating", ["due_at"], **where("state = 'open'"))


def _surveys() -> None:
    op.create_table(
        "survey", _id(), _word("name"), _word("title"), _word("version"), _text("source"), _word("region"),
        _big("started_by", nullable=True), _at("started_at"), _at("closes_at"), _word("state"),
        _at("ended_at", nullable=True), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("survey_running", "survey", ["region"], **where("state = 'running'"))


def _people() -> None:
    op.create_table(
        "survey_person", _id(), _big("survey_id"), _big("franchisee_id"), _word("state"), _number("position"),
        _word("ticked"), _big("message_id", nullable=True), _at("sent_at", nullable=True),
        _at("done_at", nullable=True), _at("words_until", nullable=True), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("survey_person_once", "survey_person", ["survey_id", "franchisee_id"], unique=True)
    op.create_index("survey_person_state", "survey_person", ["survey_id", "state"])
    op.create_index("survey_person_waiting", "survey_person", ["survey_id", "id"], **where("state = 'waiting'"))
    op.create_index("survey_person_of", "survey_person", ["franchisee_id", "id"])


def _answers() -> None:
    op.create_table(
        "survey_answer",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        _word("question"), _big("survey_id"), _text("value"), _at("at"),
        sa.PrimaryKeyConstraint("person_id", "question"),
    )  # fmt: skip
    op.create_index("survey_answer_of_survey", "survey_answer", ["survey_id", "question", "value"])
