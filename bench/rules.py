"""What must hold at every step of a simulated day (who watches says what broke, and nothing is put right)."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.inline import InlineDesk
from bench.town import private_chat
from bot.desk.rich import BETWEEN
from bot.sandbox.world import World

Json = Mapping[str, Any]

MARK = "【可能重复】"
RETOLD = ("话题已重建", "加盟商修改了上面这条消息", "加盟商的一条消息")
"""How messages begin that tell again on purpose: the recap of a topic made anew, the wording before an edit, what has
perhaps not arrived.
"""
TOLD_TWICE = "已重发一次"
INWARD, OUTWARD, INSIDE = "来信", "回信", "备注"
_WORDS = re.compile(rf"(\d{{4}})的(\d{{4}})号({INWARD}|{OUTWARD}|{INSIDE})")


class RuleBroken(AssertionError):
    """One of the rules did not hold."""


def words(person: int, number: int, kind: str) -> str:
    """Words that can be found again: who of, the how manieth, and which way they go."""
    return f"{person:04d}的{number:04d}号{kind}"


def writer_of(text: str) -> int | None:
    """Whose incoming words stand in a message, if any do."""
    return next((int(person) for person, _, kind in _WORDS.findall(text) if kind == INWARD), None)


@dataclass
class Watch:
    """Reads every event of the world as it happens; `check` looks into the database besides."""

    world: World
    desk: InlineDesk
    said: dict[str, Json] = field(default_factory=dict)
    arrived: Counter[str] = field(default_factory=Counter)
    stands: set[tuple[int, str]] = field(default_factory=set)
    answered_by_bot: set[tuple[int, int]] = field(default_factory=set)
    last: dict[tuple[int, str, str], int] = field(default_factory=lambda: defaultdict(lambda: -1))
    first_owners: dict[int, int] = field(default_factory=dict)
    told_twice: int = 0
    repeats: int = 0

    def __post_init__(self) -> None:
        self.world.subscribe(self.see)

    def see(self, event: Json) -> None:
        """One event: the bot's words are held against what people said."""
        if event["type"] != "message" or not event["message"].get("from", {}).get("is_bot"):
            return
        message = event["message"]
        text = message.get("text") or message.get("caption") or ""
        chat_id = int(event["chat_id"])
        if reply := message.get("reply_to_message"):
            self.answered_by_bot.add((chat_id, int(reply["message_id"])))
        if TOLD_TWICE in text:
            self.told_twice += 1
        marked = text.startswith(MARK)
        if text.removeprefix(MARK).lstrip().startswith(RETOLD):
            return
        twice = [
            self._heard(chat_id, *found, marked=marked) for p in text.split(BETWEEN) for found in _WORDS.findall(p)
        ]
        self.repeats += any(twice)

    def _heard(self, chat_id: int, person: str, number: str, kind: str, *, marked: bool) -> bool:
        """Whether these words had stood there before."""
        key = f"{person}的{number}号{kind}"
        if key not in self.said:
            raise RuleBroken(f"{key} was never said")
        if kind == INSIDE and chat_id > 0:
            raise RuleBroken(f"rule 8: {key} must stay inside")
        if (kind == OUTWARD) != (chat_id > 0) or (chat_id > 0 and chat_id != private_chat(int(person))):
            return False  # quoted to its own side, in the group or to one colleague
        self.arrived[key] += 1
        if (chat_id, key) in self.stands:
            if kind == INWARD and not marked:
                raise RuleBroken(f"rule 5: {key} was said twice without its mark")
            return True
        self.stands.add((chat_id, key))
        if int(number) < self.last[chat_id, person, kind]:
            raise RuleBroken(f"rule 5: {key} was overtaken by {self.last[chat_id, person, kind]}")
        self.last[chat_id, person, kind] = int(number)
        return False

    def check(self) -> None:
        """The rules that the database shows at any instant (design: 2, 3, 6 and the inbox)."""
        for case, first in self.desk.rows("select id, first_owner_id from cases where first_owner_id is not null"):
            if self.first_owners.setdefault(case, first) != first:
                raise RuleBroken(f"rule 3: the first owner of case {case} changed")
        nobody = self.desk.rows(
            "select c.id from cases c left join staff s on s.id = c.handler_id and s.is_active"
            " where s.id is null and c.state not in ('closed')"
        )
        if nobody:
            raise RuleBroken(f"rule 2: nobody answers for cases {nobody}")
        two = self.desk.rows(
            "select franchisee_id from cases where state in ('new', 'open', 'waiting') group by 1 having count(*) > 1"
        )
        if two:
            raise RuleBroken(f"rule 6: two open cases of {two}")
        orphans = self.desk.rows("select m.id from message m left join cases c on c.id = m.case_id where c.id is null")
        if orphans:
            raise RuleBroken(f"rule 1: messages without a case {orphans}")

    def check_end(self, unread: int) -> None:
        """When all has come to rest: nothing lost; twice only what nobody could know, and that was owned up."""
        self.check()
        waiting = self.desk.rows("select id, act, state from outbox where state in ('queued', 'leased')")
        unheard = self.desk.rows("select update_id, error from inbox where state not in ('done', 'dead')")
        if waiting or unheard:
            raise RuleBroken(f"not at rest: {waiting} {unheard}")
        given_up = self._given_up()
        stored = Counter(_key(text) for (text,) in self.desk.rows("select text from message where direction = 'in'"))
        for key, line in self.said.items():
            if key.endswith(INWARD) and not self.arrived[key] and key not in given_up:
                raise RuleBroken(f"rule 1: {key} is lost")
            if key.endswith(INWARD) and stored[key] != 1:
                raise RuleBroken(f"rule 1: {key} is stored {stored[key]} times")
            if key.endswith(OUTWARD) and not self._is_accounted_for(key, line, given_up):
                raise RuleBroken(f"rule 5: {key} is lost, and its writer was not told")
        if self.repeats > unread:
            raise RuleBroken(f"{self.repeats} messages said twice, with {unread} outcomes unknown")
        twice = sum(n - 1 for key, n in self.arrived.items() if key.endswith(OUTWARD) and n)
        if twice > self.told_twice:
            raise RuleBroken(f"{twice} answers said twice, {self.told_twice} owned up")

    def _given_up(self) -> str:
        """All words of dead letters: their readers and writers were told."""
        dead = [json.loads(payload) for (payload,) in self.desk.rows("select payload from outbox where state = 'dead'")]
        carried = {number for row in dead for number in (row.get("carries"), *row.get("also", ()))}
        return " ".join(text for number, text in self.desk.rows("select id, text from message") if number in carried)

    def _is_accounted_for(self, key: str, line: Json, given_up: str) -> bool:
        place = (int(line["chat"]["id"]), int(line["message_id"]))
        return bool(self.arrived[key]) or key in given_up or place in self.answered_by_bot


def _key(text: str) -> str:
    found = _WORDS.search(text)
    return found.group(0) if found else ""
