"""Ask another department for help (协办), by a deadline: the case stays with its handler."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.assist import Assist, Department, without_phones
from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import Direction, MessageRef
from bot.desk.outgoing import Group
from bot.desk.people import Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.script import Rendered
from bot.desk.when import At, DeskHours, Measure, Unclear, read_when
from bot.usecases.at_hand import franchisee_of, require_in_charge, require_staff, require_unfinished, staff_and_case
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.greet import case_values
from bot.usecases.groups import room
from bot.usecases.keyboard import in_rows, numbered, pressed_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.relay import in_words
from bot.usecases.say import edit, say, utter
from bot.usecases.topics import place_of, show_card

EXCERPT = 300
"""Characters of a person's words that a request holds."""
PER_ROW = 4
FARTHEST = timedelta(days=60)
"""No department is asked for anything later."""


@dataclass(frozen=True)
class Wish:
    """Which department is to do what, until when (UTC)."""

    department: Department
    due_at: datetime
    words: str


def offer_assist(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    case_id: int,
    chat_id: int,
    thread_id: int | None,
) -> str:
    """The button 协办: ask which department."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    _require_assistable(case, who)
    choices = [Button(d.name, Press(Verb.ASSIST_WHOM, case.id, d.code)) for d in office.departments]
    buttons = in_rows(choices, PER_ROW)
    say(work, office, now, to=room(chat_id, thread_id), script="notice/assist_to_whom",
        values={"case": str(case.id)}, buttons=buttons, case_id=case.id)  # fmt: skip
    return ""


def ask_until_when(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, pressed: MessageRef
) -> str:
    """A department was chosen: offer deadlines, each by the time that it would be."""
    _, case = staff_and_case(work, staff_telegram_id, case_id)
    department = _by_code(office, choice)
    ends = [office.local(office.due(now, length)) for length in office.ownership.assist_choices]
    labels = [office.line("deadline", time=end) for end in ends]
    buttons = numbered(labels, Verb.ASSIST_ASK, case.id, after=choice)
    words = office.say("notice/assist_until_when", case=str(case.id), department=department.name)
    edit(work, now, target=pressed, words=words, buttons=buttons)
    return ""


def assist_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, pressed: MessageRef
) -> str:
    """Department and deadline were chosen: the request goes out with the franchisee's last words."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    code, _, number = choice.partition(".")
    length = pressed_of(office.ownership.assist_choices, number)
    wish = Wish(_by_code(office, code), office.due(now, length), office.line("assist_default"))
    asked = assist(work, office, now, case=case, who=who, wish=wish)
    edit(work, now, target=pressed, words=_told(office, case, wish))
    return asked


def assist_by_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case: Case, words: str
) -> None:
    """`/assist 部门 期限 说明`."""
    who = require_staff(work, staff_telegram_id)
    name, _, rest = words.partition(" ")
    deadline = read_when(rest, now, DeskHours(office.calendar, office.zone))
    if isinstance(deadline, Unclear) and deadline.at is not None:
        _require_sensible(office, now, deadline.at)
    what = rest[deadline.span[1] :].strip(" ,，:：") if isinstance(deadline, At) else ""
    if not name or not isinstance(deadline, At) or not what:
        raise DeskError("notice/how_assist", departments=_names(office))
    department = office.department(name)
    if department is None:
        raise DeskError("notice/no_such_department", department=name[:20], departments=_names(office))
    wish = Wish(department, _due(office, now, deadline), what)
    assist(work, office, now, case=case, who=who, wish=wish)
    utter(work, now, to=place_of(case), words=_told(office, case, wish), case_id=case.id)


def _due(office: Office, now: datetime, deadline: At) -> datetime:
    """Hours and minutes are working time; days keep the time of day, and end in working hours; 明天 is its closing."""
    match deadline.measure:
        case Measure.HOURS if deadline.length is not None:
            return office.due(now, deadline.length)
        case Measure.DAYS | Measure.WORKDAYS:
            return office.opening(deadline.at)
        case _:
            return deadline.by


def assist(work: Work, office: Office, now: datetime, *, case: Case, who: Staff, wish: Wish) -> str:
    """Record the request, send it to the department's chat, and have its deadline watched."""
    _require_assistable(case, who)
    _require_sensible(office, now, wish.due_at)
    for known in work.assists.of_case(case.id):
        if known.is_open and known.department == wish.department.code:
            raise DeskError("notice/assist_again", case=str(case.id), department=wish.department.name,
                            until=office.local(known.due_at))  # fmt: skip
    kept = work.assists.add(Assist(0, case.id, wish.department.code, who.id, now, wish.due_at, wish.words))
    work.reminders.add(Reminder(ReminderKind.ASSIST, case.id, wish.due_at))
    data = {"department": wish.department.name, "until": wish.due_at.isoformat(), "words": wish.words}
    work.events.add(Event(case.id, Did.ASSIST_ASKED, now, staff_id=who.id, data=data))
    if wish.department.chat_id:
        _send(work, office, now, case, kept, wish, who)
    show_card(work, case, now)
    what = office.line("step_assist_asked", by=who.name, department=wish.department.name,
                       until=office.local(wish.due_at))  # fmt: skip
    tell_first_owner(work, office, now, case=case, what=what, told=(who.id,))
    return office.say("notice/assist_sent", case=str(case.id), department=wish.department.name).text


def _told(office: Office, case: Case, wish: Wish) -> Rendered:
    """What was asked; of a department without a chat, also whom to ask."""
    department, until = wish.department, office.local(wish.due_at)
    if department.chat_id:
        return office.say("notice/assist_asked", case=str(case.id), department=department.name, until=until,
                          words=wish.words)  # fmt: skip
    contact = department.contact or office.word("no_contact")
    return office.say("notice/assist_by_contact", case=str(case.id), department=department.name, until=until,
                      words=wish.words, contact=contact)  # fmt: skip


def _require_assistable(case: Case, who: Staff) -> None:
    require_unfinished(case)
    require_in_charge(case, who)


def _require_sensible(office: Office, now: datetime, due: datetime) -> None:
    if due <= now:
        raise DeskError("notice/deadline_past", until=office.local(due))
    if due > now + FARTHEST:
        raise DeskError("notice/deadline_far", until=office.local(due), days=str(FARTHEST.days))


def _by_code(office: Office, code: str) -> Department:
    found = next((d for d in office.departments if d.code == code), None)
    if found is None:
        raise DeskError("notice/button_outdated")
    return found


def _names(office: Office) -> str:
    return "、".join(d.name for d in office.departments)


def _send(work: Work, office: Office, now: datetime, case: Case, kept: Assist, wish: Wish, who: Staff) -> None:
    """The essentials of the case, and no telephone number, whoever wrote it."""
    hidden = office.word("phone_hidden")
    said = [m for m in work.messages.of_case(case.id) if m.direction is Direction.IN]
    last = in_words(office, said[-1])[:EXCERPT] if said else office.word("none")
    values = {
        **case_values(work, office, case, franchisee_of(work, case)),
        "name": without_phones(franchisee_of(work, case).name, hidden),
        "department": wish.department.name,
        "kind": office.kind_name(case.kind),
        "words": without_phones(wish.words[:EXCERPT], hidden),
        "last": without_phones(last, hidden),
        "by": office.called(who),
        "until": office.local(wish.due_at),
    }
    buttons = ((Button(office.label("received"), Press(Verb.RECEIVED, kept.id)),
                Button(office.label("receipt"), Press(Verb.RECEIPT, kept.id))),)  # fmt: skip
    to = Group(work.groups.current(wish.department.chat_id))
    say(work, office, now, to=to, script="notice/assist_request", values=values, buttons=buttons, case_id=case.id)
