"""Settings: how Telegram and the database are reached."""

import re
from typing import Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, field_validator, model_validator

from bot.config_models.parts import Part, Secret, SecretText, address

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
_HOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


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
        if value and address(value, "http", "https") is None:
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
        if address(value, "http", "https") is None:
            raise ValueError("须是 http:// 或 https:// 开头的地址")
        return value.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, value: Secret) -> Secret:
        parts = address(value.reveal(), "http", "socks5", "socks5h")
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
