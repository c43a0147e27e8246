"""Handlers do not speak: of all methods of the Bot API only answers to the update in hand and set-up pass."""

import asyncio
from typing import Any

import aiogram.methods
import pytest
from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Message

from bot.handlers.fence import ALLOWED, Fence, SpokeInHandler, refuse_returned
from bot.handlers.worker import Worker
from bot.usecases.ports import InboxRow
from tests.cast import MONDAY_10, TOKEN

METHODS = [
    kind
    for kind in (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    if isinstance(kind, type) and issubclass(kind, TelegramMethod) and kind is not TelegramMethod
]
MAY_PASS = {
    "AnswerCallbackQuery", "SendChatAction", "GetFile", "GetMe", "GetChat", "GetChatMember", "GetWebhookInfo",
    "SetWebhook", "DeleteWebhook", "SetMyCommands",
}  # fmt: skip


def test_the_table_holds_every_method_of_the_library() -> None:
    assert len(METHODS) > 150
    assert {kind.__name__ for kind in ALLOWED} == MAY_PASS


@pytest.mark.parametrize("kind", METHODS, ids=lambda kind: kind.__name__)
async def test_every_other_method_is_stopped_before_it_is_called(kind: type[TelegramMethod[Any]]) -> None:
    called = []

    async def make_request(bot: Bot, method: TelegramMethod[Any]) -> Any:
        called.append(method)

    bot, method = Bot(TOKEN), kind.model_construct()
    if kind.__name__ in MAY_PASS:
        await Fence()(make_request, bot, method)
        assert called == [method]
    else:
        with pytest.raises(SpokeInHandler, match=kind.__name__):
            await Fence()(make_request, bot, method)
        assert called == []
    await bot.session.close()


def test_a_disguise_does_not_help() -> None:
    class GetMe(SendMessage):
        """A message under another's name."""

    assert GetMe not in ALLOWED
    with pytest.raises(SpokeInHandler):
        refuse_returned(GetMe(chat_id=1, text="x"))


async def speak_by_return(message: Message) -> TelegramMethod[Any]:
    return SendMessage(chat_id=message.chat.id, text="x")


async def speak_at_once(message: Message) -> None:
    await message.answer("x")


async def say_nothing(message: Message) -> str:
    return "a string is no method"


RAW = '{"update_id": 7, "message": {"message_id": 1, "date": 1, "text": "x", "chat": {"id": 5, "type": "private"}}}'


class Recorder:
    """Stands in for the desk: keeps the verbs that the worker runs."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, dict[str, Any]]] = []

    async def run(self, verb: Any, /, **kwargs: Any) -> Any:
        self.ran.append((verb.__name__, kwargs))
        if verb.__name__ != "lease_updates":
            return None
        is_first = len(self.ran) == 1
        return [InboxRow(7, "5", RAW, 0, MONDAY_10)] if is_first else []

    def verbs(self) -> list[str]:
        return [name for name, _ in self.ran if name != "lease_updates"]


@pytest.mark.parametrize(
    ("handler", "verb", "words"),
    [
        (speak_by_return, "fail_update", "SendMessage was returned by a handler"),
        (speak_at_once, "fail_update", "SendMessage must go through the outbox"),
        (say_nothing, "finish_update", ""),
    ],
)
async def test_a_handler_that_speaks_has_failed_and_the_update_is_kept(handler: Any, verb: str, words: str) -> None:
    desk, bot, dispatcher, stop = Recorder(), Bot(TOKEN), Dispatcher(disable_fsm=True), asyncio.Event()
    bot.session.middleware(Fence())
    dispatcher.message.register(handler)
    worker = Worker(bot, dispatcher, desk.run)
    running = asyncio.create_task(worker.run(stop))
    async with asyncio.timeout(10):
        while not desk.verbs():  # noqa: ASYNC110  # the worker tells nobody what it did but the desk
            await asyncio.sleep(0)
    stop.set()
    await running
    await bot.session.close()
    assert desk.verbs() == [verb]
    assert words in str(desk.ran[1:])
