"""Albums stay albums: their items come one by one, are collected for a moment, and are carried over together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.message import Content, ContentKind, Message, MessageRef
from bot.desk.outgoing import Address, CopyAlbum, Outgoing, Priority, Private
from bot.usecases.at_hand import require_case
from bot.usecases.change import restore_copy
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, Work
from bot.usecases.say import say
from bot.usecases.topics import place_of

COLLECT = timedelta(seconds=1)
"""An album is complete when no item came for so long: Telegram sends its items in one batch, one update each."""
ALBUM_KINDS = frozenset(
    {ContentKind.PHOTO, ContentKind.VIDEO, ContentKind.AUDIO, ContentKind.DOCUMENT, ContentKind.ANIMATION}
)


def is_of_album(content: Content) -> bool:
    """Whether a message came as one of several."""
    return bool(content.album) and content.kind in ALBUM_KINDS


def is_collecting(work: Work, to: Address, content: Content) -> bool:
    """Whether items of this album wait already: what introduces it has been said."""
    return work.outbox.queued_album(to.lane, content.album) is not None


def collect(
    work: Work, now: datetime, *, to: Address, message: Message, ref: MessageRef, receipt: MessageRef | None
) -> None:
    """Queue an item with those of its album that wait already."""
    row = work.outbox.queued_album(to.lane, message.content.album)
    if row is None:
        act = CopyAlbum((ref,), message.content.album)
        first = Outgoing(to, act, priority=Priority.TALK, case_id=message.case_id, carries=message.id, receipt=receipt)
        work.outbox.add(first, at=now, not_before=now + COLLECT)
    else:
        work.outbox.extend(row.id, _with(row, message, ref), not_before=now + COLLECT)


def _with(row: OutboxRow, message: Message, ref: MessageRef) -> Outgoing:
    """In the order of the source chat, which copyMessages demands."""
    out, act = row.outgoing, row.outgoing.act
    if not isinstance(act, CopyAlbum):
        raise TypeError(f"outbox row {row.id} is no album")
    items = dict(zip(act.sources, (out.carries or 0, *out.also), strict=True)) | {ref: message.id}
    refs = tuple(sorted(items, key=lambda r: r.message_id))
    first, *others = (items[r] for r in refs)
    return Outgoing(
        out.to, CopyAlbum(refs, act.album), priority=out.priority, case_id=out.case_id, carries=first,
        also=tuple(others), receipt=out.receipt,
    )  # fmt: skip


def map_album(work: Work, office: Office, now: datetime, *, row: OutboxRow, sent: Sequence[MessageRef]) -> None:
    """Every item's copy is mapped. Telegram passes over what it cannot copy and does not say which: then every copy
    belongs to the case alone, and the case is told.
    """
    items, case_id = (row.outgoing.carries, *row.outgoing.also), row.outgoing.case_id or 0
    is_whole = len(sent) == len(items)
    for ref, stored_id in zip(sent, items, strict=False):
        work.messages.place(ref, case_id=case_id, message_id=stored_id if is_whole else None)
        kept = work.messages.get(stored_id or 0) if is_whole else None
        if kept is not None and work.drafts.edit_of(kept.id) is not None:
            restore_copy(work, office, now, kept=kept)
    if not is_whole:
        values = {"missing": str(len(items) - len(sent)), "count": str(len(items))}
        say(work, office, now, to=place_of(require_case(work, case_id)), script="notice/album_incomplete",
            values=values, reply_to=row.outgoing.receipt, case_id=case_id)  # fmt: skip


def pull_back(work: Work, now: datetime, *, telegram_id: int, album: str) -> list[Message]:
    """The items of an album that still wait for the rest of it: they are not sent, and count as taken back."""
    row = work.outbox.queued_album(Private(telegram_id).lane, album)
    if row is None:
        return []
    work.outbox.drop(row.id, at=now)
    kept = [work.messages.get(i) for i in (row.outgoing.carries or 0, *row.outgoing.also)]
    pulled = [m for m in kept if m is not None]
    for message in pulled:
        work.messages.save(replace(message, recalled_at=now))
    return pulled
