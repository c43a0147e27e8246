"""The fence: handlers do not speak. Only answers to the update in hand and set-up calls may skip the outbox."""

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    GetChat,
    GetChatMember,
    GetFile,
    GetMe,
    GetWebhookInfo,
    SendChatAction,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.methods.base import Response, TelegramType

ALLOWED = (
    AnswerCallbackQuery, SendChatAction, GetFile, GetMe, GetChat, GetChatMember, GetWebhookInfo, SetWebhook,
    DeleteWebhook, SetMyCommands,
)  # fmt: skip


class SpokeInHandler(RuntimeError):
    """A handler tried to speak past the outbox: a defect, never a user's fault."""


def refuse_returned(result: object) -> None:
    """A handler's result: SpokeInHandler for a method, which aiogram would send past every middleware (webhooks)."""
    if isinstance(result, TelegramMethod):
        raise SpokeInHandler(f"{type(result).__name__} was returned by a handler; it must go through the outbox")


class Fence(BaseRequestMiddleware):
    """An aiogram session middleware that lets nothing else through."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Raise SpokeInHandler on a method that belongs into the outbox."""
        if type(method) not in ALLOWED:
            raise SpokeInHandler(f"{type(method).__name__} must go through the outbox")
        return await make_request(bot, method)
