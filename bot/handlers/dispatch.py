"""The dispatcher: which router hears what. No FSM: the case is the conversation's state."""

from aiogram import Dispatcher

from bot.handlers.franchisee import franchisee_router
from bot.handlers.group import group_router
from bot.handlers.hints import Hints
from bot.handlers.specialist import specialist_router

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction")
"""What the desk asks Telegram for."""


def make_dispatcher(*, hints: Hints, bot_username: str) -> Dispatcher:
    """The tree of routers with what handlers are given besides the update."""
    dispatcher = Dispatcher(disable_fsm=True, name="shouwen")
    dispatcher["hints"] = hints
    dispatcher["bot_username"] = bot_username
    dispatcher.include_routers(group_router(), franchisee_router(), specialist_router())
    return dispatcher
