"""What can be set, with its default, and what each value must be like."""

from bot.config_models.attendance import AttendanceSettings
from bot.config_models.hours import WEEK, Hours, spans_of
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
from bot.config_models.settings import DeskSettings, Log, Settings
from bot.config_models.telegram import Database, Telegram, TelegramLimits, Webhook

__all__ = [
    "LARGEST_ID",
    "LONGEST",
    "SECRET_KEYS",
    "SEVEN_REGIONS",
    "WEEK",
    "AttendanceSettings",
    "Database",
    "DeskSettings",
    "Duration",
    "Hours",
    "Log",
    "Part",
    "RegionSettings",
    "Secret",
    "SecretText",
    "Settings",
    "SettingsError",
    "StaffSettings",
    "Supervisors",
    "Telegram",
    "TelegramLimits",
    "Texts",
    "Webhook",
    "duration_text",
    "spans_of",
]
