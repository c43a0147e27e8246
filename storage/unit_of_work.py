"""One transaction with a repository for each aggregate."""

from sqlmodel import Session

from storage.aftercare import SqlFollowUps, SqlLowRatings, SqlRatings
from storage.attendance import SqlAttendance
from storage.case_words import SqlCaseWords
from storage.cases import SqlCases
from storage.commitments import SqlMeetingNotes, SqlMemos, SqlPromises, SqlTasks
from storage.complaints import SqlComplaints, SqlMeasures, SqlPatrols
from storage.digest import SqlDigests
from storage.drafts import SqlDrafts, SqlFindings
from storage.improvements import SqlImprovements
from storage.inbox import SqlInbox, SqlReminders
from storage.inspections import SqlInspections
from storage.leases import SqlLeases
from storage.outbox import SqlOutbox
from storage.ownership import SqlAssists, SqlClosings, SqlTransfers
from storage.people import SqlContacts, SqlFranchisees, SqlStaff, SqlStores
from storage.period_figures import SqlPeriodFigures
from storage.places import SqlEvents, SqlGroups, SqlMessages, SqlTopics
from storage.roster import SqlRosters
from storage.rules import SqlRules
from storage.sales import SqlSales
from storage.special_days import SqlSpecialDays
from storage.spoken import SqlSpoken
from storage.surveys import SqlSurveys
from storage.warnings import SqlWarnings


class SqlWork:
    """A unit of work over a session; whoever opened the session commits it or rolls it back."""

    def __init__(self, session: Session) -> None:
        self.cases = SqlCases(session)
        self.franchisees = SqlFranchisees(session)
        self.stores = SqlStores(session)
        self.contacts = SqlContacts(session)
        self.staff = SqlStaff(session)
        self.topics = SqlTopics(session)
        self.groups = SqlGroups(session)
        self.messages = SqlMessages(session)
        self.events = SqlEvents(session)
        self.outbox = SqlOutbox(session)
        self.spoken = SqlSpoken(session)
        self.inbox = SqlInbox(session)
        self.reminders = SqlReminders(session)
        self.leases = SqlLeases(session)
        self.special_days = SqlSpecialDays(session)
        self.drafts = SqlDrafts(session)
        self.findings = SqlFindings(session)
        self.rules = SqlRules(session)
        self.transfers = SqlTransfers(session)
        self.assists = SqlAssists(session)
        self.closings = SqlClosings(session)
        self.rosters = SqlRosters(session)
        self.attendance = SqlAttendance(session)
        self.memos = SqlMemos(session)
        self.promises = SqlPromises(session)
        self.tasks = SqlTasks(session)
        self.meeting_notes = SqlMeetingNotes(session)
        self.complaints = SqlComplaints(session)
        self.measures = SqlMeasures(session)
        self.patrols = SqlPatrols(session)
        self.follow_ups = SqlFollowUps(session)
        self.ratings = SqlRatings(session)
        self.low_ratings = SqlLowRatings(session)
        self.surveys = SqlSurveys(session)
        self.warnings = SqlWarnings(session)
        self.case_words = SqlCaseWords(session)
        self.sales = SqlSales(session)
        self.digests = SqlDigests(session)
        self.improvements = SqlImprovements(session)
        self.inspections = SqlInspections(session)
        self.period_figures = SqlPeriodFigures(session)

    def woken(self) -> list[str]:
        """Who has something to do after the commit."""
        return [name for name in ("outbox", "inbox", "reminders") if getattr(self, name).added]
