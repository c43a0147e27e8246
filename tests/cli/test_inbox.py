"""`inbox`: what was set aside can be looked at and tried again; the list itself shows nobody's words."""

import json
from datetime import UTC, datetime

from bot.usecases.ports import Work
from tests.cli.rig import Desk

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
RAW = json.dumps({"update_id": 7, "message": {"text": "我的手机是19000030002"}}, ensure_ascii=False)
ERROR = """Traceback (most recent call last):
  File "x.py", line 1, in <module>
pydantic_core._pydantic_core.ValidationError: 1 validation error for Update
message.text
  Input should be a valid string [type=string_type, input_value='我的手机是19000030002']
"""


def set_aside(work: Work) -> None:
    work.inbox.store([(7, "3001", RAW), (8, "3001", "{}")], at=NOON)
    work.inbox.failed(7, error=ERROR, not_before=None, at=NOON)


def test_nothing_is_set_aside(desk: Desk) -> None:
    assert desk.run("inbox").out == "共 0 条另存的更新。\n"


def test_the_list_names_number_time_and_kind_of_error_and_no_words(desk: Desk) -> None:
    desk.work(set_aside)
    told = desk.run("inbox")
    first, last = told.out.splitlines()
    assert first.split("\u3000") == ["编号 7", "2026-11-23 12:00:00", "试过 1 次", "ValidationError"]
    assert last == "共 1 条另存的更新。用 --show N 看原文与出错经过，--again N 再试一次。"
    assert "19000030002" not in told.out


def test_one_is_shown_with_its_words_and_its_error(desk: Desk) -> None:
    desk.work(set_aside)
    told = desk.run("inbox", "--show", "7")
    assert told.code == 0
    assert told.out == f"{RAW}\n{ERROR}\n"


def test_one_is_tried_again(desk: Desk) -> None:
    desk.work(set_aside)
    assert desk.run("inbox", "--again", "7").out == "编号 7 已放回，运行中的客服台会再处理一次。\n"
    assert desk.work(lambda work: (len(work.inbox.dead()), work.inbox.waiting())) == (0, 2)


def test_a_number_that_is_not_there_is_told(desk: Desk) -> None:
    desk.work(set_aside)
    for option in ("--show", "--again"):
        told = desk.run("inbox", option, "8")
        assert (told.code, told.out) == (1, "没有编号 8 的另存更新；不带选项运行可列出全部。\n")
