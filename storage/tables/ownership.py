"""Tables: transfers on offer, assistance, closings that wait for a yes."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text

PENDING = "state = 'pending'"
OPEN_ASSIST = "state IN ('asked', 'received')"


class TransferRow(SQLModel, table=True):
    """Transfers on offer."""

    __tablename__ = "transfer"
    __table_args__ = (
        Index("transfer_one_pending", "case_id", unique=True, sqlite_where=text(PENDING),
              postgresql_where=text(PENDING)),
        Index("transfer_to", "to_id", sqlite_where=text(PENDING), postgresql_where=text(PENDING)),
        Index("transfer_of_case", "case_id", "id"),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    from_id: int = Field(sa_column=big())
    to_id: int = Field(sa_column=big())
    by_id: int = Field(sa_column=big())
    reason: str = Field(sa_column=long_text())
    offered_at: datetime = Field(sa_column=instant())
    answer_by: datetime = Field(sa_column=instant())
    state: str
    answered_at: datetime | None = Field(sa_column=instant(nullable=True))
    answer: str = Field(sa_column=long_text())


class AssistRow(SQLModel, table=True):
    """What departments were asked."""

    __tablename__ = "assist"
    __table_args__ = (
        Index("assist_one_open", "department", "case_id", unique=True, sqlite_where=text(OPEN_ASSIST),
              postgresql_where=text(OPEN_ASSIST)),
        Index("assist_of_case", "case_id", "id"),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    department: str
    asked_by: int = Field(sa_column=big())
    asked_at: datetime = Field(sa_column=instant())
    due_at: datetime = Field(sa_column=instant())
    words: str = Field(sa_column=long_text())
    state: str
    received_at: datetime | None = Field(sa_column=instant(nullable=True))
    received_by: str = Field(sa_column=long_text())
    answered_at: datetime | None = Field(sa_column=instant(nullable=True))
    answered_by: str = Field(sa_column=long_text())
    chased_at: datetime | None = Field(sa_column=instant(nullable=True))
    alerted_at: datetime | None = Field(sa_column=instant(nullable=True))


class ClosingRow(SQLModel, table=True):
    """Closings that wait, or waited, for a yes."""

    __tablename__ = "closing"
    __table_args__ = (
        Index("closing_one_pending", "case_id", unique=True, sqlite_where=text(PENDING),
              postgresql_where=text(PENDING)),
        Index("closing_for", "confirmer_id", sqlite_where=text(PENDING), postgresql_where=text(PENDING)),
    )  # fmt: skip
    id: int | None = Field(default=None, sa_column=big_id())
    case_id: int = Field(sa_column=big())
    asked_by: int = Field(sa_column=big())
    confirmer_id: int | None = Field(sa_column=big(nullable=True))
    asked_at: datetime = Field(sa_column=instant())
    answer_by: datetime | None = Field(sa_column=instant(nullable=True))
    state: str
    answered_at: datetime | None = Field(sa_column=instant(nullable=True))
    answered_by: int | None = Field(sa_column=big(nullable=True))
