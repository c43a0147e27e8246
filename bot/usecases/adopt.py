"""Take the lint's suggestion (采用建议并发送): the better wording goes out; or be told how to change (修改)."""

from datetime import datetime

from bot.desk.draft import DraftState
from bot.desk.errors import DeskError
from bot.desk.lint import Severity
from bot.desk.message import MessageRef
from bot.usecases.at_hand import require_staff
from bot.usecases.deliver_draft import deliver_draft, in_better_words
from bot.usecases.end_draft import end_draft, living_draft, own
from bot.usecases.inspect import inspect
from bot.usecases.office import Office
from bot.usecases.old_buttons import drop_buttons
from bot.usecases.pass_on import show_sent
from bot.usecases.ports import Work


def adopt(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, draft_id: int, version: str = "",
    pressed: MessageRef | None = None,
) -> str:  # fmt: skip
    """Send the better wording through the same door, and show in the topic what was sent; the words for the press."""
    who = require_staff(work, staff_telegram_id)
    draft = living_draft(work, office, draft_id=draft_id, version=version)
    own(draft, who)
    items = in_better_words(draft)
    if not draft.better or any(inspect(work, office, i.content.text).severity is Severity.BLOCK for i in items):
        raise DeskError("notice/no_suggestion", draft=str(draft.id))
    sent = deliver_draft(work, office, now, draft=draft, who=who, items=items)
    end_draft(work, now, draft=draft, state=DraftState.ADOPTED, by=who.id, sent=sent[0].id, pressed=pressed)
    for kept in sent:
        now_kept = work.messages.get(kept.id) or kept
        if now_kept.content.text:
            show_sent(work, office, now, who=who, kept=now_kept)
    drop_buttons(work, now, pressed)
    return office.say("notice/adopted").text


def how_to_modify(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, draft_id: int, version: str = "",
    pressed: MessageRef | None = None,
) -> str:  # fmt: skip
    """修改: words are written, not pressed; the answer says how."""
    require_staff(work, staff_telegram_id)
    draft = living_draft(work, office, draft_id=draft_id, version=version)
    return office.say("notice/how_modify", draft=str(draft.id)).text
