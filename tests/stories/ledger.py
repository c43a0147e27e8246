"""The ledger of a story with crashes: what was said on either side, and what stands on the other, one by one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from bot.desk.rich import BETWEEN
from bot.sandbox.world import World
from tests.cast import CHEN, LIN, LIU, SOUTHWEST

MARK = "【可能重复】"
TOLD_TWICE = "已重发一次，对方可能看到两遍"
PEOPLE = {CHEN: "chunxi-code-01", LIU: "jiefang-code2"}
_WORDS = re.compile(r"(\d{4}的\d{4}号[来回]信)")


@dataclass
class Ledger:
    """Numbered words: `told[person]` from a franchisee, `answered[person]` from the specialist to them."""

    world: World
    told: dict[int, list[str]] = field(default_factory=lambda: {p: [] for p in PEOPLE})
    answered: dict[int, list[str]] = field(default_factory=lambda: {p: [] for p in PEOPLE})
    _pressed: set[int] = field(default_factory=set)
    _stand: set[str] = field(default_factory=set)

    def begin(self) -> None:
        self.world.subscribe(self._see)
        for person, code in PEOPLE.items():
            self.world.user_starts(person, code)

    def tell(self, person: int) -> None:
        words = f"{person}的{len(self.told[person]):04d}号来信"
        self.told[person].append(words)
        self.world.user_writes(person, person, words)

    def answer(self, person: int) -> None:
        """The specialist writes in the person's topic, once there is one."""
        topic = next((t for t in self.world.topics(SOUTHWEST) if _is_of(t["name"], person)), None)
        if topic is None:
            return
        words = f"{person}的{len(self.answered[person]):04d}号回信"
        self.answered[person].append(words)
        self.world.user_writes(LIN, SOUTHWEST, words, thread_id=topic["message_thread_id"])

    def in_group(self) -> Mapping[int, list[str]]:
        return self._heard(SOUTHWEST, "来信")

    def in_private(self) -> Mapping[int, list[str]]:
        return {p: self._heard(p, "回信")[p] for p in PEOPLE}

    def arrived(self) -> int:
        """How many different words stand on the other side, as they were seen to arrive: this is asked all the time."""
        return len(self._stand)

    def is_whole(self) -> bool:
        total = sum(map(len, self.told.values())) + sum(map(len, self.answered.values()))
        return self.arrived() == total

    def admitted(self) -> int:
        """How often a specialist was told that a franchisee may have read something twice."""
        return sum(TOLD_TWICE in m.get("text", "") for m in self.world.history(SOUTHWEST))

    def retry(self) -> None:
        """A specialist presses 重试发送 under everything that is told as undelivered and was not pressed yet."""
        for message in self.world.history(SOUTHWEST):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                if row[0]["text"] == "重试发送" and message["message_id"] not in self._pressed:
                    self._pressed.add(message["message_id"])
                    self.world.user_presses(LIN, SOUTHWEST, message["message_id"], row[0]["callback_data"])

    def _see(self, event: Mapping[str, Any]) -> None:
        if event["type"] == "message" and event["message"]["from"]["is_bot"]:
            kind = "来信" if int(event["chat_id"]) == SOUTHWEST else "回信"
            found = _WORDS.findall(event["message"].get("text", ""))
            self._stand.update(words for words in found if words.endswith(kind))

    def _heard(self, chat: int, kind: str) -> Mapping[int, list[str]]:
        """What stands there; words that travelled together count one by one, each with its message's mark."""
        heard: dict[int, list[str]] = {p: [] for p in PEOPLE}
        for message in self.world.history(chat):
            if not message["from"]["is_bot"]:
                continue
            text = message.get("text", "")
            mark = MARK if text.startswith(MARK) else ""
            for part in text.split(BETWEEN):
                found = _WORDS.search(part)
                if found and found.group(1).endswith(kind):
                    heard[int(found.group(1)[:4])].append(mark + found.group(1))
        return heard


def plain(words: str) -> str:
    return words.removeprefix(MARK)


def repeats(words: Sequence[str]) -> int:
    return len(words) - len({plain(w) for w in words})


def _is_of(name: str, person: int) -> bool:
    return name.startswith({CHEN: "小陈", LIU: "刘老板"}[person])


def _stand_in_order(way: str, heard: Sequence[str], said: Sequence[str]) -> None:
    """The first difference is told with its neighbours: after an hour of kills nothing else is left to look at."""
    at = next((at for at, (one, other) in enumerate(zip_longest(heard, said)) if one != other), None)
    if at is not None:
        around = slice(max(at - 3, 0), at + 6)
        lost, late = [w for w in said if w not in heard], [w for w in heard[at + 1 :] if w in said[:at]]
        told = f"heard …{list(heard[around])}…, said …{list(said[around])}…, never heard {lost[:9]}, late {late[:9]}"
        raise AssertionError(f"lost or overtaken on the way {way}: at {at} {told}")


def check(ledger: Ledger, in_the_air: int) -> None:
    """Nothing lost, nothing overtaken; twice only what was in the air when a process died, and that is owned up."""
    for person in PEOPLE:
        inward, outward = ledger.in_group()[person], ledger.in_private()[person]
        _stand_in_order("in", list(dict.fromkeys(map(plain, inward))), ledger.told[person])
        _stand_in_order("out", list(dict.fromkeys(outward)), ledger.answered[person])
        unmarked = [w for w in inward if not w.startswith(MARK)]
        assert len(unmarked) == len(set(unmarked)), "a repeat in the group carries its mark"
    twice_out = sum(repeats(ledger.in_private()[p]) for p in PEOPLE)
    assert ledger.admitted() >= twice_out, "a repeat at a franchisee is told to whoever answers"
    total = twice_out + sum(repeats(ledger.in_group()[p]) for p in PEOPLE)
    assert total <= in_the_air, "said twice without having been in the air"
