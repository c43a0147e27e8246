"""What the use cases need from storage: one unit of work with a repository for each aggregate."""

from bot.usecases.ports.calendar import SpecialDays
from bot.usecases.ports.cases import Cases, Events, RegionCount
from bot.usecases.ports.commitments import MeetingNotes, Memos, Promises, Tasks
from bot.usecases.ports.complaints import Complaints, Measures, Patrols
from bot.usecases.ports.improvements import Improvements
from bot.usecases.ports.lint import Drafts, Findings, FoundCount, ReplyCount, RuleChange, RuleException, Rules
from bot.usecases.ports.messages import Groups, GroupState, Mapped, Messages, Topics, TopicState
from bot.usecases.ports.ownership import Assists, Closings, Transfers
from bot.usecases.ports.people import Changes, Contacts, Franchisees, StaffList, Stores
from bot.usecases.ports.roster import Attendance, Handover, Rosters
from bot.usecases.ports.sales import Sales, SaleVersion
from bot.usecases.ports.schedule import Leases, Reminders
from bot.usecases.ports.traffic import Head, Inbox, InboxRow, Outbox, OutboxRow, RowState
from bot.usecases.ports.work import Work

__all__ = [
    "Assists",
    "Attendance",
    "Cases",
    "Changes",
    "Closings",
    "Complaints",
    "Contacts",
    "Drafts",
    "Events",
    "Findings",
    "FoundCount",
    "Franchisees",
    "GroupState",
    "Groups",
    "Handover",
    "Head",
    "Improvements",
    "Inbox",
    "InboxRow",
    "Leases",
    "Mapped",
    "Measures",
    "MeetingNotes",
    "Memos",
    "Messages",
    "Outbox",
    "OutboxRow",
    "Patrols",
    "Promises",
    "RegionCount",
    "Reminders",
    "ReplyCount",
    "Rosters",
    "RowState",
    "RuleChange",
    "RuleException",
    "Rules",
    "SaleVersion",
    "Sales",
    "SpecialDays",
    "StaffList",
    "Stores",
    "Tasks",
    "TopicState",
    "Topics",
    "Transfers",
    "Work",
]
