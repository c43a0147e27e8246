"""The tables. A row class validates nothing and is never handed out: `rows.py` maps rows to the desk's own values."""

from storage.tables.calendar import SpecialDayRow
from storage.tables.cases import UNFINISHED_CASE, CaseRow, EventRow
from storage.tables.columns import big, big_id, instant, long_text
from storage.tables.improvements import ImprovementRow, ImprovementStepRow
from storage.tables.lint import DraftItemRow, DraftRow, FindingRow, RuleChangeRow, RuleExceptionRow
from storage.tables.messages import GroupAliasRow, GroupRow, MessageRow, PlaceRow, TopicRow
from storage.tables.ownership import AssistRow, ClosingRow, TransferRow
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
from storage.tables.sales import SaleRow, SaleVersionRow
from storage.tables.schedule import LeaseRow, ReminderRow
from storage.tables.traffic import UNFINISHED_ROW, UNHANDLED, InboxRowTable, OutboxRowTable

__all__ = [
    "UNFINISHED_CASE",
    "UNFINISHED_ROW",
    "UNHANDLED",
    "AssistRow",
    "CaseRow",
    "ClosingRow",
    "ContactRow",
    "DayDutyRow",
    "DraftItemRow",
    "DraftRow",
    "DutyEventRow",
    "DutyRequestRow",
    "DutyStepRow",
    "EventRow",
    "FindingRow",
    "FranchiseeRow",
    "GroupAliasRow",
    "GroupRow",
    "HandoverRow",
    "ImprovementRow",
    "ImprovementStepRow",
    "InboxRowTable",
    "LeaseRow",
    "MessageRow",
    "OutboxRowTable",
    "PlaceRow",
    "ReminderRow",
    "RuleChangeRow",
    "RuleExceptionRow",
    "SaleRow",
    "SaleVersionRow",
    "ShiftRow",
    "SpecialDayRow",
    "StaffRow",
    "StoreRow",
    "TopicRow",
    "TransferRow",
    "WeekDutyRow",
    "big",
    "big_id",
    "instant",
    "long_text",
]
