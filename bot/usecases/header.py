"""Put a header on what is posted in a group: whose words these are, and whether they may stand there twice."""

from dataclasses import replace

from bot.desk.message import CAPTIONED, MessageRef
from bot.desk.outgoing import Act, CopyMessage, SayText
from bot.desk.rich import shift
from bot.desk.split import LIMIT, units
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, TopicState, Work

CAPTION_LIMIT = 1024
"""UTF-16 units of a caption (Bot API, copyMessage)."""
ROOM = 64
"""UTF-16 units that a text leaves free for a header (the longest: mark, case number, a name cut to NAME, brackets)."""
NAME = 24
"""Characters of a name in a header."""


def headed(work: Work, office: Office, row: OutboxRow, act: Act, *, topic: TopicState, is_forum: bool) -> Act:
    """A resend says that it may be a repeat; without topics, a relayed message also says whose it is."""
    if not is_forum:
        act = _under_card(act, row, topic)
    header = _header(work, office, row, topic, is_forum=is_forum)
    match act:
        case SayText() if header:
            return _text_headed(act, header)
        case CopyMessage() if header:
            return _caption_headed(work, row, act, header)
        case _:
            return act


def _header(work: Work, office: Office, row: OutboxRow, topic: TopicState, *, is_forum: bool) -> str:
    mark = office.word("maybe_twice") if row.maybe_twice else ""
    if is_forum or row.outgoing.carries is None:
        return mark
    person = work.franchisees.get(topic.franchisee_id)
    return mark + office.line("header", case=row.outgoing.case_id, name=person.name[:NAME] if person else "")


def _under_card(act: Act, row: OutboxRow, topic: TopicState) -> Act:
    """A relayed message hangs under the case's card, so that the case can be found from it."""
    if row.outgoing.carries is None or topic.card_message_id is None:
        return act
    if isinstance(act, SayText | CopyMessage) and act.reply_to is None:
        return replace(act, reply_to=MessageRef(topic.chat_id, topic.card_message_id))
    return act


def _text_headed(act: SayText, header: str) -> SayText:
    if units(header) + 1 + units(act.text) > LIMIT:
        return act
    html = f"{_escaped(header)}\n{act.html}" if act.html else ""
    shifted = shift(act.entities, units(header) + 1)
    return replace(act, text=f"{header}\n{act.text}", html=html, entities=shifted)


def _caption_headed(work: Work, row: OutboxRow, act: CopyMessage, header: str) -> CopyMessage:
    kept = work.messages.get(row.outgoing.carries or 0)
    caption = kept.content.text if kept else ""
    entities = kept.content.entities if kept else "[]"
    if act.kind not in CAPTIONED or units(header) + 1 + units(caption) > CAPTION_LIMIT:
        return act
    shifted = shift(entities, units(header) + 1)
    return replace(act, caption=f"{header}\n{caption}".rstrip(), caption_entities=shifted)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
