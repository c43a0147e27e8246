"""One unit of work with a repository for each aggregate."""

from typing import Protocol

from bot.usecases.ports.aftercare import FollowUps, LowRatings, Ratings
from bot.usecases.ports.calendar import SpecialDays
from bot.usecases.ports.case_words import CaseWords
from bot.usecases.ports.cases import Cases, Events
from bot.usecases.ports.commitments import MeetingNotes, Memos, Promises, Tasks
from bot.usecases.ports.complaints import Complaints, Measures, Patrols
from bot.usecases.ports.digest import Digests
from bot.usecases.ports.improvements import Improvements
from bot.usecases.ports.inspections import Inspections
from bot.usecases.ports.lint import Drafts, Findings, Rules
from bot.usecases.ports.messages import Groups, Messages, Topics
from bot.usecases.ports.ownership import Assists, Closings, Transfers
from bot.usecases.ports.people import Contacts, Franchisees, StaffList, Stores
from bot.usecases.ports.period_figures import PeriodFigures
from bot.usecases.ports.roster import Attendance, Rosters
from bot.usecases.ports.sales import Sales
from bot.usecases.ports.schedule import Leases, Reminders
from bot.usecases.ports.surveys import Surveys
from bot.usecases.ports.traffic import Inbox, Outbox, Spoken
from bot.usecases.ports.warnings import Warnings


class Work(Protocol):
    """One transaction: all of it or nothing of it."""

    @property
    def cases(self) -> Cases:
        """Cases."""

    @property
    def franchisees(self) -> Franchisees:
        """Franchisees."""

    @property
    def stores(self) -> Stores:
        """Stores."""

    @property
    def contacts(self) -> Contacts:
        """People on file."""

    @property
    def staff(self) -> StaffList:
        """The department."""

    @property
    def topics(self) -> Topics:
        """Franchisees' places in groups."""

    @property
    def groups(self) -> Groups:
        """The agent groups."""

    @property
    def messages(self) -> Messages:
        """What was said."""

    @property
    def events(self) -> Events:
        """What happened."""

    @property
    def outbox(self) -> Outbox:
        """What is to be done."""

    @property
    def spoken(self) -> Spoken:
        """What the bot has said, and where it stands."""

    @property
    def inbox(self) -> Inbox:
        """What came in."""

    @property
    def reminders(self) -> Reminders:
        """What is to be looked at again."""

    @property
    def leases(self) -> Leases:
        """What only one process may do at a time."""

    @property
    def special_days(self) -> SpecialDays:
        """Holidays and make-up workdays that were imported."""

    @property
    def drafts(self) -> Drafts:
        """Replies that the lint held back."""

    @property
    def findings(self) -> Findings:
        """What the lint found."""

    @property
    def rules(self) -> Rules:
        """What was changed about the lint's rules."""

    @property
    def transfers(self) -> Transfers:
        """Transfers on offer."""

    @property
    def assists(self) -> Assists:
        """What departments were asked."""

    @property
    def closings(self) -> Closings:
        """Closings that wait for a yes."""

    @property
    def rosters(self) -> Rosters:
        """Who is to be on duty when."""

    @property
    def attendance(self) -> Attendance:
        """Who was on duty."""

    @property
    def memos(self) -> Memos:
        """What people want to be reminded of."""

    @property
    def promises(self) -> Promises:
        """What franchisees were promised."""

    @property
    def tasks(self) -> Tasks:
        """What those who lead have given to do."""

    @property
    def meeting_notes(self) -> MeetingNotes:
        """Points and minutes of meetings."""

    @property
    def complaints(self) -> Complaints:
        """The ledger of complaints."""

    @property
    def measures(self) -> Measures:
        """What is to prevent the next complaint."""

    @property
    def patrols(self) -> Patrols:
        """The lists of the daily patrol."""

    @property
    def follow_ups(self) -> FollowUps:
        """Calls back after closing."""

    @property
    def ratings(self) -> Ratings:
        """What franchisees say a closing was worth."""

    @property
    def low_ratings(self) -> LowRatings:
        """What low ratings ask of the supervisors."""

    @property
    def surveys(self) -> Surveys:
        """Rounds of surveys."""

    @property
    def warnings(self) -> Warnings:
        """Early warnings and their counts."""

    @property
    def case_words(self) -> CaseWords:
        """Words by which matters are recognised as one and the same."""

    @property
    def sales(self) -> Sales:
        """What the stores sold."""

    @property
    def improvements(self) -> Improvements:
        """What is to become better."""

    @property
    def inspections(self) -> Inspections:
        """Quality inspections and the day's draws."""

    @property
    def digests(self) -> Digests:
        """What the daily digest counts."""

    @property
    def period_figures(self) -> PeriodFigures:
        """What reports of periods are counted from."""
