"""The tables. A row class validates nothing and is never handed out: `rows.py` maps rows to the desk's own values."""

from storage.tables.aftercare import (
    FollowUpRow,
    LowRatingRow,
    RatingRow,
    SurveyAnswerRow,
    SurveyPersonRow,
    SurveyRow,
)
from storage.tables.calendar import SpecialDayRow
from storage.tables.cases import COUNTED_EVENT, UNFINISHED_CASE, CaseRow, EventRow
from storage.tables.columns import big, big_id, instant, long_text
from storage.tables.commitments import MeetingNoteRow, MemoRow, PromiseRow, TaskRow
from storage.tables.complaints import ComplaintRow, MeasureRow, PatrolRow
from storage.tables.improvements import ImprovementRow, ImprovementStepRow
from storage.tables.inspections import InspectionDrawRow, InspectionRow, InspectionStepRow, ScoreCardRow
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
from storage.tables.warnings import CaseWordRow, WarningRow

__all__ = [
    "COUNTED_EVENT",
    "UNFINISHED_CASE",
    "UNFINISHED_ROW",
    "UNHANDLED",
    "AssistRow",
    "CaseRow",
    "CaseWordRow",
    "ClosingRow",
    "ComplaintRow",
    "ContactRow",
    "DayDutyRow",
    "DraftItemRow",
    "DraftRow",
    "DutyEventRow",
    "DutyRequestRow",
    "DutyStepRow",
    "EventRow",
    "FindingRow",
    "FollowUpRow",
    "FranchiseeRow",
    "GroupAliasRow",
    "GroupRow",
    "HandoverRow",
    "ImprovementRow",
    "ImprovementStepRow",
    "InboxRowTable",
    "InspectionDrawRow",
    "InspectionRow",
    "InspectionStepRow",
    "LeaseRow",
    "LowRatingRow",
    "MeasureRow",
    "MeetingNoteRow",
    "MemoRow",
    "MessageRow",
    "OutboxRowTable",
    "PatrolRow",
    "PlaceRow",
    "PromiseRow",
    "RatingRow",
    "ReminderRow",
    "RuleChangeRow",
    "RuleExceptionRow",
    "SaleRow",
    "SaleVersionRow",
    "ScoreCardRow",
    "ShiftRow",
    "SpecialDayRow",
    "StaffRow",
    "StoreRow",
    "SurveyAnswerRow",
    "SurveyPersonRow",
    "SurveyRow",
    "TaskRow",
    "TopicRow",
    "TransferRow",
    "WarningRow",
    "WeekDutyRow",
    "big",
    "big_id",
    "instant",
    "long_text",
]
