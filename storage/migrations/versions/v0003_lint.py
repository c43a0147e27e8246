"""Lint at the desk: drafts, what was found in them, exceptions and changes of the rules."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0003"
down_revision = "0002"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def where(condition: str) -> dict[str, Any]:
    """A partial index on both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def big(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A 64-bit number."""
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def words(name: str, default: str = "") -> sa.Column[Any]:
    """A text of any length."""
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A moment, UTC."""
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def short(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """One of the program's own words."""
    return sa.Column(name, sa.String(), nullable=nullable)


def key() -> sa.Column[Any]:
    """A key that counts up."""
    return sa.Column("id", BIG_ID, autoincrement=True, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    _drafts()
    _findings()
    _rules()


def _drafts() -> None:
    op.create_table(
        "draft",
        key(), big("case_id"), big("staff_id"), short("state"), instant("at"),
        sa.Column("version", sa.Integer(), nullable=False),
        big("thread_id", nullable=True), big("reply_chat_id", nullable=True), big("reply_message_id", nullable=True),
        words("quote"), short("script_id", nullable=True), big("edits", nullable=True), big("sent", nullable=True),
        words("asked_why"), instant("settled_at", nullable=True), big("settled_by", nullable=True),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("draft_of_case", "draft", ["case_id", "id"])
    op.create_index("draft_living", "draft", ["case_id"], **where("state IN ('held', 'asked', 'refused')"))
    op.create_index("draft_asked", "draft", ["id"], **where("state = 'asked'"))
    op.create_index("draft_edits", "draft", ["edits"])
    op.create_table(
        "draft_item",
        big("draft_id"), sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        big("chat_id", nullable=True), big("message_id", nullable=True),
        short("kind"), words("text"), words("entities", "[]"), short("what"), words("origin"), words("album"),
        words("better"),
        sa.PrimaryKeyConstraint("draft_id", "number"),
    )  # fmt: skip
    op.create_index("draft_item_at", "draft_item", ["chat_id", "message_id"])


def _findings() -> None:
    op.create_table(
        "finding",
        key(), big("case_id"), big("staff_id"), big("draft_id", nullable=True), big("message_id", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False), short("category"), short("severity"), short("rule"),
        sa.Column("start", sa.Integer(), nullable=False), sa.Column("end", sa.Integer(), nullable=False),
        words("matched"), words("context"), sa.Column("is_suspected", sa.Boolean(), nullable=False), instant("at"),
        short("outcome"), short("doubt"), instant("doubted_at", nullable=True), big("doubted_by", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("finding_of_draft", "finding", ["draft_id"])
    op.create_index("finding_of_message", "finding", ["message_id"])
    op.create_index("finding_of_case", "finding", ["case_id", "id"])
    op.create_index("finding_at", "finding", ["at"])
    op.create_index("finding_doubted", "finding", ["id"], **where("doubt = 'open'"))


def _rules() -> None:
    op.create_table(
        "rule_exception",
        key(), short("rule"), words("words"), instant("at"), big("staff_id"), big("found_id", nullable=True),
        instant("removed_at", nullable=True), big("removed_by", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("rule_exception_in_force", "rule_exception", ["rule", "id"], **where("removed_at IS NULL"))
    op.create_table(
        "rule_change",
        key(), short("what"), instant("at"), big("staff_id", nullable=True), words("detail"), short("fingerprint"),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
