"""`/review [姓名] [时段] [考核项]`, `/review 导出 [时段]`: what somebody's work came to, and the cases behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.desk.asked import PERIODS, read_asked
from bot.desk.buttons import Buttons
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.outgoing import Address, Outgoing, Private, ReportKind, SayText, SendReport
from bot.desk.people import Role, Staff
from bot.desk.period import Period
from bot.desk.review import Criterion
from bot.desk.split import pieces
from bot.usecases.at_hand import Spot, require_staff, require_supervisor
from bot.usecases.groups import room, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.quality import replies_in
from bot.usecases.review_gather import Reviewed, reviews
from bot.usecases.review_scope import code_of, from_code, shown
from bot.usecases.review_words import (
    case_buttons,
    criterion_buttons,
    criterion_named,
    evidence_lines,
    people_buttons,
    people_lines,
    point_lines,
    total_words,
)
from bot.usecases.say import say
from bot.usecases.whose import days_of

FILE: Final = ("导出", "表格")


@dataclass(frozen=True)
class _Asked:
    period: Period
    person: Staff | None = None
    criterion: Criterion | None = None
    is_file: bool = False


def review_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """Everybody, or one person, for those who lead; specialists see their own. It is told in private, but among the
    supervisors where they read alone.
    """
    who = require_staff(work, staff_telegram_id)
    asked = _asked(work, office, now, query)
    to = place_for(work, office, who, spot)
    if who.role is Role.SPECIALIST:
        asked = _own(asked, who)
    _told(work, office, now, to, asked)
    if to != room(spot.ref.chat_id, spot.thread_id):
        say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/review_private", values={},
            reply_to=spot.ref)  # fmt: skip


def place_for(work: Work, office: Office, who: Staff, spot: Spot) -> Address:
    """Figures and scores of people: in the supervisors' chat when those who lead ask there, else in private."""
    leads = who.role is not Role.SPECIALIST
    if leads and office.supervisors_chat and spot.ref.chat_id == supervisors(work, office).chat_id:
        return room(spot.ref.chat_id, spot.thread_id)
    return Private(who.telegram_id)


def press_person(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button with a person's name."""
    who = require_staff(work, staff_telegram_id)
    _told(work, office, now, place_for(work, office, who, spot), _pressed(work, who, subject, choice))
    return ""


def press_criterion(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button of a criterion: the cases behind it."""
    who = require_staff(work, staff_telegram_id)
    name, _, code = choice.partition(".")
    criterion = criterion_named(office, name)
    if criterion is None:
        raise DeskError("notice/button_outdated")
    asked = _pressed(work, who, subject, code)
    _told(work, office, now, place_for(work, office, who, spot), _Asked(asked.period, asked.person, criterion))
    return ""


def press_file(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 导出考核表."""
    who = require_supervisor(work, staff_telegram_id)
    _told(work, office, now, place_for(work, office, who, spot), _Asked(from_code(choice), is_file=True))
    return ""


def _pressed(work: Work, who: Staff, staff_id: int, code: str) -> _Asked:
    person = work.staff.get(staff_id)
    if person is None:
        raise DeskError("notice/button_outdated")
    asked = _Asked(from_code(code), person)
    return _own(asked, who) if who.role is Role.SPECIALIST else asked


def _asked(work: Work, office: Office, now: datetime, query: str) -> _Asked:
    """The words in whichever order; DeskError by how it is used."""
    asked = read_asked(query, office.today(now), people=work.staff.all())
    criterion, is_file = None, False
    for word in asked.rest:
        if word in FILE:
            is_file = True
        elif (meant := criterion_named(office, word)) is not None and criterion is None:
            criterion = meant
        else:
            raise DeskError("notice/how_review", word=word, periods=PERIODS)
    return _Asked(days_of(asked, office, now), asked.person, criterion, is_file)


def _own(asked: _Asked, who: Staff) -> _Asked:
    """A specialist sees their own, and no file of everybody's."""
    if asked.is_file or (asked.person is not None and asked.person.id != who.id):
        raise NotAllowed("notice/review_own")
    return _Asked(asked.period, who, asked.criterion)


def _told(work: Work, office: Office, now: datetime, to: Address, asked: _Asked) -> None:
    if asked.is_file:
        work.outbox.add(Outgoing(to, SendReport(ReportKind.REVIEW, code_of(asked.period))), at=now)
        return
    if asked.person is not None and asked.person.role is not Role.SPECIALIST:
        raise DeskError("notice/review_specialists", name=asked.person.name)
    found = reviews(work, office, now, asked.period, person=asked.person)
    if asked.person is None and asked.criterion is None:
        _tell_all(work, office, now, to, asked.period, found)
    for each in found if asked.person is not None or asked.criterion is not None else ():
        _tell_one(work, office, now, to, asked, each)


def _tell_all(work: Work, office: Office, now: datetime, to: Address, period: Period, found: list[Reviewed]) -> None:
    ordered = sorted(found, key=lambda r: (r.review.total is None, -(r.review.total or 0), r.who.id))
    lines = "\n".join(people_lines(office, ordered)) or office.reviewing("nobody")
    text = office.say("notice/review_all", **shown(period), lines=lines).text
    _say(work, now, to, text, people_buttons(office, ordered, period))


def _tell_one(work: Work, office: Office, now: datetime, to: Address, asked: _Asked, each: Reviewed) -> None:
    values = {**shown(asked.period), "name": each.who.name}
    if asked.criterion is None:
        values |= {"total": total_words(office, each.review), "lines": "\n".join(_lines(work, office, asked, each))}
        _say(work, now, to, office.say("notice/review", **values).text, criterion_buttons(office, each, asked.period))
        return
    point = each.review.point(asked.criterion)
    if point is None:
        raise DeskError("notice/review_no_weight", name=office.reviewing(asked.criterion.value))
    told = {"what": office.reviewing(asked.criterion.value), "lines": "\n".join(evidence_lines(office, point))}
    _say(work, now, to, office.say("notice/review_cases", **values, **told).text, case_buttons(office, point))


def _lines(work: Work, office: Office, asked: _Asked, each: Reviewed) -> list[str]:
    """The points, then what is told beside them and counts for none."""
    lines = point_lines(office, each.review)
    found = replies_in(work, office, asked.period).get(each.who.id)
    if found is not None:
        lines.append(office.reviewing("words_found", held=found.held, noted=found.noted))
    if each.under_appeal:
        lines.append(office.reviewing("under_appeal", count=each.under_appeal))
    return lines


def _say(work: Work, now: datetime, to: Address, text: str, buttons: Buttons) -> None:
    """In as many messages as it needs; the buttons stand under the last."""
    parts = pieces(text)
    for n, part in enumerate(parts, start=1):
        work.outbox.add(Outgoing(to, SayText(part, buttons=buttons if n == len(parts) else ())), at=now)
