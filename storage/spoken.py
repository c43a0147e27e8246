"""What the bot has said in a case and where it stands, for buttons that can do nothing any more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot.desk.message import MessageRef
from bot.desk.outgoing import SayText
from storage.conditions import is_exactly
from storage.mapping import from_payload
from storage.tables import OutboxRowTable as Row


class SqlSpoken:
    """The delivered texts of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_case(self, case_id: int, since: datetime) -> Sequence[tuple[MessageRef, SayText]]:
        """By the index of what was delivered when: `since` is the near past, the rest is looked through."""
        columns = (col(Row.sent_chat_id), col(Row.sent_message_id), col(Row.payload), col(Row.priority))
        query = (
            select(*columns)
            .where(is_exactly(col(Row.state), "delivered"), col(Row.finished_at) >= since)
            .where(col(Row.case_id) == case_id, col(Row.act) == "SayText", col(Row.sent_message_id).is_not(None))
            .order_by(col(Row.finished_at), col(Row.id))
        )
        found = self._session.execute(query).all()
        acts = (from_payload(payload, priority=priority, case_id=case_id).act for _, _, payload, priority in found)
        return [
            (MessageRef(chat, number), act)
            for (chat, number, _, _), act in zip(found, acts, strict=True)
            if isinstance(act, SayText)
        ]
