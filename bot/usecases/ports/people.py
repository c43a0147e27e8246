"""What the use cases need of storage: those who write, their shops, the department."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.desk.people import Contact, Franchisee, Staff, Store


class Franchisees(Protocol):
    """The people who write."""

    def by_telegram(self, telegram_id: int) -> Franchisee | None:
        """The person of a Telegram account; locked until the unit of work ends."""

    def get(self, franchisee_id: int) -> Franchisee | None:
        """One person."""

    def add(self, person: Franchisee) -> Franchisee:
        """Store a new person (the id is given here)."""

    def save(self, person: Franchisee) -> None:
        """Write a person back."""


@dataclass(frozen=True)
class Changes:
    """What an import did."""

    added: int
    changed: int
    unchanged: int


class Stores(Protocol):
    """The shops."""

    def get(self, number: str) -> Store | None:
        """By store number (case is folded)."""

    def by_code(self, code: str) -> Store | None:
        """By the code of its deep link."""

    def all(self) -> Sequence[Store]:
        """Every store."""

    def put_all(self, stores: Sequence[Store]) -> Changes:
        """Add or change by number; a store that comes without a code keeps the one it has."""


class Contacts(Protocol):
    """People on file by telephone number, before they ever wrote."""

    def by_phone(self, phone: str) -> Contact | None:
        """By normalised number."""

    def put_all(self, contacts: Sequence[Contact]) -> Changes:
        """Add or change by number."""


class StaffList(Protocol):
    """The department."""

    def all(self) -> Sequence[Staff]:
        """Everybody, those who left included."""

    def candidates(self) -> Sequence[Staff]:
        """The same, locked until the unit of work ends: who is to get a case is decided by one at a time."""

    def get(self, staff_id: int) -> Staff | None:
        """One person."""

    def by_telegram(self, telegram_id: int) -> Staff | None:
        """The person of a Telegram account."""

    def save(self, person: Staff) -> None:
        """Write a person back."""

    def put_all(self, people: Sequence[Staff]) -> Changes:
        """Add or change by Telegram id (ids 0 are given); duty, and when assigned last, stay as they are."""
