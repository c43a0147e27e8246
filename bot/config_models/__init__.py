"""What can be set, with its default, and what each value must be like."""

from bot.config_models.aftercare import FollowUpSettings, RatingSettings, SurveySettings
from bot.config_models.attendance import AttendanceSettings
from bot.config_models.calendar import CalendarSettings
from bot.config_models.commitments import MeetingSettings, Promises, Tasks
from bot.config_models.hours import WEEK, Hours
from bot.config_models.lint import LintSettings
from bot.config_models.ownership import EIGHT_DEPARTMENTS, DepartmentSettings, Ownership
from bot.config_models.parts import (
    LARGEST_ID,
    LONGEST,
    SECRET_KEYS,
    Duration,
    Part,
    Secret,
    SecretText,
    SettingsError,
    Texts,
    duration_text,
)
from bot.config_models.people import SEVEN_REGIONS, RegionSettings, StaffSettings, Supervisors
from bot.config_models.plans import GoalSettings, ImprovementSettings
from bot.config_models.reports import ReportSettings
from bot.config_models.settings import DeskSettings, Log, Settings
from bot.config_models.telegram import Database, Telegram, TelegramLimits, Webhook

__all__ = [
    "EIGHT_DEPARTMENTS",
    "LARGEST_ID",
    "LONGEST",
    "SECRET_KEYS",
    "SEVEN_REGIONS",
    "WEEK",
    "AttendanceSettings",
    "CalendarSettings",
    "Database",
    "DepartmentSettings",
    "DeskSettings",
    "Duration",
    "FollowUpSettings",
    "GoalSettings",
    "Hours",
    "ImprovementSettings",
    "LintSettings",
    "Log",
    "MeetingSettings",
    "Ownership",
    "Part",
    "Promises",
    "RatingSettings",
    "RegionSettings",
    "ReportSettings",
    "Secret",
    "SecretText",
    "Settings",
    "SettingsError",
    "StaffSettings",
    "Supervisors",
    "SurveySettings",
    "Tasks",
    "Telegram",
    "TelegramLimits",
    "Texts",
    "Webhook",
    "duration_text",
]
