"""Pictures and files: made beside the loop, shown or sent as what they are; what cannot be made is surely not sent."""

import threading
from typing import Any

from bot.delivery.courier import TelegramCourier, make_bot
from bot.desk.message import MessageRef
from bot.desk.outgoing import ReportKind, SendReport
from bot.desk.report import Matter, Printed, SheetTable, Workbook
from bot.desk.script import Rendered
from bot.desk.verdict import Delivered, Parcel, Refused, Verdict
from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, LIN, TOKEN, G

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]

WORDS = Rendered("十月 <考勤>", "<b>十月</b> &lt;考勤&gt;")
MATTER = Workbook('十月"汇总".xlsx', (SheetTable("汇总", ("姓名",), (("林晓",),)),), WORDS)


async def deliver(
    base: str, printer: Any, chat: int, *, is_plain: bool = False, ref: MessageRef | None = None
) -> Verdict:
    courier = TelegramCourier(make_bot(TOKEN, base), printer)
    try:
        act = SendReport(ReportKind.ATTENDANCE, "2026-10-01", reply_to=ref)
        return await courier.deliver(Parcel(1, chat, None, act, is_plain=is_plain, matter=MATTER))
    finally:
        await courier.close()


def printer(*, is_picture: bool, threads: list[str] | None = None) -> Any:
    def made(matter: Matter) -> Printed:
        if threads is not None:
            threads.append(threading.current_thread().name)
        return Printed(matter.name, b"\x89PNG what was made", is_picture=is_picture)

    return made


async def test_a_file_arrives_under_its_name_with_its_words(telegram_world: World, telegram_base: str) -> None:
    threads: list[str] = []
    said = await deliver(telegram_base, printer(is_picture=False, threads=threads), CHEN)
    message = telegram_world.history(CHEN)[-1]
    assert said == Delivered(message["message_id"])
    assert (message["document"]["file_name"], message["caption"]) == (MATTER.name, "十月 <考勤>")
    assert [e["type"] for e in message["caption_entities"]] == ["bold"]
    assert telegram_world.realm.files[message["document"]["file_id"]].data == b"\x89PNG what was made"
    assert threads != [threading.main_thread().name], "drawing takes long: never on the loop"


async def test_a_picture_is_shown_as_a_reply_and_plain_when_markup_was_refused(
    telegram_world: World, telegram_base: str
) -> None:
    asked = telegram_world.user_writes(LIN, G, "/roster")
    ref = MessageRef(G, asked["message_id"])
    assert isinstance(await deliver(telegram_base, printer(is_picture=True), G, is_plain=True, ref=ref), Delivered)
    message = telegram_world.history(G)[-1]
    assert "photo" in message and "caption_entities" not in message
    assert message["reply_to_message"]["message_id"] == asked["message_id"]


async def test_what_cannot_be_made_is_refused_and_surely_not_sent(telegram_world: World, telegram_base: str) -> None:
    """An exception on the way to the call is no unknown outcome: it would be tried, and told, twice."""

    def broken(matter: Matter) -> Printed:
        raise OSError("no font")

    before = len(telegram_world.history(CHEN))
    assert await deliver(telegram_base, broken, CHEN) == Refused("cannot_be_written")
    assert await deliver(telegram_base, None, CHEN) == Refused("cannot_be_written")
    assert len(telegram_world.history(CHEN)) == before
