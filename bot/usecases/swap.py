"""`/swap` (换班) and `/standin` (代班): the colleague agrees, the supervisors approve, or arrange it at once."""

from datetime import date, datetime

from bot.desk.days import day_from
from bot.desk.duty_request import DutyRequest, Stage, Wish
from bot.desk.errors import DeskError
from bot.desk.people import Role, Staff
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.change_rules import still_possible
from bot.usecases.decide import approve_own
from bot.usecases.duty_asked import answer_buttons, file, not_again, not_beside, place_of_team, what_words
from bot.usecases.duty_words import names_of
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say


def ask_swap(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """`/swap 日期 姓名 [对方的日期]`: my shifts of that date for theirs of the same date, or of another."""
    who = require_staff(work, staff_telegram_id)
    days, people = _parts(work, office, now, query)
    if len(people) != 1 or not 1 <= len(days) <= 2:
        raise DeskError("notice/how_swap")
    wanted = DutyRequest(
        0, Wish.SWAP, who.id, days[0], days[0], "", Stage.ASKED, now, colleague_id=people[0].id, their_day=days[-1]
    )
    _ask(work, office, now, wanted, who, spot)


def ask_stand_in(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """`/standin 姓名 日期`: they stand in for me; a supervisor arranges it: `/standin 姓名 日期 被代人`."""
    who = require_staff(work, staff_telegram_id)
    days, people = _parts(work, office, now, query)
    leads = who.role is not Role.SPECIALIST
    if len(days) != 1 or not people or len(people) > (2 if leads else 1):
        raise DeskError("notice/how_standin")
    if leads and len(people) == 2:
        _arrange(work, office, now, days[0], people, who, spot)
        return
    wanted = DutyRequest(0, Wish.STAND_IN, who.id, days[0], days[0], "", Stage.ASKED, now, colleague_id=people[0].id)
    _ask(work, office, now, wanted, who, spot)


def _arrange(work: Work, office: Office, now: datetime, day: date, people: list[Staff], who: Staff, spot: Spot) -> None:
    """A supervisor's word is enough (manual: 考勤，值班安排 is theirs); both hear of it."""
    stand_in, away = people
    wanted = DutyRequest(0, Wish.STAND_IN, away.id, day, day, "", Stage.ASKED, now, colleague_id=stand_in.id)
    for other in work.rosters.requests(stages=(Stage.APPROVED,), staff_id=away.id):
        if other.is_same(wanted):
            raise DeskError("notice/request_known", number=str(other.id), what=what_words(work, office, other),
                            stage=office.duty(f"stage_{other.stage.value}"))  # fmt: skip
    _check(work, office, now, wanted, from_anywhere=True)
    told = approve_own(work, office, now, request=file(work, now, wanted, by=who), who=who)
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/told", values={"words": told}, reply_to=spot.ref)


def _ask(work: Work, office: Office, now: datetime, wanted: DutyRequest, who: Staff, spot: Spot) -> None:
    not_again(work, office, wanted)
    _check(work, office, now, wanted)
    not_beside(work, office, wanted)
    request = file(work, now, wanted)
    colleague = names_of(work).get(request.colleague_id or 0, "?")
    values = {"number": str(request.id), "name": who.name, "colleague": colleague,
              "what": what_words(work, office, request)}  # fmt: skip
    say(work, office, now, to=place_of_team(work, office, who), script="notice/change_wanted", values=values,
        buttons=answer_buttons(office, request))  # fmt: skip
    sent = {"number": str(request.id), "what": what_words(work, office, request), "who": colleague}
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/request_sent", values=sent, reply_to=spot.ref)


def _check(work: Work, office: Office, now: datetime, wanted: DutyRequest, *, from_anywhere: bool = False) -> None:
    if wanted.colleague_id == wanted.asker_id:
        raise DeskError("notice/change_with_self")
    still_possible(work, office, now, wanted, from_anywhere=from_anywhere)


def _parts(work: Work, office: Office, now: datetime, query: str) -> tuple[list[date], list[Staff]]:
    """Dates and colleagues, in whichever order they were written; DeskError for a word that is neither."""
    days: list[date] = []
    people: list[Staff] = []
    staff = [s for s in work.staff.all() if s.is_active]
    for word in query.split():
        day = day_from(word, office.today(now))
        found = [s for s in staff if s.name == word]
        if day is not None:
            days.append(day)
        elif len(found) == 1:
            people.append(found[0])
        else:
            raise DeskError("notice/no_such_colleague", name=word)
    return days, people
