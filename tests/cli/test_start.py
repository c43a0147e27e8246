"""What keeps the desk from starting is one line, exit code 1, no traceback and no secret."""

import re
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.__main__ import main
from bot.cli.told import TOLD, is_told
from bot.desk.outgoing import Outgoing, Private, SayText
from bot.sandbox.server import make_app
from tests.cast import CHEN, STAFF, TOKEN, make_world
from tests.cli.rig import Desk
from tests.process import run_bot, write_config

STRANGE = "1000000009:this-token-is-nobodys-and-never-was-000"
PASSWORD = "pa55word-for-nobody"
LEADERS = [person for person in STAFF if person["role"] != "specialist"]


def told_by(code: int, out: str, err: str) -> str:
    """The one line that a command ends with."""
    assert code == 1, err
    (line,) = err.splitlines()
    assert line.startswith("错误：")
    for secret in (STRANGE, TOKEN, PASSWORD):
        assert secret not in out + err
    return line


def refusal(folder: Desk, command: str, **sections: Any) -> str:
    """What a command says over these settings, in this process."""
    values: dict[str, Any] = {"telegram": {"token": TOKEN, "api_base": "http://127.0.0.1:9"}, "staff": LEADERS}
    write_config(folder.config, {**values, "database": {"url": folder.url}, **sections})
    told = folder.run(command)
    return told_by(told.code, told.out, told.err)


@pytest.mark.parametrize("roles", [["hear"], ["speak"], ["hear", "speak", "tick"]], ids="-".join)
async def test_a_token_that_telegram_does_not_know_stops_every_role(desk: Desk, roles: list[str]) -> None:
    desk.work(lambda work: work.outbox.add(Outgoing(Private(CHEN), SayText("您好")), at=datetime.now(UTC)))
    async with TestServer(make_app(make_world())) as server:
        telegram = {"token": STRANGE, "api_base": str(server.make_url("")).rstrip("/")}
        values = {"telegram": telegram, "database": {"url": desk.url}, "staff": LEADERS, "log": {"level": "ERROR"}}
        write_config(desk.config, values)
        arguments = [part for role in roles for part in ("--role", role)]
        code, out, err = await run_bot("run", "--config", desk.config, *arguments)
    assert code == 1
    assert "Traceback" not in err
    assert err.splitlines()[-1].startswith("错误：")
    assert "token" in err.splitlines()[-1]
    assert STRANGE not in out + err
    assert desk.work(lambda work: work.outbox.waiting(datetime.now(UTC))) == 1


def test_no_token_is_told_alone_and_before_anything_is_begun(desk: Desk) -> None:
    desk.database.unlink()
    assert "telegram.token 未填" in refusal(desk, "run", telegram={"api_base": "http://127.0.0.1:9"})


def test_a_database_that_was_never_migrated(desk: Desk) -> None:
    desk.database.unlink()
    assert "python -m bot migrate" in refusal(desk, "run")


UNREACHABLE = {
    "postgresql://me:{password}@127.0.0.1:9/desk": "连不上数据库 PostgreSQL 127.0.0.1:9/desk",
    "postgresql://me:{password}@127.0.0.1:port/desk": "database.url 无法识别",
    "postgresql://me:x/{password}@127.0.0.1:9/desk": "连不上数据库 PostgreSQL 127.0.0.1:9/desk",
    "postgresql://me:{password}@[::1/desk": "database.url 无法识别",
    "postgresql://": "数据库",
    "sqlite:////nowhere/at/all/desk.sqlite3": "连不上数据库 SQLite 文件 /nowhere/at/all/desk.sqlite3",
    "sqlite:///{folder}": "连不上数据库 SQLite 文件",
    "sqlite:///{folder}/picture.jpg": "连不上数据库 SQLite 文件",
    "mysql://me:{password}@h/desk": "database.url 不对",
}


@pytest.mark.parametrize("command", ["run", "migrate", "inbox"])
@pytest.mark.parametrize(("url", "words"), UNREACHABLE.items())
def test_a_database_that_cannot_be_used(desk: Desk, command: str, url: str, words: str) -> None:
    desk.file("picture.jpg", b"\xff\xd8 no database, but long enough to be looked at" * 9)
    told = refusal(desk, command, database={"url": url.format(password=PASSWORD, folder=desk.folder)})
    assert words in told


def test_nobody_on_the_staff(desk: Desk) -> None:
    assert "还没有登记任何同事" in refusal(desk, "run", staff=[])


def test_more_staff_than_the_manual_allows(desk: Desk) -> None:
    managers = [{"telegram_id": n, "name": f"经理{n}", "role": "manager"} for n in (1, 2)]
    assert "与部门手册不符：经理只能有 1 人，现有 经理1、经理2" in refusal(desk, "run", staff=managers)


def test_settings_that_are_wrong_are_named_with_their_file(desk: Desk) -> None:
    told = refusal(desk, "run", desk={"nmae": "首问"})
    assert told == f"错误：{desk.config}：不认识的设置 desk.nmae，是不是 name？"


def test_a_variable_that_is_wrong_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWEN_TELEGRAM__TOKEN", f"{STRANGE} ")
    assert refusal(desk, "run").startswith("错误：环境变量 SHOUWEN_TELEGRAM__TOKEN：telegram.token 不对")


def test_a_file_of_settings_that_is_not_there(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--config", str(desk.folder / "nowhere.toml")]) == 1
    assert "没有这个文件" in capsys.readouterr().err


def test_config_toml_is_read_when_it_is_there_and_nothing_is_needed_when_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk.folder)
    assert main(["inbox"]) == 0
    desk.config.write_text("[desk]\nnmae = ''\n", encoding="utf-8")
    assert main(["inbox"]) == 1
    assert capsys.readouterr().err == "错误：config.toml：不认识的设置 desk.nmae，是不是 name？\n"
    desk.config.unlink()
    desk.database.rename(desk.folder / "shouwen.sqlite3")
    assert main(["inbox"]) == 0


def test_migrate_names_what_it_applied_and_twice_changes_nothing(desk: Desk) -> None:
    desk.database.unlink()
    first = desk.run("migrate")
    assert first.code == 0
    *applied, last = first.out.splitlines()
    assert applied[0] == "已应用 0001 客服台开张：同事、门店、工单、消息、事件、收发队列、提醒"
    assert all(re.fullmatch(r"已应用 \d{4} [\u4e00-\u9fff].+", line) for line in applied), (
        "storage/migrations/told.toml"
    )
    assert last == "数据库已是最新。"
    assert desk.run("migrate").out == "数据库已是最新。\n"


def test_a_database_that_is_newer_than_the_program_is_told(desk: Desk) -> None:
    with sqlite3.connect(desk.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "数据库比程序新" in refusal(desk, "run")
    assert "数据库比程序新" in refusal(desk, "migrate")


async def test_an_error_that_nobody_foresaw_keeps_its_traceback() -> None:
    assert not is_told(KeyError("x"))


@pytest.mark.parametrize(("module", "name"), TOLD)
def test_every_error_that_is_told_exists_and_is_known(module: str, name: str) -> None:
    __import__(module)
    kind = getattr(sys.modules[module], name)
    assert is_told(kind.__new__(kind))


async def test_one_real_process_without_a_traceback(tmp_path: Path) -> None:
    write_config(tmp_path / "c.toml", {"database": {"url": f"postgresql://me:{PASSWORD}@127.0.0.1:9/desk"}})
    assert "连不上数据库" in told_by(*await run_bot("migrate", "--config", tmp_path / "c.toml"))


def test_a_database_in_which_somebody_elses_table_is_in_the_way_is_told(desk: Desk) -> None:
    desk.database.unlink()
    with sqlite3.connect(desk.database) as connection:
        connection.execute("CREATE TABLE staff (id INTEGER)")
    assert f"数据库表无法升级 SQLite 文件 {desk.database}" in refusal(desk, "migrate")
