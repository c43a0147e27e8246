"""Pass a specialist's words to the franchisee: the only door through which a person's text goes out."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.lint import Severity
from bot.desk.message import ContentKind, Incoming, Message
from bot.desk.people import Staff
from bot.usecases.at_hand import Spot, active_staff, case_at
from bot.usecases.finding_talk import take_words
from bot.usecases.groups import is_agent_group, room
from bot.usecases.hold import album_held, hold_reply
from bot.usecases.inspect import inspect
from bot.usecases.note import NOTE_MARK, keep_note, without_mark
from bot.usecases.noted import note_found
from bot.usecases.office import Office
from bot.usecases.pass_on import Words, pass_on
from bot.usecases.ports import Work
from bot.usecases.redraft import overtake
from bot.usecases.say import say


def reply(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, message: Incoming) -> int | None:
    """Something was said in an agent group: an answer, a note, what the desk asked for, or talk; the case's id."""
    who = active_staff(work, staff_telegram_id)
    if who is None or not is_agent_group(work, office, message.ref.chat_id):
        return None
    case = case_at(work, Spot(message.ref, message.thread_id, message.reply_to))
    if case is None:
        _tell_nobody_hears(work, office, now, message)
        return None
    if take_words(work, office, now, case=case, who=who, message=message):
        return case.id
    if message.content.text.lstrip().startswith(NOTE_MARK):
        keep_note(work, now, case=case, who=who, message=without_mark(message))
    elif message.content.kind is ContentKind.OTHER:
        values = {"what": office.content_name(message.content.what)}
        to = room(message.ref.chat_id, message.thread_id)
        say(work, office, now, to=to, script="notice/cannot_relay_reply", values=values, reply_to=message.ref)
    else:
        words = Words(message.content, message.ref, message.reply_to, message.quote, thread_id=message.thread_id)
        answer(work, office, now, case=case, who=who, words=words)
    return case.id


def _tell_nobody_hears(work: Work, office: Office, now: datetime, message: Incoming) -> None:
    """A topic that we made and know nothing of: its making was in doubt (a crash, a lost answer) and was repeated."""
    if not message.is_in_our_topic or not message.thread_id or message.content.text.lstrip().startswith(NOTE_MARK):
        return
    to = room(message.ref.chat_id, message.thread_id)
    say(work, office, now, to=to, script="notice/topic_without_case", values={}, reply_to=message.ref)


def answer(work: Work, office: Office, now: datetime, *, case: Case, who: Staff, words: Words) -> Message | None:
    """Look at an answer, then record it and queue it to the franchisee; None when it is held back."""
    report = inspect(work, office, words.content.text)
    album = album_held(work, case, who, words.content)
    if report.severity is Severity.BLOCK or album is not None:
        hold_reply(work, office, now, case=case, who=who, words=words, report=report, album=album)
        return None
    kept = pass_on(work, office, now, case=case, who=who, words=words)
    overtake(work, now, case=case, by=who)
    note_found(work, office, now, kept=kept, who=who, report=report)
    return kept
