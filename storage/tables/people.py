"""Tables: those who write, their shops, the department."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from storage.tables.columns import big, big_id, instant


class StaffRow(SQLModel, table=True):
    """The department."""

    __tablename__ = "staff"
    id: int | None = Field(default=None, sa_column=big_id())
    telegram_id: int = Field(sa_column=big(unique=True))
    name: str
    role: str
    regions: list[str] = Field(sa_column=Column(JSON, nullable=False))
    provinces: list[str] = Field(sa_column=Column(JSON, nullable=False))
    capacity: int
    is_on_duty: bool
    is_active: bool
    duty_changed_at: datetime | None = Field(sa_column=instant(nullable=True))
    last_assigned_at: datetime | None = Field(sa_column=instant(nullable=True))


class StoreRow(SQLModel, table=True):
    """The shops; `number` is kept as written, `folded` is what is looked up."""

    __tablename__ = "store"
    folded: str = Field(primary_key=True)
    number: str
    name: str
    province: str
    city: str
    address: str
    phone: str
    code: str | None = Field(default=None, unique=True)


class ContactRow(SQLModel, table=True):
    """People on file by telephone number."""

    __tablename__ = "contact"
    phone: str = Field(primary_key=True)
    name: str
    store_number: str


class FranchiseeRow(SQLModel, table=True):
    """People who have written."""

    __tablename__ = "franchisee"
    id: int | None = Field(default=None, sa_column=big_id())
    telegram_id: int = Field(sa_column=big(unique=True))
    name: str
    username: str | None
    phone: str | None
    store_number: str | None
    province: str | None
    is_reachable: bool
    created_at: datetime = Field(sa_column=instant())
