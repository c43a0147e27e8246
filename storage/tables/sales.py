"""Tables: what each store sold on each day as it now counts, and every version of it that was ever told."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant, long_text


class SaleRow(SQLModel, table=True):
    """The newest of each store and day; `store` is the folded number, money in fen, NULL: not told."""

    __tablename__ = "sale"
    __table_args__ = (Index("sale_by_day", "day", "store", "amount", "orders", "target"),)
    store: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    amount: int | None = Field(sa_column=big(nullable=True))
    orders: int | None = Field(sa_column=big(nullable=True))
    target: int | None = Field(sa_column=big(nullable=True))


class SaleVersionRow(SQLModel, table=True):
    """Every version, with who told it, when, in which file; triggers refuse to change or remove a row."""

    __tablename__ = "sale_version"
    __table_args__ = (Index("sale_version_of", "store", "day", "id"), Index("sale_version_day", "day", "store"))
    id: int | None = Field(default=None, sa_column=big_id())
    store: str
    day: date
    amount: int | None = Field(sa_column=big(nullable=True))
    orders: int | None = Field(sa_column=big(nullable=True))
    target: int | None = Field(sa_column=big(nullable=True))
    at: datetime = Field(sa_column=instant())
    told_by: str = Field(sa_column=long_text())
    file: str = Field(sa_column=long_text())
