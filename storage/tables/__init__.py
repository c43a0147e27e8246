"""The tables. A row class validates nothing and is never handed out: `rows.py` maps rows to the desk's own values."""

from storage.tables.cases import UNFINISHED_CASE, CaseRow, EventRow
from storage.tables.columns import big, big_id, instant, long_text
from storage.tables.messages import GroupAliasRow, GroupRow, MessageRow, PlaceRow, TopicRow
from storage.tables.people import ContactRow, FranchiseeRow, StaffRow, StoreRow
from storage.tables.roster import (
    DayDutyRow,
    DutyEventRow,
    DutyRequestRow,
    DutyStepRow,
    HandoverRow,
    ShiftRow,
    WeekDutyRow,
)
from storage.tables.schedule import LeaseRow, ReminderRow
from storage.tables.traffic import UNFINISHED_ROW, UNHANDLED, InboxRowTable, OutboxRowTable

__all__ = [
    "UNFINISHED_CASE",
    "UNFINISHED_ROW",
    "UNHANDLED",
    "CaseRow",
    "ContactRow",
    "DayDutyRow",
    "DutyEventRow",
    "DutyRequestRow",
    "DutyStepRow",
    "EventRow",
    "FranchiseeRow",
    "GroupAliasRow",
    "GroupRow",
    "HandoverRow",
    "InboxRowTable",
    "LeaseRow",
    "MessageRow",
    "OutboxRowTable",
    "PlaceRow",
    "ReminderRow",
    "ShiftRow",
    "StaffRow",
    "StoreRow",
    "TopicRow",
    "WeekDutyRow",
    "big",
    "big_id",
    "instant",
    "long_text",
]
