"""Secrets are never shown: not by repr, str, format, pickle errors, pydantic's errors or our own."""

import logging
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import Settings, load_settings
from tests.config.test_bad_settings import TOKEN, refusal, written

PASSWORD = "pa55word-for-nobody"
VALUES = {
    "telegram": {
        "token": TOKEN,
        "proxy": f"socks5://me:{PASSWORD}@10.0.0.1:1080",
        "mode": "webhook",
        "webhook": {"url": "https://desk.example", "secret": PASSWORD},
    },
    "database": {"url": f"postgresql://me:{PASSWORD}@db/desk"},
}


def is_told(text: str) -> bool:
    return PASSWORD in text or TOKEN in text or TOKEN.partition(":")[2] in text


def test_settings_print_without_their_secrets(caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings.model_validate(VALUES)
    log = logging.getLogger("test")
    with caplog.at_level(logging.DEBUG):
        log.info("%s %r", settings, settings)
        log.info("%s %r", settings.telegram.token, settings.database.url)
    shown = [caplog.text, repr(settings), str(settings), f"{settings}", f"{settings.telegram!r}"]
    shown += [f"{secret}{secret!r}" for secret in (settings.telegram.token, settings.telegram.webhook.secret)]
    assert not any(is_told(text) for text in shown)
    assert "***" in shown[0]
    assert settings.telegram.token.reveal() == TOKEN


BAD = [
    {"telegram": {**VALUES["telegram"], "token": f" {TOKEN}"}},
    {"telegram": {**VALUES["telegram"], "token": [TOKEN]}},
    {"telegram": TOKEN},
    {"telegram": [TOKEN]},
    {"telegram": {**VALUES["telegram"], "proxy": f"socks5://me:{PASSWORD}@h:p"}},
    {"telegram": {**VALUES["telegram"], "proxy": f"http://me:{PASSWORD}@[h:1"}},
    {"telegram": {**VALUES["telegram"], "proxy": f"http://me:{PASSWORD}@\u2100.example:1"}},
    {"telegram": {**VALUES["telegram"], "api_base": f"ftp://me:{PASSWORD}@h"}},
    {"telegram": {**VALUES["telegram"], "webhook": {"secret": f"{PASSWORD} !"}}},
    {"telegram": {**VALUES["telegram"], "webhook": {"url": "", "secret": PASSWORD}}},
    {"telegram": {**VALUES["telegram"], "tokenn": TOKEN}},
    {"database": {"url": f"mysql://me:{PASSWORD}@db/desk"}},
    {"database": f"postgresql://me:{PASSWORD}@db/desk"},
    {"database": {"url": {"password": PASSWORD}}},
    {**VALUES, "desk": {"name": ""}},
]  # fmt: skip


@pytest.mark.parametrize("values", BAD, ids=range(len(BAD)))
def test_no_error_shows_a_secret(values: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as raw:
        Settings.model_validate(values)
    assert not is_told(str(raw.value))
    assert not is_told(repr(raw.value))


BAD_TEXTS = [
    f"telegram = '{TOKEN}'",
    f"database = 'postgresql://me:{PASSWORD}@db/desk'",
    f"[telegram]\ntoken = '{TOKEN} '",
    f"[telegram]\ntoken = {TOKEN}",
    f"[telegram]\ntoken = '{TOKEN}\nmode = 'x'",
    f"[telegram]\nproxy = 'socks5://me:{PASSWORD}@h:p'",
    f"[telegram]\napi_base = 'ftp://me:{PASSWORD}@h'",
    f"[telegram.webhook]\nsecret = '{PASSWORD} !'",
    f"[database]\nurl = 'mysql://me:{PASSWORD}@db/desk'",
    f"[database]\nurl = ['postgresql://me:{PASSWORD}@db/desk']",
]


@pytest.mark.parametrize("text", BAD_TEXTS)
def test_the_line_that_an_operator_reads_shows_no_secret(text: str, tmp_path: Path) -> None:
    assert not is_told(refusal(written(tmp_path, text)))


def test_a_refusal_carries_no_hidden_cause_that_a_traceback_would_print(tmp_path: Path) -> None:
    from bot.config import SettingsError

    with pytest.raises(SettingsError) as told:
        load_settings(written(tmp_path, f"[database]\nurl = 'mysql://me:{PASSWORD}@db/desk'"), {})
    assert told.value.__suppress_context__
    assert told.value.__cause__ is None
