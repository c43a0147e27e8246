"""The Bot API without HTTP: a token, a method's name, parameters and files go in, a result or an ApiError comes out."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.sandbox import api_chats, api_copy, api_edit, api_files, api_profile, api_send, api_topics, api_updates
from bot.sandbox.api_common import Call
from bot.sandbox.errors import ApiError, method_not_found, unauthorized
from bot.sandbox.media import FILE_KINDS
from bot.sandbox.params import Params, Upload
from bot.sandbox.state import Bot
from bot.sandbox.world import World

Method = Callable[[Call], Any]


def _sending() -> dict[str, Method]:
    named = {"video_note": "sendVideoNote"}
    methods: dict[str, Method] = {
        named.get(kind, f"send{kind.capitalize()}"): partial(api_send.send_media, kind=kind) for kind in FILE_KINDS
    }
    return methods | {
        "sendMessage": api_send.send_message,
        "sendLocation": api_send.send_location,
        "sendVenue": api_send.send_venue,
        "sendContact": api_send.send_contact,
        "sendPoll": api_send.send_poll,
        "sendDice": api_send.send_dice,
        "sendMediaGroup": api_send.send_media_group,
        "copyMessage": api_copy.copy_message,
        "copyMessages": api_copy.copy_messages,
        "forwardMessage": api_copy.forward_message,
        "forwardMessages": api_copy.forward_messages,
    }


def _changing() -> dict[str, Method]:
    return {
        "editMessageText": api_edit.edit_text,
        "editMessageCaption": api_edit.edit_caption,
        "editMessageMedia": api_edit.edit_media,
        "editMessageReplyMarkup": api_edit.edit_markup,
        "deleteMessage": api_edit.delete_message,
        "deleteMessages": api_edit.delete_messages,
        "setMessageReaction": api_edit.set_message_reaction,
        "pinChatMessage": api_topics.pin_chat_message,
        "unpinChatMessage": api_topics.unpin_chat_message,
        "unpinAllChatMessages": api_topics.unpin_all,
    }


def _topics() -> dict[str, Method]:
    return {
        "createForumTopic": api_topics.create_forum_topic,
        "editForumTopic": api_topics.edit_forum_topic,
        "closeForumTopic": api_topics.close_forum_topic,
        "reopenForumTopic": api_topics.reopen_forum_topic,
        "deleteForumTopic": api_topics.delete_forum_topic,
        "unpinAllForumTopicMessages": api_topics.unpin_all_in_topic,
        "editGeneralForumTopic": api_topics.edit_general,
        "closeGeneralForumTopic": api_topics.close_general,
        "reopenGeneralForumTopic": api_topics.reopen_general,
        "hideGeneralForumTopic": api_topics.hide_general,
        "unhideGeneralForumTopic": api_topics.unhide_general,
        "unpinAllGeneralForumTopicMessages": api_topics.unpin_all_in_general,
        "getForumTopicIconStickers": lambda call: [],
    }


def _chats() -> dict[str, Method]:
    return {
        "getChat": api_chats.get_chat,
        "getChatMember": api_chats.get_chat_member,
        "getChatAdministrators": api_chats.get_chat_administrators,
        "getChatMemberCount": api_chats.get_chat_member_count,
        "leaveChat": api_chats.leave_chat,
        "sendChatAction": api_chats.send_chat_action,
        "setChatTitle": api_chats.set_chat_title,
        "setChatDescription": api_chats.set_chat_description,
        "banChatMember": api_chats.ban_chat_member,
        "unbanChatMember": api_chats.unban_chat_member,
        "getUserProfilePhotos": api_chats.get_user_profile_photos,
        "exportChatInviteLink": api_chats.export_invite_link,
        "getFile": api_files.get_file,
    }


def _profile() -> dict[str, Method]:
    texts = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}
    setters: dict[str, Method] = {f"setMy{k}": partial(api_profile.set_text, what=v) for k, v in texts.items()}
    getters: dict[str, Method] = {f"getMy{k}": partial(api_profile.get_text, what=v) for k, v in texts.items()}
    return (
        setters
        | getters
        | {
            "getMe": api_profile.get_me,
            "setMyCommands": api_profile.set_my_commands,
            "getMyCommands": api_profile.get_my_commands,
            "deleteMyCommands": api_profile.delete_my_commands,
            "setMyDefaultAdministratorRights": api_profile.set_default_rights,
            "getMyDefaultAdministratorRights": api_profile.get_default_rights,
            "setChatMenuButton": api_profile.set_menu_button,
            "getChatMenuButton": api_profile.get_menu_button,
            "answerCallbackQuery": api_profile.answer_callback_query,
            "logOut": api_profile.log_out,
            "close": api_profile.close,
            "getUpdates": api_updates.get_updates,
            "setWebhook": api_updates.set_webhook,
            "deleteWebhook": api_updates.delete_webhook,
            "getWebhookInfo": api_updates.get_webhook_info,
        }
    )


METHODS: Mapping[str, Method] = {**_sending(), **_changing(), **_topics(), **_chats(), **_profile()}
"""Every method that the emulator has, by its documented name."""

_BY_LOWER = {name.lower(): name for name in METHODS}


def method_name(method: str) -> str:
    """The documented spelling (Telegram takes any case); an unknown name comes back as it is."""
    return _BY_LOWER.get(method.lower(), method)


def bot_of(world: World, token: str) -> Bot:
    """The bot with this token; raises 401, or 400 while it is logged out."""
    bot = world.realm.bots.get(token)
    if bot is None:
        raise unauthorized()
    if bot.logged_out_until > world.realm.now():
        raise ApiError(400, "Logged out")
    return bot


def call(
    world: World,
    token: str,
    method: str,
    params: Mapping[str, Any] | None = None,
    files: Mapping[str, Upload] | None = None,
) -> Any:
    """Do what the method says and return its `result`; raises ApiError with Telegram's description.

    getUpdates answers at once here; waiting is the server's part.
    """
    bot = bot_of(world, token)
    name = method_name(method)
    if name not in METHODS:
        raise method_not_found()
    planned = world.faults.take_error(name)
    if planned is not None:
        raise ApiError(planned.code, planned.description, planned.parameters)
    given = {key: value for key, value in (params or {}).items() if value is not None}
    return METHODS[name](Call(world.realm, bot, Params(given, files or {})))
