"""The way from a handler to the desk: one verb, whose transaction also marks the update as handled."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from bot.desk.errors import DeskError
from bot.desk.message import MessageRef
from bot.desk.outgoing import Address
from bot.usecases.inbox import finish_update
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say


class RunVerb(Protocol):
    """Runs `verb(work, office, now, **kwargs)` in a transaction of its own, beside the loop."""

    async def __call__(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """The verb's result, after the commit."""


class Door:
    """For one update: all or nothing, so that a crash leaves nothing half done and a redelivery changes nothing."""

    def __init__(self, run: RunVerb, update_id: int) -> None:
        self._run = run
        self.update_id = update_id
        self.is_passed = False

    async def run(self, verb: Callable[..., Any], **kwargs: Any) -> Any:
        """Run the update's one verb; DeskError when the desk refuses (nothing is changed then)."""
        if self.is_passed:
            raise RuntimeError(f"update {self.update_id} runs a second verb: one update, one transaction")
        result = await self._run(_once, verb=verb, update_id=self.update_id, arguments=kwargs)
        self.is_passed = True
        return result

    async def finish(self) -> None:
        """Mark an update that changes nothing as handled."""
        if not self.is_passed:
            await self._run(finish_update, update_id=self.update_id)
            self.is_passed = True

    async def run_or_tell(self, verb: Callable[..., Any], *, to: Address, ref: MessageRef, **kwargs: Any) -> None:
        """Run a command; a refusal is told where the command was given."""
        try:
            await self.run(verb, **kwargs)
        except DeskError as refusal:
            await self.run(tell_refusal, to=to, ref=ref, refusal=refusal)


def _once(
    work: Work, office: Office, now: datetime, *, verb: Callable[..., Any], update_id: int, arguments: dict[str, Any]
) -> Any:
    if work.inbox.is_done(update_id):
        return None
    result = verb(work, office, now, **arguments)
    work.inbox.done(update_id, at=now)
    return result


def tell_refusal(
    work: Work, office: Office, now: datetime, *, to: Address, ref: MessageRef, refusal: DeskError
) -> None:
    """Say why something was refused, as a reply to what was asked."""
    say(work, office, now, to=to, script=refusal.notice, values=dict(refusal.values), reply_to=ref)
