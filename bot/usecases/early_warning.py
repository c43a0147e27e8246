"""Early warning (预警): look at the counts, raise what the rules call for once a window, and tell whoever leads."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.desk import warnings as rules
from bot.desk.alarms import Alarm
from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.outgoing import Address, Priority, Private
from bot.desk.people import Role, Staff
from bot.desk.rating import LowRating
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.warnings import EarlyWarning, Level, WarningRule
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.upstairs import leaders_places
from bot.usecases.warning_facts import hourly, quick
from bot.usecases.warning_words import rule_of, what_of, words_of_cases

QUICK, HOURLY = 0, 1
"""The two looks, as the subject of their reminders."""
HOUR: Final = timedelta(hours=1)
EXCERPT: Final = 300
"""Characters of the words that a red warning quotes."""
_START = datetime(1970, 1, 1, tzinfo=UTC)


def plan_warnings(work: Work, office: Office, now: datetime) -> None:
    """Ask for the next looks (once, whoever asks: they stand at whole multiples of their interval)."""
    for subject in (QUICK, HOURLY):
        _plan(work, office, now, subject)


def _plan(work: Work, office: Office, now: datetime, subject: int) -> None:
    every = office.warnings.look_every if subject == QUICK else HOUR
    work.reminders.add(Reminder(ReminderKind.WARNING, subject, window_of(now, every) + every))


def window_of(now: datetime, length: timedelta) -> datetime:
    """Where the window of this length that `now` lies in began (UTC)."""
    return _START + (now - _START) // length * length


def look_for_warnings(work: Work, office: Office, now: datetime, *, subject: int = QUICK) -> None:
    """One look, and the next one asked for."""
    _plan(work, office, now, subject)
    raise_warnings(work, office, now, (quick if subject == QUICK else hourly)(work, office, now))


def warn_of_danger(
    work: Work, office: Office, now: datetime, *, case_id: int, alarm: Alarm, words: str
) -> EarlyWarning | None:
    """Red, stored in the transaction that brings the words; a danger that the case's warning tells of already is no
    news (None). Whoever stores it tells it: with the complaint's own alert, or by `tell_warning`.
    """
    since = now - office.warnings.window
    standing = work.warnings.of_subject(WarningRule.DANGER, str(case_id), since)
    codes = [danger.value for danger in alarm.dangers]
    found = rules.danger(case_id, codes, said=words.strip()[:EXCERPT], standing=standing)
    return _claim(work, office, now, found) if found is not None else None


def warn_of_low_rating(work: Work, office: Office, now: datetime, *, low: LowRating) -> EarlyWarning | None:
    """Blue, stored in the transaction that brings the rating; the supervisors' task tells of it. None: known."""
    return _claim(work, office, now, rules.low_rating(low.rating_id, low.case_id, low.score))


def close_of_low_rating(work: Work, now: datetime, *, low: LowRating, by: Staff) -> None:
    """Who wrote down what was done about a low rating has dealt with its warning."""
    warning = work.warnings.last_of(WarningRule.LOW_RATING, str(low.rating_id))
    if warning is None or warning.closed_at is not None:
        return
    if warning.taken_at is None:
        warning = replace(warning, taken_at=now, taken_by=by.id)
    work.warnings.save(replace(warning, closed_at=now, closed_by=by.id, reason=low.words))


def raise_warnings(work: Work, office: Office, now: datetime, found: Iterable[EarlyWarning]) -> list[EarlyWarning]:
    """Store and tell those that are news; which were."""
    raised = [kept for each in found if (kept := _claim(work, office, now, each)) is not None]
    for each in raised:
        tell_warning(work, office, now, each)
    return raised


def _claim(work: Work, office: Office, now: datetime, found: EarlyWarning) -> EarlyWarning | None:
    """Only one caller gets it; over the edge of a window too, the pause between two is a window long."""
    if found.rule is WarningRule.LOW_RATING:  # its subject is one rating: once for ever
        return work.warnings.claim(replace(found, raised_at=now))
    if found.rule is WarningRule.DANGER:  # of one case, whose row the transaction holds: told as long as it is news
        return work.warnings.claim(replace(found, raised_at=now, window_key=now.isoformat()))
    last = work.warnings.last_of(found.rule, found.subject)
    if last is not None and last.raised_at is not None and now < last.raised_at + office.warnings.window:
        return None
    key = window_of(now, office.warnings.window).isoformat()
    return work.warnings.claim(replace(found, raised_at=now, window_key=key))


def tell_warning(work: Work, office: Office, now: datetime, warning: EarlyWarning) -> None:
    """A message of its own, wherever it is to be read."""
    values = {
        "warning": str(warning.id),
        "level": office.alert(warning.level.value),
        "what": what_of(office, warning),
        "rule": rule_of(office, warning),
        "cases": words_of_cases(work, office, warning),
    }
    for place in _places(work, office, warning):
        say(work, office, now, to=place, script="notice/warning", values=values, priority=Priority.CARD,
            buttons=warning_buttons(office, warning))  # fmt: skip


def _places(work: Work, office: Office, warning: EarlyWarning) -> list[Address]:
    """Where leaders read; a red one reaches the manager in private too."""
    managers: list[Address] = [Private(s.telegram_id) for s in work.staff.all()
                               if s.is_active and s.role is Role.MANAGER]  # fmt: skip
    places = [*leaders_places(work, office), *(managers if warning.level is Level.RED else [])]
    return list({place.lane: place for place in places}.values())


def warning_buttons(office: Office, warning: EarlyWarning) -> Buttons:
    """查看, 我来处理, 关闭."""
    verbs = {"show": Verb.WARNING_SHOW, "take": Verb.WARNING_TAKE, "close": Verb.WARNING_CLOSE}
    return (tuple(Button(office.alert(key), Press(verb, warning.id)) for key, verb in verbs.items()),)
