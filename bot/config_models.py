"""What can be set, with its default, and what each value must be like."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, field_validator, model_validator

from bot.desk.hours import DAY_MINUTES, Span, WeeklyHours
from bot.desk.people import MOST_CAPACITY, PROVINCES, Region, Role, Staff

SECRET_KEYS = ("token", "secret", "proxy", "url", "api_base")
"""Keys whose values are never shown: tokens, and addresses that may hold a password."""
LARGEST_ID = 2**52
"""Telegram's identifiers have at most 52 significant bits (Bot API, User.id)."""
LONGEST = timedelta(days=366)
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
_HOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


class SettingsError(Exception):
    """A setting that can't be used; the message is one line that names file (or variable) and key."""


class Secret:
    """A text that shows itself only when asked."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__


def _secret(value: object) -> Secret:
    if isinstance(value, Secret):
        return value
    if not isinstance(value, str):
        raise ValueError("须是文字（加引号）")
    return Secret(value)


def _duration(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('须是时长，例如 "30s"、"10m"、"2h"、"3d"')
    seconds = float(found.group(1)) * _SECONDS[found.group(2)]
    if seconds > LONGEST.total_seconds():
        raise ValueError(f"须在 {LONGEST.days} 天以内")
    return timedelta(seconds=seconds)


def duration_text(value: timedelta) -> str:
    """A duration as it is written in the file."""
    seconds = value.total_seconds()
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return f"{seconds:g}s"


Texts = Annotated[tuple[str, ...], Field(strict=False)]
"""A list of texts, as TOML gives it."""
SecretText = Annotated[Secret, BeforeValidator(_secret), PlainSerializer(lambda s: s.reveal())]
Duration = Annotated[timedelta, BeforeValidator(_duration), PlainSerializer(duration_text)]


class Part(BaseModel):
    """A section: fixed once read, and nothing in it that is not known."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True, hide_input_in_errors=True
    )


def _address(text: str, *schemes: str) -> SplitResult | None:
    """An address that can be connected to, or None: what urlsplit says of a bad one might show a password."""
    try:
        parts = urlsplit(text)
        return parts if parts.scheme in schemes and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


class Webhook(Part):
    """Where Telegram posts to, when it does."""

    url: str = ""
    listen: str = "0.0.0.0"
    port: int = Field(8443, ge=1, le=65535)
    path: str = "/telegram"
    secret: SecretText = Secret()

    @field_validator("url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and _address(value, "http", "https") is None:
            raise ValueError("须是 https:// 开头的公网地址")
        return value

    @field_validator("path")
    @classmethod
    def _rooted(cls, value: str) -> str:
        if not value.startswith("/"):
            raise ValueError("须以 / 开头")
        return value

    @field_validator("secret")
    @classmethod
    def _allowed(cls, value: Secret) -> Secret:
        if value and not _HOOK_SECRET.fullmatch(value.reveal()):
            raise ValueError("只能用字母、数字、_ 和 -，1 到 256 个（Telegram setWebhook）")
        return value


class TelegramLimits(Part):
    """Telegram's limits (core.telegram.org/bots/faq); a local Bot API server may have others."""

    overall_per_second: int = Field(30, ge=1)
    private_per_second: float = Field(1.0, gt=0)
    private_burst: int = Field(3, ge=1)
    group_per_minute: int = Field(20, ge=1)
    in_flight: int = Field(8, ge=1, le=64)


class Telegram(Part):
    """The bot's token, and how Telegram is reached."""

    token: SecretText = Secret()
    api_base: str = "https://api.telegram.org"
    proxy: SecretText = Secret()
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Webhook()
    limits: TelegramLimits = TelegramLimits()

    @field_validator("token")
    @classmethod
    def _token(cls, value: Secret) -> Secret:
        if value and not _TOKEN.fullmatch(value.reveal()):
            raise ValueError("须是 BotFather 给的完整一串，形如 123456789:AA…")
        return value

    @field_validator("api_base")
    @classmethod
    def _base(cls, value: str) -> str:
        if _address(value, "http", "https") is None:
            raise ValueError("须是 http:// 或 https:// 开头的地址")
        return value.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, value: Secret) -> Secret:
        parts = _address(value.reveal(), "http", "socks5", "socks5h")
        if value and (parts is None or not parts.port):
            raise ValueError("须形如 http://主机:端口 或 socks5://用户:密码@主机:端口")
        if not unquote(value.reveal()).isascii():
            raise ValueError("用户名和密码只能用英文字母、数字和符号")
        return value

    @model_validator(mode="after")
    def _whole_webhook(self) -> "Telegram":
        if self.mode == "webhook" and not (self.webhook.url and self.webhook.secret):
            raise ValueError('mode = "webhook" 时，telegram.webhook.url 与 telegram.webhook.secret 都要填')
        is_telegram = urlsplit(self.api_base).hostname == "api.telegram.org"
        if is_telegram and urlsplit(self.webhook.url).scheme == "http":
            raise ValueError("telegram.webhook.url 须是 https:// 开头（自建 Bot API 服务器才可以用 http://）")
        return self


class Database(Part):
    """Where everything is kept."""

    url: SecretText = Secret("sqlite:///shouwen.sqlite3")

    @field_validator("url")
    @classmethod
    def _known(cls, value: Secret) -> Secret:
        if not value.reveal().startswith(("sqlite://", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("须是 sqlite:///文件 或 postgresql://用户:密码@主机/库名")
        return value


class DeskSettings(Part):
    """The desk's own conventions: the manual names no figures."""

    name: str = Field("首问客服", min_length=1)
    timezone: str = "Asia/Shanghai"
    answer_within: Duration = timedelta(minutes=10)
    acknowledge_after: Duration = timedelta(minutes=3)
    resolve_within: Duration = timedelta(hours=18)
    confirm_within: Duration = timedelta(hours=24)
    reopen_within: Duration = timedelta(hours=72)
    ask_province: bool = True
    provincial_count_toward_region: bool = False

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("不是已知时区，例如 Asia/Shanghai")
        return value


_EVERY_DAY = ("09:00-18:00",)


class Hours(Part):
    """One weekly table of working hours; an empty list is a closed day."""

    monday: Texts = _EVERY_DAY
    tuesday: Texts = _EVERY_DAY
    wednesday: Texts = _EVERY_DAY
    thursday: Texts = _EVERY_DAY
    friday: Texts = _EVERY_DAY
    saturday: Texts = _EVERY_DAY
    sunday: Texts = _EVERY_DAY

    @field_validator(*WEEK)
    @classmethod
    def _in_order(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        spans_of(value)
        return value

    @model_validator(mode="after")
    def _some(self) -> "Hours":
        if not any(getattr(self, day) for day in WEEK):
            raise ValueError("一周里至少要有一段工作时间")
        return self


def spans_of(texts: tuple[str, ...]) -> tuple[Span, ...]:
    """`("09:00-12:00", "13:00-18:00")` as spans; ValueError in the operator's language."""
    spans = [_span(text) for text in texts]
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise ValueError("时段须从早到晚，且不重叠")
    return tuple(spans)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"“{text}”须形如 09:00-18:00")
    hour, minute, last_hour, last_minute = map(int, found.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or not start < end <= DAY_MINUTES:
        raise ValueError(f"“{text}”须从早到晚，在 00:00 与 24:00 之间")
    return Span(start, end)


class RegionSettings(Part):
    """A region with its provinces and its agent group."""

    code: str = Field(min_length=1, pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    provinces: Texts
    group_id: int = Field(0, ge=-LARGEST_ID, le=0)

    @field_validator("provinces")
    @classmethod
    def _short_names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in PROVINCES:
                raise ValueError(f"“{name}”不是省份简称，例如 四川、内蒙古、北京")
        return value


def _region(code: str, name: str, provinces: str) -> RegionSettings:
    return RegionSettings(code=code, name=name, provinces=tuple(provinces.split()))


SEVEN_REGIONS = (
    _region("east", "华东", "江苏 浙江 安徽 福建 江西 山东 上海"),
    _region("south", "华南", "广东 广西 海南 香港 澳门"),
    _region("southwest", "西南", "重庆 四川 贵州 云南 西藏"),
    _region("central", "华中", "河南 湖北 湖南"),
    _region("northeast", "东北", "辽宁 吉林 黑龙江"),
    _region("northwest", "西北", "陕西 甘肃 青海 宁夏 新疆"),
    _region("north", "华北", "北京 天津 河北 山西 内蒙古"),
)
"""The manual names the seven regions; which province belongs where is the trade's convention."""


class StaffSettings(Part):
    """A member of staff; more conveniently imported from a table."""

    telegram_id: int = Field(gt=0, le=LARGEST_ID)
    name: str = Field(min_length=1)
    role: Literal["specialist", "supervisor", "manager"] = "specialist"
    regions: Texts = ()
    provinces: Texts = ()
    capacity: int = Field(12, ge=1, le=MOST_CAPACITY)


class Supervisors(Part):
    """The supervisors' chat."""

    chat_id: int = Field(0, ge=-LARGEST_ID, le=LARGEST_ID)


class Log(Part):
    """What is written to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Settings(Part):
    """Everything that can be set."""

    telegram: Telegram = Telegram()
    database: Database = Database()
    desk: DeskSettings = DeskSettings()
    hours: Hours = Hours()
    regions: tuple[RegionSettings, ...] = Field(SEVEN_REGIONS, strict=False, min_length=1)
    staff: tuple[StaffSettings, ...] = Field((), strict=False)
    supervisors: Supervisors = Supervisors()
    log: Log = Log()

    @field_validator("regions")
    @classmethod
    def _apart(cls, value: tuple[RegionSettings, ...]) -> tuple[RegionSettings, ...]:
        for what in ("code", "name"):
            _no_doubles([getattr(r, what) for r in value], what)
        _no_doubles([p for r in value for p in r.provinces], "provinces")
        return value

    @field_validator("staff")
    @classmethod
    def _each_once(cls, value: tuple[StaffSettings, ...]) -> tuple[StaffSettings, ...]:
        ids = [s.telegram_id for s in value]
        twice = next((i for i in ids if ids.count(i) > 1), None)
        if twice is not None:
            raise ValueError(f"telegram_id {twice} 出现了不止一次")
        return value

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
        return WeeklyHours(tuple(spans_of(getattr(self.hours, day)) for day in WEEK))

    def region_list(self) -> tuple[Region, ...]:
        """The regions as the desk knows them."""
        return tuple(Region(r.code, r.name, r.provinces, r.group_id) for r in self.regions)

    def staff_list(self) -> tuple[Staff, ...]:
        """The staff of the settings as the desk knows them (ids are given when stored)."""
        return tuple(
            Staff(0, s.telegram_id, s.name, Role(s.role), s.regions, s.provinces, s.capacity) for s in self.staff
        )


def _no_doubles(values: list[Any], what: str) -> None:
    twice = next((v for v in values if values.count(v) > 1), None)
    if twice is not None:
        raise ValueError(f"{what} “{twice}”出现在两个大区里")
