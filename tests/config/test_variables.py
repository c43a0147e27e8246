"""Environment variables lie over the file, for every key; what is wrong in one is told with its name."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings, load_settings
from bot.desk.review import Criterion
from tests.config.test_bad_settings import TOKEN, refusal, written
from tests.config.test_example_file import keys_of

VALUES: dict[str, tuple[str, Any]] = {
    "telegram.token": (TOKEN, TOKEN),
    "telegram.api_base": ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
    "telegram.proxy": ("socks5://me:pw@10.0.0.1:1080", "socks5://me:pw@10.0.0.1:1080"),
    "telegram.mode": ("polling", "polling"),
    "telegram.webhook.url": ("https://desk.example/hook", "https://desk.example/hook"),
    "telegram.webhook.listen": ("127.0.0.1", "127.0.0.1"),
    "telegram.webhook.port": ("443", 443),
    "telegram.webhook.path": ("/42", "/42"),
    "telegram.webhook.secret": ("12345", "12345"),
    "telegram.limits.overall_per_second": ("7", 7),
    "telegram.limits.private_per_second": ("0.5", 0.5),
    "telegram.limits.private_burst": ("2", 2),
    "telegram.limits.group_per_minute": ("9", 9),
    "telegram.limits.in_flight": ("1", 1),
    "database.url": ("sqlite:////tmp/x.sqlite3", "sqlite:////tmp/x.sqlite3"),
    "desk.name": ("2026", "2026"),
    "desk.timezone": ("Asia/Urumqi", "Asia/Urumqi"),
    "desk.answer_within": ("1h", "1h"),
    "desk.acknowledge_after": ("30s", "30s"),
    "desk.resolve_within": ("3d", "3d"),
    "desk.confirm_within": ("90m", "90m"),
    "desk.reopen_within": ("1.5d", "36h"),
    "desk.reassign_after": ("45m", "45m"),
    "desk.ask_province": ("false", False),
    "desk.provincial_count_toward_region": ("true", True),
    **{f"hours.{day}": ('["10:00-11:00"]', ("10:00-11:00",)) for day in
       ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")},
    "calendar.decree": ("none", "none"),
    "calendar.holidays": ('["2026-12-31 盘点"]', ("2026-12-31 盘点",)),
    "calendar.workdays": ('["2026-02-15"]', ("2026-02-15",)),
    "calendar.holiday_hours": ('["10:00-12:00"]', ("10:00-12:00",)),
    "calendar.workday_like": ("friday", "friday"),
    "supervisors.chat_id": ("-1001", -1001),
    **{f"lint.{key}": ("off", "off") for key in
       ("rigid", "impatient", "shirk", "blame", "informal_you", "overpromise", "private", "leak", "courtesy")},
    "ownership.accept_within": ("1h", "1h"),
    "ownership.alert_at_transfer": ("2", 2),
    "ownership.confirm_closing_within": ("1d", "1d"),
    "ownership.assist_choices": ('["1h"]', ("1h",)),
    "ownership.assist_alert_after": ("30m", "30m"),
    "sla.warn_left": ("0.5", 0.5),
    "sla.manager_after": ("1h", "1h"),
    "sla.ask_again_after": ("2d", "2d"),
    "sla.close_after": ("3d", "3d"),
    "digest.to": ("chat", "chat"),
    "reports.roles": ('["manager"]', ("manager",)),
    "reports.chat_id": ("-1002", -1002),
    "log.level": ("DEBUG", "DEBUG"),
    "attendance.leave_approver": ("supervisor", "supervisor"),
    "follow_up.salt": ("2027", "2027"),
    "improvement.due_within": ("9d", "9d"),
}  # fmt: skip


def another(value: object) -> tuple[str, object] | None:
    """A value of the same shape that differs: a length of time, a time of day, a yes or no, a number; else None."""
    match value:
        case str() if re.fullmatch(r"\d+[smhd]", value):
            return ("7m", "7m")
        case str() if re.fullmatch(r"\d\d:\d\d", value):
            return ("10:10", "10:10")
        case bool():
            return (str(not value).lower(), not value)
        case int():
            return (str(value + 1), value + 1)
        case float():
            return (str(value / 2 or 0.5), value / 2 or 0.5)
    return None


def variable(key: str) -> str:
    return "SHOUWEN_" + key.replace(".", "__").upper()


def value_of(settings: Settings, key: str) -> Any:
    return value_in(settings.model_dump(), key)


def value_in(found: Any, key: str) -> Any:
    for part in key.split("."):
        found = found[part]
    return found


KEYS = [key for key in keys_of(Settings) if "[]" not in key]
VALUES |= {
    key: other for key in KEYS if key not in VALUES and (other := another(value_of(Settings(), key))) is not None
}


BALANCED = {f"review.{each.value}" for each in Criterion}
"""Their sum is fixed: when one goes up by one, another is set to one less."""


@pytest.mark.parametrize("key", VALUES)
def test_a_variable_overrides_the_file(tmp_path: Path, key: str) -> None:
    text, meant = VALUES[key]
    other = next(iter(sorted(BALANCED - {key}))) if key in BALANCED else None
    also = {variable(other): str(value_of(Settings(), other) - 1)} if other else {}
    settings = load_settings(None, {variable(key): text, **also})
    assert value_of(settings, key) == meant
    found, usual = settings.model_dump(), Settings().model_dump()
    assert {k for k in VALUES if value_in(found, k) != value_in(usual, k)} <= {key, other}


def test_every_key_outside_of_lists_can_be_set_by_a_variable() -> None:
    assert set(VALUES) == set(KEYS)


def test_the_variable_wins_over_the_file_and_leaves_its_neighbours(tmp_path: Path) -> None:
    file = written(tmp_path, "[desk]\nname = '甲'\nanswer_within = '5m'")
    settings = load_settings(file, {"SHOUWEN_DESK__NAME": "乙", "PATH": "/bin", "shouwen_log__level": "ERROR"})
    assert (settings.desk.name, value_of(settings, "desk.answer_within"), settings.log.level) == ("乙", "5m", "ERROR")


def test_whole_lists_of_sections_are_written_as_toml() -> None:
    settings = load_settings(
        None,
        {
            "SHOUWEN_REGIONS": '[{code = "west", name = "西部", provinces = ["四川", "西藏"], group_id = -1001}]',
            "SHOUWEN_STAFF": '[{telegram_id = 7, name = "林", regions = ["west"]}]',
        },
    )
    assert [(r.code, r.provinces, r.group_id) for r in settings.regions] == [("west", ("四川", "西藏"), -1001)]
    assert [(s.telegram_id, s.regions) for s in settings.staff] == [(7, ("west",))]


WRONG = {
    ("SHOUWEN_TOKEN", TOKEN): "不认识的设置 token",
    ("SHOUWEN_TELEGRAM__TOKE", TOKEN): "telegram.toke，是不是 token",
    ("SHOUWEN_TELEGRAM__TOKEN", "short"): "telegram.token",
    ("SHOUWEN_TELEGRAM", TOKEN): "须是一节设置",
    ("SHOUWEN_TELEGRAM__WEBHOOK__PORT", "many"): "telegram.webhook.port “many”不对：须是整数",
    ("SHOUWEN_DESK__ASK_PROVINCE", "True"): "须是 true 或 false",
    ("SHOUWEN_HOURS__MONDAY", "09:00-18:00"): "须是列表",
    ("SHOUWEN_REGIONS__0__GROUP_ID", "-100"): "regions 不对：须是列表",
    ("SHOUWEN_REGIONS", '[{code = "a", name = "甲"}]'): "regions.第1项.provinces",
    ("SHOUWEN_LOG__LEVEL__X", "1"): "log.level",
    ("SHOUWEN_", "1"): "不认识的设置",
}


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_is_wrong_in_a_variable_is_told_with_its_name(name: str, value: str) -> None:
    line = refusal(None, {name: value})
    assert f"环境变量 {name}：" in line
    assert WRONG[name, value] in line
    assert TOKEN not in line


def test_a_variable_below_a_list_of_the_file_says_how_to_write_it(tmp_path: Path) -> None:
    file = written(tmp_path, "[[regions]]\ncode='a'\nname='甲'\nprovinces=[]")
    assert "请把整个列表写成 TOML" in refusal(file, {"SHOUWEN_REGIONS__0__GROUP_ID": "-100"})
