"""What franchisees and specialists do all day; everybody acts by what they see, as people do."""

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any

from bench.rules import INSIDE, INWARD, OUTWARD, Watch, words, writer_of
from bench.town import Person, Town
from bot.sandbox.errors import ActError
from bot.sandbox.world import World

Json = Mapping[str, Any]

_TALES = (
    "昨天的货少了两箱", "冷柜不制冷了，原料怕坏", "发票开错抬头了", "合同下个月到期怎么续", "新员工什么时候可以培训",
    "活动海报什么时候到", "<b>价格</b> & 折扣怎么算", "顾客投诉口味不对", "订单号 20261124001 还没发货",
    "系统登不上去\n提示密码错误",
)  # fmt: skip
_ANSWERS = ("您好，已为您登记。", "请您拍照发来。", "今天 17:00 前给您答复。", "仓库已经确认，请您放心。")
_PIXEL = bytes.fromhex("89504e470d0a1a0a")


class Players:
    """Everybody who talks; `busy` tells whether somebody still means to."""

    def __init__(self, world: World, town: Town, watch: Watch, chance: random.Random) -> None:
        self._world = world
        self._town = town
        self._watch = watch
        self._chance = chance
        self._numbers: dict[tuple[int, str], int] = {}
        self._by_telegram = {p.telegram_id: p for p in town.people}
        self._by_number = {p.number: p for p in town.people}
        self._moved: dict[int, int] = {}
        self._due: set[asyncio.TimerHandle] = set()
        self._is_evening = False
        world.subscribe(self._see)

    def arrive(self, person: Person, at: float) -> None:
        """This person has something on their mind at this virtual second."""
        self._later(at, lambda: self._open(person))

    def go_home(self) -> None:
        """Nobody begins anything any more."""
        self._is_evening = True

    @property
    def is_anybody_busy(self) -> bool:
        """Whether somebody means to do something yet."""
        return bool(self._due)

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        def run() -> None:
            self._due.discard(handle)
            try:
                act()
            except ActError:
                return  # Telegram let them not: blocked, a topic deleted or closed

        handle = asyncio.get_running_loop().call_later(seconds, run)
        self._due.add(handle)

    # franchisees

    def _open(self, person: Person) -> None:
        if person.code and (person.number, INWARD) not in self._numbers:
            self._world.user_starts(person.telegram_id, person.code)
        elif (person.number, INWARD) not in self._numbers:
            self._world.user_starts(person.telegram_id)
        for n in range(self._chance.choice((1, 1, 2, 3, 5))):
            self._later(1 + n * self._chance.uniform(0.3, 20), lambda: self._tell(person))

    def _tell(self, person: Person) -> None:
        text = f"{self._next(person, INWARD)} {self._chance.choice(_TALES)}"
        who = person.telegram_id
        if self._chance.random() < 0.12:
            message = self._world.user_sends(who, who, "photo", data=_PIXEL, caption=text)
        else:
            message = self._world.user_writes(who, who, text)
        self._said(person, INWARD, message)
        if self._chance.random() < 0.05 and "text" in message:
            edited = f"{text}（改）"
            self._later(5, lambda: self._edit(who, who, message["message_id"], edited))

    def _edit(self, who: int, chat: int, message_id: int, text: str) -> None:
        self._world.user_edits(who, chat, message_id, text)

    def _next(self, person: Person, kind: str) -> str:
        """The words of the next line; they count as said only when Telegram took them."""
        return words(person.number, self._numbers.get((person.number, kind), 0), kind)

    def _said(self, person: Person, kind: str, message: Json) -> None:
        number = self._numbers.get((person.number, kind), 0)
        self._watch.said[words(person.number, number, kind)] = message
        self._numbers[person.number, kind] = number + 1

    # who sees what

    def _see(self, event: Json) -> None:
        if event["type"] == "migrated":
            self._moved[int(event["chat_id"])] = int(event["new_chat_id"])
        if event["type"] != "message" or not event["message"].get("from", {}).get("is_bot"):
            return
        chat_id, message = int(event["chat_id"]), event["message"]
        if chat_id > 0:
            self._read(chat_id, message)
            return
        number = writer_of(message.get("text") or message.get("caption") or "")
        if number is not None and not self._is_evening:
            self._take_on(chat_id, message, self._by_number[number])

    def _read(self, telegram_id: int, message: Json) -> None:
        person = self._by_telegram.get(telegram_id)
        if person is None:
            return
        keys = [key for row in message.get("reply_markup", {}).get("inline_keyboard", []) for key in row]
        if len(keys) > 4:
            key = next((k for k in keys if k["text"] == person.province), keys[0])
            self._later(4, lambda: self._press(telegram_id, telegram_id, message, key))
        elif OUTWARD in message.get("text", "") and not self._is_evening and self._chance.random() < 0.35:
            self._later(self._chance.uniform(8, 120), lambda: self._tell(person))

    def _press(self, who: int, chat: int, message: Json, key: Json) -> None:
        if "callback_data" in key:
            self._world.user_presses(who, chat, message["message_id"], key["callback_data"])

    # specialists

    def _take_on(self, chat_id: int, message: Json, person: Person) -> None:
        specialists = next((s for g, s in self._town.specialists.items() if self._now(g) == chat_id), ())
        if not specialists:
            return
        who, thread = self._chance.choice(specialists), message.get("message_thread_id")
        keys = [key for row in message.get("reply_markup", {}).get("inline_keyboard", []) for key in row]
        wish = self._chance.random()
        wait = self._chance.uniform(10, 200)
        if wish < 0.6:
            self._later(wait, lambda: self._answer(person, who, chat_id, thread, message, OUTWARD, ""))
        elif wish < 0.68:
            self._later(wait, lambda: self._answer(person, who, chat_id, thread, message, INSIDE, "// "))
        elif wish < 0.74 and keys:
            self._later(wait, lambda: self._press(who, chat_id, message, keys[0]))
        elif wish < 0.80:
            self._later(wait, lambda: self._command(who, chat_id, thread, message, "/transfer"))
        if self._chance.random() < 0.15:
            self._later(wait + 300, lambda: self._command(who, chat_id, thread, message, "/close"))

    def _now(self, group: int) -> int:
        return self._moved.get(group, group)

    def _answer(
        self, person: Person, who: int, chat: int, thread: int | None, to: Json, kind: str, before: str
    ) -> None:
        text = f"{before}{self._next(person, kind)} {self._chance.choice(_ANSWERS)}"
        reply_to = None if thread else to["message_id"]
        message = self._world.user_writes(who, chat, text, thread_id=thread, reply_to=reply_to)
        self._said(person, kind, message)

    def _command(self, who: int, chat: int, thread: int | None, to: Json, command: str) -> None:
        reply_to = None if thread else to["message_id"]
        self._world.user_writes(who, chat, command, thread_id=thread, reply_to=reply_to)
