"""What the tests of calls back, ratings and surveys begin with: a department in memory in which cases get closed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.desk.buttons import Verb
from bot.desk.errors import DeskError
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.handlers.franchisee import OWN_PRESSES
from bot.handlers.staff_presses import PLACED
from bot.usecases import receive, resolve
from bot.usecases.at_hand import Spot
from bot.usecases.commands import FRANCHISEE_COMMANDS
from bot.usecases.office import AftercareTerms
from bot.usecases.people import Sender
from bot.usecases.staff_commands import QUERIES
from storage.desk_thread import Storage
from tests.usecases.department import SUPERVISORS, WANG, Department


class Aftercare(Department):
    """People close cases, are asked what they think of it, and answer."""

    def __init__(self, storage: Storage | None = None, **terms: Any) -> None:
        super().__init__(storage)
        self.office = replace(self.office, aftercare=replace(AftercareTerms(), **terms))

    def settled(self, who: int, by: int, *, kind: str = "order", province: str = "江苏") -> int:
        """A case of a kind, answered and ended by somebody; its number."""
        case_id = self.writes(who, province)
        self.change(case_id, kind=kind)
        person = next(s for s in self.staff() if s.telegram_id == by)
        self.answers(replace(self.case(case_id), handler_id=person.id))
        self.do(resolve.resolve, staff_telegram_id=by, case_id=case_id)
        return case_id

    def closed(self, who: int, by: int, **more: str) -> int:
        """And the franchisee said that all is well."""
        case_id = self.settled(who, by, **more)
        self.do(resolve.confirm, sender=sender(who), case_id=case_id)
        return case_id

    def change(self, case_id: int, **values: Any) -> None:
        self.do(lambda work, office, now: work.cases.save(replace(work.cases.get(case_id), **values)))

    def kept(self, ask: Callable[[Any], Any]) -> Any:
        """What storage holds."""
        return self.do(lambda work, office, now: ask(work))

    def presses(self, who: int, verb: Verb, subject: int, choice: str = "", chat: int | None = None) -> str:
        """Somebody's own button, or a colleague's; the words of the answer, or of the refusal."""
        spot = Spot(MessageRef(chat or who, 7))
        if verb in OWN_PRESSES:
            return self._tried(OWN_PRESSES[verb], sender=sender(who), subject=subject, choice=choice, spot=spot)
        return self._tried(PLACED[verb], staff_telegram_id=who, subject=subject, choice=choice, spot=spot)

    def commands(self, who: int, text: str, chat: int = SUPERVISORS) -> str:
        """A colleague's command, or a franchisee's; what it made the desk say there, or the refusal."""
        name, _, query = text.removeprefix("/").partition(" ")
        before = len(self.said(chat if who in self.ids else who))
        if who in self.ids:
            told = self._tried(QUERIES[name], staff_telegram_id=who, spot=Spot(MessageRef(chat, 9)), query=query)
        else:
            chat, told = who, self._tried(FRANCHISEE_COMMANDS[name], sender=sender(who), query=query)
        return told or "\n".join(self.said(chat)[before:])

    def says(self, who: int, text: str, *, reply_to: int | None = None, kind: str = "other") -> int | None:
        """A franchisee's words; the case that they joined."""
        self._said += 1
        at = MessageRef(who, reply_to) if reply_to is not None else None
        message = Incoming(MessageRef(who, self._said), self.now, Content(ContentKind.TEXT, text), reply_to=at)
        found: int | None = self.do(receive.receive, sender=sender(who), message=message,
                                    hint=receive.Hint("江苏", kind=kind))  # fmt: skip
        return found

    def _tried(self, verb: Any, **arguments: Any) -> str:
        try:
            return str(self.do(verb, **arguments) or "")
        except DeskError as refusal:
            return self.office.say(refusal.notice, **refusal.values).text

    def said(self, chat_id: int) -> list[str]:
        """What the desk has queued for a chat, in order, edits as well."""
        return [text for _, text in self.rows(chat_id) if text]

    def rows(self, chat_id: int) -> list[tuple[Any, str]]:
        """The acts that are queued for a chat, each with its words."""
        return list(self.do(_rows, chat_id=chat_id))

    def buttons(self, chat_id: int) -> list[str]:
        """The labels under the newest words of a chat."""
        act = self.rows(chat_id)[-1][0]
        return [button.label for row in act.buttons for button in row]


def sender(who: int) -> Sender:
    return Sender(who, f"加盟商{who}")


def _rows(work: Any, office: Any, now: Any, *, chat_id: int) -> list[tuple[Any, str]]:
    rows = [row for row_id in range(1, 150) if (row := work.outbox.get(row_id)) is not None]  # ids may leave gaps
    return [(r.outgoing.act, getattr(r.outgoing.act, "text", "")) for r in rows if r.outgoing.to.chat_id == chat_id]


__all__ = ["SUPERVISORS", "WANG", "Aftercare", "sender"]
