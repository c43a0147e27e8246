"""`outbox`: dead letters are listed without anybody's words, tried again, or given up."""

from datetime import UTC, datetime

from bot.desk.outgoing import Outgoing, Private, SayText
from bot.usecases.ports import RowState, Work
from tests.cli.rig import Desk

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def a_dead_letter(work: Work) -> int:
    row_id = work.outbox.add(Outgoing(Private(3001), SayText("我的手机是19000030002"), case_id=4), at=NOON)
    work.outbox.kill(row_id, at=NOON, reason="文字太长")
    return row_id


def state(desk: Desk, row_id: int) -> RowState:
    row = desk.work(lambda work: work.outbox.get(row_id))
    assert row is not None
    return RowState(row.state)


def test_everything_was_delivered(desk: Desk) -> None:
    assert desk.run("outbox").out == "共 0 条未送达，0 条待发送。\n"


def test_the_list_names_case_chat_and_reason_and_no_words(desk: Desk) -> None:
    row_id = desk.work(a_dead_letter)
    told = desk.run("outbox")
    first, last = told.out.splitlines()
    assert first.split("\u3000") == [
        f"编号 {row_id}", "2026-11-23 12:00:00", "工单 #4", "会话 3001", "SayText", "文字太长",
    ]  # fmt: skip
    assert last == "共 1 条未送达，0 条待发送。用 --retry ID 再发一次，--drop ID 放弃。"
    assert "19000030002" not in told.out


def test_one_is_queued_again(desk: Desk) -> None:
    row_id = desk.work(a_dead_letter)
    told = desk.run("outbox", "--retry", str(row_id))
    assert (told.code, told.out) == (0, f"编号 {row_id} 已重新排队，运行中的客服台会再发一次。\n")
    assert state(desk, row_id) is RowState.QUEUED


def test_one_is_given_up_and_stays_on_record(desk: Desk) -> None:
    row_id = desk.work(a_dead_letter)
    told = desk.run("outbox", "--drop", str(row_id))
    assert (told.code, told.out) == (0, f"编号 {row_id} 已放弃。\n")
    assert state(desk, row_id) is RowState.DROPPED
    assert desk.run("outbox").out == "共 0 条未送达，0 条待发送。\n"


def test_what_is_no_dead_letter_is_left_alone(desk: Desk) -> None:
    queued = desk.work(lambda work: work.outbox.add(Outgoing(Private(3001), SayText("好")), at=NOON))
    for option in ("--retry", "--drop"):
        for number in (queued, 999):
            told = desk.run("outbox", option, str(number))
            assert (told.code, told.out) == (1, f"没有编号 {number} 的未送达消息；不带选项运行可列出全部。\n")
    assert state(desk, queued) is RowState.QUEUED
