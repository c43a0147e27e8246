"""Take away buttons that can do nothing any more: after everything else, for a group's calls are few."""

from collections.abc import Callable
from datetime import datetime

from bot.desk.buttons import Press, Verb
from bot.desk.case import Case
from bot.desk.draft import Draft
from bot.desk.message import MessageRef
from bot.desk.outgoing import EditButtons, Outgoing, Priority
from bot.usecases.groups import room
from bot.usecases.ports import Work

_OF_DRAFT = (Verb.ADOPT, Verb.MODIFY, Verb.ASK_RELEASE, Verb.FALSE_ALARM, Verb.RELEASE, Verb.REFUSE)
_OF_ENDED_CASE = (Verb.CONFIRM, Verb.REOPEN)


def drop_buttons(work: Work, now: datetime, pressed: MessageRef | None) -> None:
    """What was decided is not decided again: the buttons under the message go."""
    if pressed is not None:
        priority = Priority.RECEIPT if pressed.chat_id < 0 else Priority.REPLY
        work.outbox.add(Outgoing(room(pressed.chat_id, None), EditButtons(pressed), priority=priority), at=now)


def drop_draft_buttons(work: Work, now: datetime, *, draft: Draft, but: MessageRef | None = None) -> None:
    """Those under every notice about an ended draft, its author's and the leaders'; `but`: one that was pressed."""

    def is_over(press: Press) -> bool:
        names_version = press.choice.isdecimal()  # 误报 under a note about a message that was sent names none
        return press.verb in _OF_DRAFT and press.subject == draft.id and names_version

    _drop(work, now, draft.case_id, draft.at, is_over, but)


def drop_objection_buttons(work: Work, now: datetime, *, case: Case) -> None:
    """Those under the goodbye of a case that goes on."""
    if case.resolved_at is not None:
        _drop(work, now, case.id, case.resolved_at, lambda p: p.verb in _OF_ENDED_CASE and p.subject == case.id)


def _drop(
    work: Work, now: datetime, case_id: int, since: datetime, is_over: Callable[[Press], bool],
    but: MessageRef | None = None,
) -> None:  # fmt: skip
    for ref, said in work.spoken.of_case(case_id, since):
        presses = [button.press for row in said.buttons for button in row if button.press is not None]
        if ref != but and any(map(is_over, presses)):
            drop_buttons(work, now, ref)
