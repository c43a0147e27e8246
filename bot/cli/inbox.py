"""`inbox`: the updates that could not be handled and were set aside; look at one, or have it tried again."""

import argparse
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from bot.usecases.ports import InboxRow, Work

_CLASS = re.compile(r"(?:\w+\.)*[A-Z]\w+(?=:|$)")


def add_options(parser: argparse.ArgumentParser) -> None:
    """One update to look at, or to try again."""
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--show", type=int, metavar="N", help="显示编号 N 的原文与出错经过")
    chosen.add_argument("--again", type=int, metavar="N", help="把编号 N 重新放回去，运行中的客服台会再处理一次")


def main(options: argparse.Namespace) -> int:
    """List (newest first), show or retry; exit code 1 when the number is none of them."""
    from bot.app.database import open_storage
    from bot.app.desk import SystemClock
    from bot.cli.settings import read_settings

    settings = read_settings(options)
    storage = open_storage(settings)
    try:
        if options.again is not None:
            return storage.run_now(lambda work: _again(work, options.again, SystemClock().now()))
        rows: Sequence[InboxRow] = storage.run_now(lambda work: work.inbox.dead(limit=1000))
    finally:
        storage.close()
    return _show(rows, options.show) if options.show is not None else _list(rows, settings.zone())


def _list(rows: Sequence["InboxRow"], zone: ZoneInfo) -> int:
    for row in rows:
        at = row.received_at.astimezone(zone)
        print(f"编号 {row.update_id}　{at:%Y-%m-%d %H:%M:%S}　试过 {row.attempts} 次　{_kind(row.error)}")
    more = "用 --show N 看原文与出错经过，--again N 再试一次。" if rows else ""
    print(f"共 {len(rows)} 条另存的更新。{more}")
    return 0


def _kind(error: str) -> str:
    """The error's class alone: its words may quote what people wrote."""
    raised = [found[0] for line in error.splitlines() if (found := _CLASS.match(line))]
    return raised[-1].rpartition(".")[2] if raised else ""


def _show(rows: Sequence["InboxRow"], update_id: int) -> int:
    row = next((r for r in rows if r.update_id == update_id), None)
    if row is None:
        return _unknown(update_id)
    print(row.raw)
    print(row.error)
    return 0


def _again(work: "Work", update_id: int, now: datetime) -> int:
    if not work.inbox.revive(update_id, at=now):
        return _unknown(update_id)
    print(f"编号 {update_id} 已放回，运行中的客服台会再处理一次。")
    return 0


def _unknown(update_id: int) -> int:
    print(f"没有编号 {update_id} 的另存更新；不带选项运行可列出全部。")
    return 1
