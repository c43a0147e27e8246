"""Deliver a draft that may go out after all: as the answer that it was, or as the edit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.draft import Draft, DraftItem
from bot.desk.message import Content, ContentKind, Message
from bot.desk.people import Staff
from bot.desk.split import units
from bot.usecases.at_hand import require_case
from bot.usecases.change import change_answer
from bot.usecases.header import CAPTION_LIMIT
from bot.usecases.office import Office
from bot.usecases.pass_on import Words, pass_on
from bot.usecases.ports import Work


def deliver_draft(
    work: Work, office: Office, now: datetime, *, draft: Draft, who: Staff, items: Sequence[DraftItem]
) -> list[Message]:
    """Pass on these items in the draft's stead, `who` being whose answer it is; the messages as they are kept."""
    if draft.edits is not None:
        return [_as_edit(work, office, now, draft.edits, items[0].content, who)]
    case = require_case(work, draft.case_id)
    return [pass_on(work, office, now, case=case, who=who, words=_words(draft, item)) for item in items]


def _words(draft: Draft, item: DraftItem) -> Words:
    return Words(item.content, item.ref, draft.reply_to, draft.quote, draft.script_id, draft.thread_id)


def _as_edit(work: Work, office: Office, now: datetime, message_id: int, content: Content, who: Staff) -> Message:
    kept = work.messages.get(message_id)
    if kept is None:
        raise LookupError(f"a draft would edit message {message_id}, which is not stored")
    change_answer(work, office, now, kept=kept, content=content, staff_id=who.id)
    return kept


def in_better_words(draft: Draft) -> tuple[DraftItem, ...]:
    """The draft's items with the better wording in place of their own. A text then stands nowhere in a chat, and an
    album's pictures go one by one, for an album cannot be copied with other words under it.
    """
    return tuple(better for item in draft.items for better in _better(item))


def _better(item: DraftItem) -> list[DraftItem]:
    """A caption that has grown too long follows its picture as a text."""
    bare = replace(item.content, text="", entities="[]", album="")
    text = DraftItem(Content(ContentKind.TEXT, item.better))
    if item.content.kind is ContentKind.TEXT:
        return [text]
    if not item.content.text:
        return [DraftItem(bare, item.ref)]
    if units(item.better) > CAPTION_LIMIT:
        return [DraftItem(bare, item.ref), text]
    return [DraftItem(replace(bare, text=item.better), item.ref)]
