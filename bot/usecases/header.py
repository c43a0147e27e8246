"""Put a header on what is posted in a group: whose words these are, and whether they may stand there twice."""

from dataclasses import replace

from bot.desk.message import CAPTIONED, MessageRef
from bot.desk.outgoing import Act, CopyMessage, EditText, Priority, SayText
from bot.desk.rich import Rich, cut, shift
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
        case SayText() | EditText(is_caption=False) if header:
            return _text_headed(act, header)
        case CopyMessage() if header and takes_header(work, row):
            return _caption_headed(work, row, act, header)
        case _:
            return act


def parts_of(whole: Rich) -> list[Rich]:
    """A text as it travels: cut where a reader would, with room for a header on each part."""
    return cut(whole, LIMIT - ROOM)


def takes_header(work: Work, row: OutboxRow) -> bool:
    """Whether a header can stand on it: a text always has room, a caption may be full or impossible."""
    act = row.outgoing.act
    if not isinstance(act, CopyMessage):
        return isinstance(act, SayText)
    return act.kind in CAPTIONED and units(_caption(work, row, act).text) + ROOM <= CAPTION_LIMIT


def _header(work: Work, office: Office, row: OutboxRow, topic: TopicState, *, is_forum: bool) -> str:
    mark = office.word("maybe_twice") if row.maybe_twice else ""
    if is_forum or not _is_talk(row):
        return mark
    person = work.franchisees.get(topic.franchisee_id)
    return mark + office.line("header", case=row.outgoing.case_id, name=person.name[:NAME] if person else "")


def _is_talk(row: OutboxRow) -> bool:
    """A person's words, or what introduces them; the desk's own notices have their own place."""
    return row.outgoing.priority is Priority.TALK and row.outgoing.case_id is not None


def _under_card(act: Act, row: OutboxRow, topic: TopicState) -> Act:
    """A relayed message hangs under the case's card, so that the case can be found from it."""
    if not _is_talk(row) or topic.card_message_id is None:
        return act
    if isinstance(act, SayText | CopyMessage) and act.reply_to is None:
        return replace(act, reply_to=MessageRef(topic.chat_id, topic.card_message_id))
    return act


def _text_headed(act: SayText | EditText, header: str) -> SayText | EditText:
    if units(header) + 1 + units(act.text) > LIMIT:
        return act
    html = f"{_escaped(header)}\n{act.html}" if act.html else ""
    shifted = shift(act.entities, units(header) + 1)
    return replace(act, text=f"{header}\n{act.text}", html=html, entities=shifted)


def _caption_headed(work: Work, row: OutboxRow, act: CopyMessage, header: str) -> CopyMessage:
    whole = _caption(work, row, act).after(header)
    return replace(act, caption=whole.text.rstrip(), caption_entities=whole.entities)


def _caption(work: Work, row: OutboxRow, act: CopyMessage) -> Rich:
    """What stands under the picture without a header."""
    if act.caption:
        return Rich(act.caption, act.caption_entities)
    kept = work.messages.get(row.outgoing.carries or 0)
    return Rich(kept.content.text, kept.content.entities) if kept else Rich("")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
