"""What every use case may know besides its rows: the department's settings, as the composition root read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from secrets import token_hex
from zoneinfo import ZoneInfo

from bot.desk.assist import Department
from bot.desk.attendance import CONVENTIONS, AttendanceTerms
from bot.desk.calendar import WorkCalendar
from bot.desk.case import Case, Urgency
from bot.desk.complaint import ComplaintTerms
from bot.desk.digest import DigestTerms
from bot.desk.fiscal import ReportTerms
from bot.desk.follow_up import FollowUpTerms
from bot.desk.goals import Goal
from bot.desk.inspection import InspectionTerms
from bot.desk.labels import Labels
from bot.desk.lint import Linter
from bot.desk.meeting import Meeting
from bot.desk.people import Region, Staff, region_of
from bot.desk.promise_words import UNTIMED_AFTER
from bot.desk.questionnaire import Questionnaire
from bot.desk.rating import RatingTerms
from bot.desk.reading import DeskHours
from bot.desk.review import ReviewTerms
from bot.desk.score_card import ScoreCard
from bot.desk.script import Rendered, ScriptBook, render
from bot.desk.sla import Deadlines, Sla
from bot.desk.survey import SurveyTerms
from bot.desk.topics import TopicWords, no_words
from bot.desk.voices import VoiceTerms
from bot.desk.warnings import WarningTerms
from bot.usecases.rulebook import Rulebook


@dataclass(frozen=True)
class Terms:
    """The desk's times. The manual names no figures: these are conventions from the settings ([desk])."""

    acknowledge_after: timedelta
    confirm_within: timedelta
    reopen_within: timedelta
    reassign_after: timedelta


@dataclass(frozen=True)
class OwnershipTerms:
    """Who answers for a case: times in working time ([ownership]), and the hand-over that alerts the supervisors."""

    accept_within: timedelta
    alert_at_transfer: int
    confirm_closing_within: timedelta
    assist_choices: tuple[timedelta, ...]
    assist_alert_after: timedelta


@dataclass(frozen=True)
class CommitmentTerms:
    """Promises and tasks, in working time: how long ahead somebody is reminded, how long after it is too late.

    `breath`: what is said so soon after a promise belongs to it. `untimed`: when a promise without a time falls due.
    """

    promise_ahead: timedelta = timedelta(minutes=30)
    grace: timedelta = timedelta(minutes=30)
    breath: timedelta = timedelta(minutes=3)
    untimed: timedelta = UNTIMED_AFTER
    task_ahead: timedelta = timedelta(hours=4)
    task_overdue_after: timedelta = timedelta(hours=1)


@dataclass(frozen=True)
class AftercareTerms:
    """What is done after closing: [follow_up], [rating], [survey]."""

    follow_up: FollowUpTerms = field(default_factory=FollowUpTerms)
    rating: RatingTerms = field(default_factory=RatingTerms)
    survey: SurveyTerms = field(default_factory=SurveyTerms)


@dataclass(frozen=True)
class Office:
    """The department as it is set up."""

    name: str
    zone: ZoneInfo
    regions: tuple[Region, ...]
    supervisors_chat: int
    calendar: WorkCalendar
    terms: Terms
    scripts: ScriptBook
    labels: Labels
    linter: Linter
    rulebook: Rulebook
    ownership: OwnershipTerms
    complaints: ComplaintTerms
    voices: VoiceTerms
    sla: Sla
    review: ReviewTerms
    inspection: InspectionTerms
    score_card: ScoreCard
    departments: tuple[Department, ...] = ()
    attendance: AttendanceTerms = CONVENTIONS
    commitments: CommitmentTerms = CommitmentTerms()
    meetings: tuple[Meeting, ...] = ()
    aftercare: AftercareTerms = field(default_factory=AftercareTerms)
    warnings: WarningTerms = field(default_factory=WarningTerms)
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    improve_within: timedelta = timedelta(days=14)
    reports: ReportTerms = field(default_factory=ReportTerms)
    asks_province: bool = True
    provincial_count: bool = False
    digest: DigestTerms = field(default_factory=DigestTerms)
    matter_words: TopicWords = no_words
    bot_username: str = ""
    draw_seed: Callable[[], str] = token_hex
    """What the day's draw of inspections is computed from: nobody can know it before."""

    def region(self, code: str | None) -> Region | None:
        """A region by its code."""
        return next((r for r in self.regions if r.code == code), None)

    def region_of(self, province: str | None) -> Region | None:
        """The region that a province belongs to."""
        return region_of(province, self.regions) if province else None

    @property
    def hours(self) -> DeskHours:
        """What phrases about time are read with."""
        return DeskHours(self.calendar, self.zone)

    def group_for(self, region_code: str | None) -> int:
        """Where a case is worked on: the region's group, else (place or group unknown) the supervisors' chat."""
        region = self.region(region_code)
        return (region.group_id if region else 0) or self.supervisors_chat

    def is_agent_group(self, chat_id: int) -> bool:
        """A registered agent group, or the supervisors' chat."""
        return chat_id == self.supervisors_chat or any(r.group_id == chat_id for r in self.regions)

    def due(self, start: datetime, duration: timedelta) -> datetime:
        """`duration` of working time after `start` (UTC)."""
        return self.calendar.add_working_time(start, duration, self.zone)

    def worked(self, first: datetime, last: datetime) -> timedelta:
        """Working time from `first` to `last` (UTC)."""
        return self.calendar.working_time_between(first, last, self.zone)

    @property
    def deadlines(self) -> Deadlines:
        """The agreed times on the calendar as it is known now."""
        return Deadlines(self.sla, self.calendar, self.zone)

    def department(self, name: str) -> Department | None:
        """A department by its code or name (`物流` or `物流部`)."""
        return next((d for d in self.departments if name in (d.code, d.name, f"{d.name}部")), None)

    def opening(self, at: datetime) -> datetime:
        """`at` when the desk is open then, else the next opening (UTC)."""
        return self.calendar.next_open(at, self.zone)

    def label(self, key: str) -> str:
        """The words on a button."""
        return self.labels.buttons[key]

    def kind_name(self, kind: str) -> str:
        """What a kind of case is called."""
        return self.labels.kinds.get(kind, self.labels.kinds["other"])

    def urgency_name(self, urgency: Urgency) -> str:
        """What an urgency is called."""
        return self.word(f"urgency_{urgency.value}")

    def kind_of(self, case: Case) -> str:
        """A case's kind, and its urgency when it is more than the usual (`紧急投诉`)."""
        kind = self.kind_name(case.kind)
        if case.urgency is Urgency.NORMAL:
            return kind
        return self.line("kind_urgency", kind=kind, urgency=self.urgency_name(case.urgency))

    def content_name(self, what: str) -> str:
        """What a message that cannot be relayed is called."""
        return self.labels.contents.get(what, self.labels.contents["unknown"])

    def word(self, key: str) -> str:
        """A short word of cards and lists."""
        return self.labels.words[key]

    def line(self, key: str, **values: object) -> str:
        """A line of a list, its values filled in."""
        return self.labels.lines[key].format(**values)

    def duty(self, key: str, **values: object) -> str:
        """A short word of roster and attendance, its values filled in."""
        return self.labels.duty[key].format(**values)

    def daily(self, key: str, **values: object) -> str:
        """A short word of the daily digest, its values filled in."""
        return self.labels.daily[key].format(**values)

    def after(self, key: str, **values: object) -> str:
        """A short word of what is done after closing, its values filled in."""
        return self.labels.after[key].format(**values)

    def alert(self, key: str, **values: object) -> str:
        """A short word of early warning and 四个一样, its values filled in."""
        return self.labels.warnings[key].format(**values)

    def sales(self, key: str, **values: object) -> str:
        """A short word of sales and goals, its values filled in."""
        return self.labels.sales[key].format(**values)

    def improving(self, key: str, **values: object) -> str:
        """A short word of the improvement list, its values filled in."""
        return self.labels.improving[key].format(**values)

    def reviewing(self, key: str, **values: object) -> str:
        """A short word of the performance review, its values filled in."""
        return self.labels.reviewing[key].format(**values)

    def inspecting(self, key: str, **values: object) -> str:
        """A short word of quality inspection, its values filled in."""
        return self.labels.inspecting[key].format(**values)

    def report(self, key: str, **values: object) -> str:
        """A short word of a period's report, its values filled in."""
        return self.labels.report[key].format(**values)

    def reason(self, key: str) -> str:
        """Why somebody got a case."""
        return self.labels.reasons[key]

    def refusal(self, reason: str) -> str:
        """Why something could not be delivered, in words; what the messenger says without a code is quoted."""
        return self.labels.refusals.get(reason) or self.labels.refusals["other"].format(words=reason)

    def category(self, key: str) -> str:
        """What a kind of finding (`RECORDED`) is called."""
        return self.labels.categories[key]

    def department_of(self, kind: str) -> str:
        """Who in the company sees to a kind of case, in words."""
        return self.labels.departments.get(kind, self.labels.departments["other"])

    def span(self, length: timedelta) -> str:
        """A length of time as people say it."""
        hours, minutes = divmod(int(length.total_seconds() // 60), 60)
        if hours < 2:
            return self.line("minutes", count=hours * 60 + minutes)
        return self.line("hours_minutes", hours=hours, minutes=minutes) if minutes else self.line("hours", count=hours)

    def called(self, who: Staff) -> str:
        """A colleague as a franchisee hears of them: title and name."""
        return self.line("handler", title=who.role.title_zh, name=who.name)

    @property
    def reasons_for_transfer(self) -> tuple[str, ...]:
        """What the buttons of a transfer offer as reasons."""
        return self.labels.transfer_reasons

    def say(self, script_id: str, **values: str) -> Rendered:
        """A script with its placeholders filled."""
        return render(self.scripts.get(script_id), {"desk": self.name, **values})

    def today(self, now: datetime) -> date:
        """The date at an instant in the desk's time zone."""
        return now.astimezone(self.zone).date()

    def local(self, instant: datetime | None, pattern: str = "%m月%d日 %H:%M") -> str:
        """An instant in the desk's time zone, for people."""
        return "—" if instant is None else instant.astimezone(self.zone).strftime(pattern)
