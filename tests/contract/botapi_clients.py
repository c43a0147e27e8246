"""Three ways to call the emulator over real HTTP, made to look alike: bare JSON, aiogram, python-telegram-bot."""

import inspect
import re
from dataclasses import dataclass
from typing import Any, Protocol

import aiogram
import aiogram.methods
import aiohttp
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import BufferedInputFile
from telegram.error import ChatMigrated, RetryAfter, TelegramError
from telegram.ext import ExtBot

TOKEN = "1000000001:sandbox-token-of-the-contract-suite"
BOT = 1000000001
G = -1001000000001
CHEN, LIN = 50_000_001, 50_000_002


@dataclass(frozen=True)
class File:
    data: bytes
    name: str


@dataclass
class Refused(Exception):
    """What a client made of an error: Telegram's words without the code's name, and the parameters."""

    words: str
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None

    def __str__(self) -> str:
        return self.words


class Client(Protocol):
    async def call(self, method: str, **params: Any) -> Any: ...

    async def download(self, path: str) -> bytes: ...

    async def close(self) -> None: ...


def plain_words(description: str) -> str:
    """Without "Bad Request: " and with a small first letter: the two libraries dress descriptions differently."""
    bare = re.sub(r"^(Telegram server says - )?(Bad Request|Forbidden|Conflict|Not Found): ", "", description)
    return bare[:1].lower() + bare[1:]


class Bare:
    """No library: what really stands in the answer."""

    def __init__(self, base: str, token: str = TOKEN) -> None:
        self._base, self._token = base, token
        self._session = aiohttp.ClientSession()
        self.last: tuple[int, dict[str, Any]] = (0, {})

    async def answer(self, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        async with self._session.post(f"{self._base}/bot{self._token}/{method}", json=params) as response:
            self.last = response.status, await response.json()
            return self.last

    async def call(self, method: str, **params: Any) -> Any:
        files = {name: value for name, value in params.items() if isinstance(value, File)}
        if files:
            body = await self._upload(method, params, files)
        else:
            _, body = await self.answer(method, **params)
        if body["ok"]:
            return body["result"]
        parameters = body.get("parameters", {})
        raise Refused(
            plain_words(body["description"]), parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
        )

    async def _upload(self, method: str, params: dict[str, Any], files: dict[str, File]) -> dict[str, Any]:
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            if name in files:
                form.add_field(name, files[name].data, filename=files[name].name)
            else:
                form.add_field(name, str(value))
        async with self._session.post(f"{self._base}/bot{self._token}/{method}", data=form) as response:
            self.last = response.status, await response.json()
            return self.last[1]

    async def download(self, path: str) -> bytes:
        async with self._session.get(f"{self._base}/file/bot{self._token}/{path}") as response:
            return await response.read()

    async def close(self) -> None:
        await self._session.close()


class Aiogram:
    def __init__(self, base: str, token: str = TOKEN) -> None:
        self.bot = aiogram.Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))

    async def call(self, method: str, **params: Any) -> Any:
        made = getattr(aiogram.methods, method[0].upper() + method[1:])(
            **{
                name: BufferedInputFile(value.data, value.name) if isinstance(value, File) else value
                for name, value in params.items()
            }
        )
        try:
            return _plain(await self.bot(made))
        except TelegramRetryAfter as error:
            raise Refused("too many requests", retry_after=error.retry_after) from error
        except TelegramMigrateToChat as error:
            words = "group chat was upgraded to a supergroup chat"
            raise Refused(words, migrate_to_chat_id=error.migrate_to_chat_id) from error
        except TelegramEntityTooLarge as error:
            raise Refused(plain_words(error.message)) from error
        except (TelegramNetworkError, TelegramServerError):
            raise
        except TelegramAPIError as error:
            raise Refused(plain_words(error.message)) from error

    async def download(self, path: str) -> bytes:
        found = await self.bot.download_file(path)
        assert found is not None
        return found.read()

    async def close(self) -> None:
        await self.bot.session.close()


class Ptb:
    def __init__(self, base: str, token: str = TOKEN) -> None:
        self.bot: ExtBot[None] = ExtBot(token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot")

    async def call(self, method: str, **params: Any) -> Any:
        called = getattr(self.bot, re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower())
        accepted = inspect.signature(called).parameters
        given = {name: _for_ptb(name, value) for name, value in params.items()}
        strange = {name: given.pop(name) for name in list(given) if name not in accepted}
        try:
            return _plain(await called(**given, **({"api_kwargs": strange} if strange else {})))
        except RetryAfter as error:
            raise Refused("too many requests", retry_after=_seconds(error)) from error
        except ChatMigrated as error:
            words = "group chat was upgraded to a supergroup chat"
            raise Refused(words, migrate_to_chat_id=error.new_chat_id) from error
        except (telegram.error.BadRequest, telegram.error.Forbidden, telegram.error.Conflict) as error:
            raise Refused(plain_words(error.message)) from error
        except TelegramError as error:
            is_answer = "Too Large" in error.message
            if isinstance(error, telegram.error.NetworkError) and not is_answer:
                raise
            raise Refused(plain_words(error.message)) from error

    async def download(self, path: str) -> bytes:
        file = telegram.File("x", "y", file_path=path)
        file.set_bot(self.bot)
        return bytes(await file.download_as_bytearray())

    async def close(self) -> None:
        await self.bot.shutdown()


def _seconds(error: RetryAfter) -> int:
    wait = error.retry_after
    return int(wait if isinstance(wait, int) else wait.total_seconds())


_PTB_TYPES = {
    "reply_parameters": telegram.ReplyParameters,
    "scope": telegram.BotCommandScope,
    "rights": telegram.ChatAdministratorRights,
    "menu_button": telegram.MenuButton,
}


def _for_ptb(name: str, value: Any) -> Any:
    if isinstance(value, File):
        return telegram.InputFile(value.data, filename=value.name)
    if name == "reply_markup" and "inline_keyboard" in value:
        return telegram.InlineKeyboardMarkup.de_json(value, None)
    if name == "reply_markup":
        return telegram.ReplyKeyboardMarkup.de_json(value, None)
    if name in ("entities", "caption_entities"):
        return [telegram.MessageEntity.de_json(entity, None) for entity in value]
    if name == "media":
        return [_ptb_media(item) for item in value] if isinstance(value, list) else _ptb_media(value)
    if name == "commands":
        return [telegram.BotCommand(**row) for row in value]
    if name == "reaction":
        return [telegram.ReactionTypeEmoji(row["emoji"]) for row in value]
    if name in _PTB_TYPES and isinstance(value, dict):
        return _PTB_TYPES[name].de_json(value, None)
    return value


def _ptb_media(item: dict[str, Any]) -> Any:
    kinds = {"photo": telegram.InputMediaPhoto, "video": telegram.InputMediaVideo}
    kinds |= {"document": telegram.InputMediaDocument, "audio": telegram.InputMediaAudio}
    return kinds[item["type"]](**{name: value for name, value in item.items() if name != "type"})


def _plain(found: Any) -> Any:
    """Typed results as JSON-like data again."""
    if isinstance(found, list | tuple):
        return [_plain(each) for each in found]
    if isinstance(found, telegram.TelegramObject):
        return found.to_dict()
    if hasattr(found, "model_dump"):
        return found.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
    return found


CLIENTS: dict[str, Any] = {"bare": Bare, "aiogram": Aiogram, "ptb": Ptb}
