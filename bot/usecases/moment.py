"""Times as people say them: what a phrase means here and now, the choices on buttons, and how long ahead to remind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.reading import At, Unclear
from bot.desk.when import find_whens, read_when
from bot.usecases.office import Office

BEFORE_DEADLINE: Final = timedelta(minutes=30)
"""Working time by which a reminder of a deadline (今天下班前) comes ahead of it."""
PER_ROW = 2


@dataclass(frozen=True)
class Said:
    """A time and the other words; `when` is None when no time was said."""

    when: At | Unclear | None
    rest: str
    phrase: str = ""


def time_in(office: Office, now: datetime, words: str) -> Said:
    """The time that words begin with, else the only one in them."""
    when = read_when(words, now, office.hours)
    if when is None:
        found = find_whens(words, now, office.hours)
        when = found[0] if len(found) == 1 else None
    if when is None:
        return Said(None, words.strip())
    start, end = _whole_words(office, now, words, when).span
    rest = f"{words[:start].strip()} {words[end:].strip()}".strip(" ，,：:。")
    return Said(when, rest, words[start:end].strip())


def _whole_words(office: Office, now: datetime, words: str, when: At | Unclear) -> At | Unclear:
    """5点 整理: the time ends where a space does, unless what follows the space changes what it means."""
    start, end = when.span
    space = words.rfind(" ", start, end)
    if end >= len(words) or words[end].isspace() or space <= start:
        return when
    shorter = read_when(words[start:space], now, office.hours)
    if not (isinstance(when, At) and isinstance(shorter, At)) or (shorter.at, shorter.by) != (when.at, when.by):
        return when
    return replace(when, span=(start, space))


def remind_at(office: Office, now: datetime, when: At) -> datetime:
    """When a reminder for it fires: for a deadline (前, 内) ahead of it, for all else when what was named begins."""
    if when.is_deadline and when.length is None:
        return ahead_of(office, now, when.by, BEFORE_DEADLINE)
    return when.at


def ahead_of(office: Office, now: datetime, due: datetime, lead: timedelta) -> datetime:
    """`lead` of working time before `due`, to the minute; half-way when less than that is left. Never at a close: what
    is due soon after an opening is told at that opening, not on the evening before a holiday.
    """
    left = office.worked(now, due)
    if left <= lead:
        return office.due(now, left / 2) if left else now + (due - now) / 2
    early, late = now, due
    while late - early > timedelta(minutes=1):
        middle = early + (late - early) / 2
        early, late = (middle, late) if office.worked(middle, due) > lead else (early, middle)
    return office.opening(late.replace(second=0, microsecond=0))


def require_time(office: Office, now: datetime, words: str) -> tuple[At, str]:
    """A time that can be kept and the other words; DeskError asks back when there is none, or none that is clear."""
    said = time_in(office, now, words)
    if isinstance(said.when, At):
        return said.when, said.rest
    raise DeskError("notice/which_time", why=why_unclear(office, said))


def why_unclear(office: Office, said: Said) -> str:
    """What has to be asked back, in words."""
    if isinstance(said.when, Unclear):
        return office.line(f"time_{said.when.why.value}", words=said.phrase)
    return office.line("time_none")


def phrase_buttons(
    office: Office, now: datetime, phrases: Sequence[str], *, verb: Verb, subject: int, is_deadline: bool = False
) -> Buttons:
    """A button for each phrase that has a meaning now, with the instant that it means."""
    found = [
        Button(_label(office, phrase, at), Press(verb, subject, str(number)))
        for number, phrase in enumerate(phrases)
        if (at := _meant(office, now, phrase, is_deadline=is_deadline)) is not None
    ]
    return tuple(tuple(found[i : i + PER_ROW]) for i in range(0, len(found), PER_ROW))


def phrase_chosen(
    office: Office, now: datetime, phrases: Sequence[str], choice: str, *, is_deadline: bool = False
) -> datetime:
    """What the phrase of a pressed button means now; DeskError when it means nothing any more."""
    if choice.isdecimal() and len(choice) < 3 and int(choice) < len(phrases):
        at = _meant(office, now, phrases[int(choice)], is_deadline=is_deadline)
        if at is not None:
            return at
    raise DeskError("notice/button_outdated")


def _meant(office: Office, now: datetime, phrase: str, *, is_deadline: bool) -> datetime | None:
    when = read_when(phrase, now, office.hours)
    if not isinstance(when, At):
        return None
    return when.by if is_deadline else remind_at(office, now, when)


def _label(office: Office, phrase: str, at: datetime) -> str:
    return office.line("time_choice", phrase=phrase, time=office.local(at))
