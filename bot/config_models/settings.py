"""Everything that can be set."""

from datetime import timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator, model_validator

from bot.config_models.aftercare import FollowUpSettings, RatingSettings, SurveySettings
from bot.config_models.attendance import AttendanceSettings
from bot.config_models.calendar import CalendarSettings
from bot.config_models.commitments import MeetingSettings, Promises, Tasks
from bot.config_models.complaints import ComplaintSettings, VoiceSettings
from bot.config_models.digest import DigestSettings
from bot.config_models.hours import WEEK, Hours
from bot.config_models.lint import LintSettings
from bot.config_models.ownership import EIGHT_DEPARTMENTS, DepartmentSettings, Ownership
from bot.config_models.parts import Duration, Part, SettingsError
from bot.config_models.people import SEVEN_REGIONS, RegionSettings, StaffSettings, Supervisors
from bot.config_models.plans import GoalSettings, ImprovementSettings
from bot.config_models.reports import ReportSettings
from bot.config_models.review import InspectionSettings, ReviewSettings
from bot.config_models.sla import SlaSettings
from bot.config_models.telegram import Database, Telegram
from bot.config_models.warnings import WarningSettings
from bot.desk.assist import Department
from bot.desk.hours import WeeklyHours, read_spans
from bot.desk.meeting import Meeting
from bot.desk.people import Region, Role, Staff


class DeskSettings(Part):
    """The desk's own conventions: the manual names no figures."""

    name: str = Field("首问客服", min_length=1)
    timezone: str = "Asia/Shanghai"
    answer_within: Duration = timedelta(minutes=10)
    acknowledge_after: Duration = timedelta(minutes=3)
    resolve_within: Duration = timedelta(hours=18)
    confirm_within: Duration = timedelta(hours=24)
    reopen_within: Duration = timedelta(hours=72)
    reassign_after: Duration = timedelta(minutes=30)
    ask_province: bool = True
    provincial_count_toward_region: bool = False

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("不是已知时区，例如 Asia/Shanghai")
        return value


class Log(Part):
    """What is written to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Settings(Part):
    """Everything that can be set."""

    telegram: Telegram = Telegram()
    database: Database = Database()
    desk: DeskSettings = DeskSettings()
    hours: Hours = Hours()
    calendar: CalendarSettings = CalendarSettings()
    attendance: AttendanceSettings = AttendanceSettings()
    regions: tuple[RegionSettings, ...] = Field(SEVEN_REGIONS, strict=False, min_length=1)
    staff: tuple[StaffSettings, ...] = Field((), strict=False)
    supervisors: Supervisors = Supervisors()
    lint: LintSettings = LintSettings()
    ownership: Ownership = Ownership()
    digest: DigestSettings = DigestSettings()
    complaints: ComplaintSettings = ComplaintSettings()
    voices: VoiceSettings = VoiceSettings()
    sla: SlaSettings = SlaSettings()
    departments: tuple[DepartmentSettings, ...] = Field(EIGHT_DEPARTMENTS, strict=False)
    promises: Promises = Promises()
    tasks: Tasks = Tasks()
    meetings: tuple[MeetingSettings, ...] = Field((), strict=False)
    follow_up: FollowUpSettings = FollowUpSettings()
    rating: RatingSettings = RatingSettings()
    survey: SurveySettings = SurveySettings()
    warnings: WarningSettings = WarningSettings()
    improvement: ImprovementSettings = ImprovementSettings()
    review: ReviewSettings = ReviewSettings()
    inspection: InspectionSettings = InspectionSettings()
    reports: ReportSettings = ReportSettings()
    goals: tuple[GoalSettings, ...] = Field((), strict=False)
    log: Log = Log()

    @field_validator("regions")
    @classmethod
    def _apart(cls, value: tuple[RegionSettings, ...]) -> tuple[RegionSettings, ...]:
        for what in ("code", "name"):
            _no_doubles([getattr(r, what) for r in value], what)
        _no_doubles([p for r in value for p in r.provinces], "provinces")
        for region in value:
            _can_stand_in(region, {r.code for r in value} - {region.code})
        return value

    @field_validator("staff")
    @classmethod
    def _each_once(cls, value: tuple[StaffSettings, ...]) -> tuple[StaffSettings, ...]:
        ids = [s.telegram_id for s in value]
        twice = next((i for i in ids if ids.count(i) > 1), None)
        if twice is not None:
            raise ValueError(f"telegram_id {twice} 出现了不止一次")
        return value

    @field_validator("departments")
    @classmethod
    def _departments_apart(cls, value: tuple[DepartmentSettings, ...]) -> tuple[DepartmentSettings, ...]:
        for what in ("code", "name", "chat_id"):
            _no_doubles([given for d in value if (given := getattr(d, what))], what, "部门")
        return value

    @field_validator("meetings")
    @classmethod
    def _meetings_apart(cls, value: tuple[MeetingSettings, ...]) -> tuple[MeetingSettings, ...]:
        _no_doubles([m.name for m in value], "name", "例会")
        return value

    @model_validator(mode="after")
    def _meetings_know_their_regions(self) -> "Settings":
        known = {r.code for r in self.regions}
        for meeting in self.meetings:
            for code in meeting.regions:
                if code not in known:
                    raise ValueError(f"meetings “{meeting.name}”的 regions “{code}”不是大区代码")
        return self

    @model_validator(mode="after")
    def _departments_have_rooms_of_their_own(self) -> "Settings":
        ours = {self.supervisors.chat_id, *(r.group_id for r in self.regions)} - {0}
        for department in self.departments:
            if department.chat_id in ours:
                raise ValueError(f"departments “{department.name}”的群就是客服群或主管群：请换成部门自己的群")
        return self

    def require_token(self) -> str:
        """The token; SettingsError when there is none."""
        if not self.telegram.token:
            raise SettingsError("telegram.token 未填：请在设置文件或环境变量 SHOUWEN_TELEGRAM__TOKEN 里填写")
        return self.telegram.token.reveal()

    def zone(self) -> ZoneInfo:
        """The desk's time zone."""
        return ZoneInfo(self.desk.timezone)

    def weekly_hours(self) -> WeeklyHours:
        """The weekly table as the desk knows it."""
        return WeeklyHours(tuple(read_spans(getattr(self.hours, day)) for day in WEEK))

    def region_list(self) -> tuple[Region, ...]:
        """The regions as the desk knows them."""
        return tuple(Region(r.code, r.name, r.provinces, r.group_id, r.stand_in) for r in self.regions)

    def department_list(self) -> tuple[Department, ...]:
        """The departments as the desk knows them."""
        return tuple(Department(d.code, d.name, d.chat_id, d.contact) for d in self.departments)

    def meeting_list(self) -> tuple[Meeting, ...]:
        """The meetings as the desk knows them."""
        return tuple(m.meeting() for m in self.meetings)

    def staff_list(self) -> tuple[Staff, ...]:
        """The staff of the settings as the desk knows them (ids are given when stored)."""
        return tuple(
            Staff(0, s.telegram_id, s.name, Role(s.role), s.regions, s.provinces, s.capacity) for s in self.staff
        )


def _can_stand_in(region: RegionSettings, others: set[str]) -> None:
    for code in region.stand_in:
        if code not in others:
            known = "、".join(sorted(others))
            raise ValueError(f"{region.name}的 stand_in “{code}”不是另一个大区的代码；可用的有：{known}")


def _no_doubles(values: list[Any], what: str, where: str = "大区") -> None:
    twice = next((v for v in values if values.count(v) > 1), None)
    if twice is not None:
        raise ValueError(f"{what} “{twice}”出现在两个{where}里")
