"""`outbox`: what could not be delivered, and why; have one tried again, or give it up."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from bot.usecases.ports import OutboxRow, Work


def add_options(parser: argparse.ArgumentParser) -> None:
    """One dead letter to try again, or to give up."""
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--retry", type=int, metavar="ID", help="把编号 ID 重新排队，运行中的客服台会再发一次")
    chosen.add_argument("--drop", type=int, metavar="ID", help="放弃编号 ID，不再列出（记录保留）")


def main(options: argparse.Namespace) -> int:
    """List (newest first), retry or drop; exit code 1 when the number is no dead letter."""
    from bot.app.database import open_storage
    from bot.app.desk import SystemClock
    from bot.cli.settings import read_settings

    settings, now = read_settings(options), SystemClock().now()
    storage = open_storage(settings)
    try:
        if options.retry is not None:
            return storage.run_now(lambda work: _retry(work, options.retry, now))
        if options.drop is not None:
            return storage.run_now(lambda work: _drop(work, options.drop, now))
        rows: Sequence[OutboxRow] = storage.run_now(lambda work: work.outbox.dead(limit=1000))
        waiting: int = storage.run_now(lambda work: work.outbox.waiting(now))
    finally:
        storage.close()
    return _list(rows, waiting, settings.zone())


def _list(rows: Sequence["OutboxRow"], waiting: int, zone: ZoneInfo) -> int:
    """Whose, what and why: nobody's words."""
    for row in rows:
        at, act = row.queued_at.astimezone(zone), type(row.outgoing.act).__name__
        case = f"工单 #{row.outgoing.case_id}" if row.outgoing.case_id is not None else "无工单"
        print(f"编号 {row.id}　{at:%Y-%m-%d %H:%M:%S}　{case}　会话 {row.outgoing.to.chat_id}　{act}　{row.reason}")
    more = "用 --retry ID 再发一次，--drop ID 放弃。" if rows else ""
    print(f"共 {len(rows)} 条未送达，{waiting} 条待发送。{more}")
    return 0


def _retry(work: "Work", row_id: int, now: datetime) -> int:
    if not work.outbox.revive(row_id, at=now):
        return _unknown(row_id)
    print(f"编号 {row_id} 已重新排队，运行中的客服台会再发一次。")
    return 0


def _drop(work: "Work", row_id: int, now: datetime) -> int:
    from bot.usecases.ports import RowState

    row = work.outbox.get(row_id)
    if row is None or row.state is not RowState.DEAD:
        return _unknown(row_id)
    work.outbox.drop(row_id, at=now)
    print(f"编号 {row_id} 已放弃。")
    return 0


def _unknown(row_id: int) -> int:
    print(f"没有编号 {row_id} 的未送达消息；不带选项运行可列出全部。")
    return 1
