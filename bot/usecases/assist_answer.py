"""A department takes on what it was asked (受理) and reports back (回执): into the topic, never to the franchisee."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.desk.assist import Assist, AssistState, Department
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import ContentKind, Direction, Incoming, Message, MessageRef
from bot.desk.outgoing import CopyMessage, Group, Outgoing, Priority, React
from bot.desk.people import Staff
from bot.usecases.at_hand import Spot, require_case, require_staff
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.note import NOTED
from bot.usecases.office import Office
from bot.usecases.people import Sender
from bot.usecases.ports import Work
from bot.usecases.receipt_words import ask_for_words, awaited, is_answer, numbered_words, require_one
from bot.usecases.say import answered, say
from bot.usecases.topics import place_of, show_card


def department_at(work: Work, office: Office, chat_id: int) -> Department | None:
    """The department whose chat this is (as it is called now)."""
    with_chat = (d for d in office.departments if d.chat_id)
    return next((d for d in with_chat if work.groups.current(d.chat_id) == chat_id), None)


def take_on(work: Work, office: Office, now: datetime, *, by: Sender, assist_id: int, pressed: MessageRef) -> str:
    """The button 已受理; the second who presses changes nothing."""
    assist = _theirs(work, office, assist_id, pressed.chat_id)
    return _take_on(work, office, now, assist=assist, by=by.name)


def ask_receipt(work: Work, office: Office, now: datetime, *, by: Sender, assist_id: int, pressed: MessageRef) -> str:
    """The button 回执: asks for the words; after the receipt it only says that there is one."""
    assist = _theirs(work, office, assist_id, pressed.chat_id)
    if not assist.is_open:
        return office.say("notice/assist_thanks", case=str(assist.case_id)).text
    return ask_for_words(work, office, now, assist=assist, by=by, at=pressed)


def report_done(work: Work, office: Office, now: datetime, *, by: Sender, assist_id: int, pressed: MessageRef) -> str:
    """The button 没有要补充的: done, without words; the question's button goes, and a second press reports nothing."""
    assist = _theirs(work, office, assist_id, pressed.chat_id)
    if assist.is_open:
        _report(work, office, now, assist=assist, by=by.name, words=office.line("assist_done"))
    return answered(work, office, now, pressed=pressed, script="notice/assist_thanks", case_id=assist.case_id)


def department_says(work: Work, office: Office, now: datetime, *, department: Department, by: Sender,
                    message: Incoming) -> int | None:  # fmt: skip
    """Words in a department's chat: a reply to a request is its receipt, and so is what was asked for; all else is
    their own talk.
    """
    assist = _replied(work, department, message.reply_to)
    if assist is None and is_answer(message):
        assist = awaited(work, now, department=department, by=by)
    if assist is None:
        return None
    content = message.content
    kept = replace(content, origin=f"{department.name} {by.name}")
    case = require_case(work, assist.case_id)
    work.messages.add(Message(0, case.id, Direction.NOTE, message.ref, kept, staff_id=None, at=now))
    words = content.text or office.labels.media.get(content.kind.value) or office.content_name(content.what)
    _report(work, office, now, assist=assist, by=by.name, words=words)
    if content.kind not in (ContentKind.TEXT, ContentKind.OTHER):
        copy = CopyMessage(message.ref, content.kind)
        work.outbox.add(Outgoing(place_of(case), copy, case_id=case.id), at=now)
    mark = React(message.ref, NOTED)
    work.outbox.add(Outgoing(Group(message.ref.chat_id), mark, priority=Priority.RECEIPT), at=now)
    return case.id


def department_command(
    work: Work,
    office: Office,
    now: datetime,
    *,
    department: Department,
    by: Sender,
    spot: Spot,
    name: str,
    rest: str,
) -> None:
    """`/received`, `/receipt 结果` and `/help`; without a reply or a number the only request that is open is meant."""
    to, (number, words) = Group(spot.ref.chat_id, spot.thread_id), numbered_words(rest)
    pointed = partial(_pointed, work, office, now, department=department, by=by, spot=spot, number=number)
    match name:
        case "received":
            told = _take_on(work, office, now, assist=pointed(), by=by.name)
        case "receipt" if not words:
            assist = pointed()
            told = ask_receipt(work, office, now, by=by, assist_id=assist.id, pressed=spot.ref)
        case "receipt":
            assist = pointed()
            _report(work, office, now, assist=assist, by=by.name, words=words)
            told = office.say("notice/assist_thanks", case=str(assist.case_id)).text
        case "help" | "start":
            told = office.say("notice/help_department").text
        case _:
            return  # other commands are other bots' business here
    if told:
        say(work, office, now, to=to, script="notice/told", values={"words": told}, reply_to=spot.ref)


def report_by_staff(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case: Case, words: str
) -> None:
    """`/receipt 部门 结果` by whoever got the answer by other ways (a department without a chat, a telephone call)."""
    who: Staff = require_staff(work, staff_telegram_id)
    name, _, result = words.partition(" ")
    open_now = [a for a in work.assists.of_case(case.id) if a.is_open]
    department = office.department(name)
    if department is None and len(open_now) == 1 and name:
        department, result = office.department(open_now[0].department), words
    if department is None or not result.strip():
        raise DeskError("notice/how_receipt")
    assist = next((a for a in open_now if a.department == department.code), None)
    if assist is None:
        raise DeskError("notice/no_assist", case=str(case.id), department=department.name)
    _report(work, office, now, assist=assist, by=who.name, words=result.strip(), staff=who)


def _take_on(work: Work, office: Office, now: datetime, *, assist: Assist, by: str) -> str:
    words = office.say("notice/assist_noted", case=str(assist.case_id)).text
    if assist.state is not AssistState.ASKED:
        return words
    work.assists.save(replace(assist, state=AssistState.RECEIVED, received_at=now, received_by=by))
    case, name = require_case(work, assist.case_id), _name(office, assist)
    work.events.add(Event(case.id, Did.ASSIST_RECEIVED, now, data={"department": name, "by": by}))
    say(work, office, now, to=place_of(case), script="notice/assist_received",
        values={"case": str(case.id), "department": name, "by": by}, case_id=case.id)  # fmt: skip
    show_card(work, case, now)
    tell_first_owner(work, office, now, case=case, what=office.line("step_assist_received", department=name, by=by),
                     told=(case.handler_id,))  # fmt: skip
    return words


def _report(
    work: Work,
    office: Office,
    now: datetime,
    *,
    assist: Assist,
    by: str,
    words: str,
    staff: Staff | None = None,
) -> None:
    """The first report is the receipt; what is added later is passed on all the same."""
    case, name = require_case(work, assist.case_id), _name(office, assist)
    if assist.is_open:
        received = (assist.received_at or now, assist.received_by or by)
        work.assists.save(replace(assist, state=AssistState.ANSWERED, answered_at=now, answered_by=by,
                                  received_at=received[0], received_by=received[1]))  # fmt: skip
    data = {"department": name, "by": by, "words": words}
    work.events.add(Event(case.id, Did.ASSIST_ANSWERED, now, staff_id=staff.id if staff else None, data=data))
    say(work, office, now, to=place_of(case), script="notice/assist_answered",
        values={"case": str(case.id), "department": name, "by": by, "words": words}, case_id=case.id)  # fmt: skip
    show_card(work, case, now)
    if assist.is_open:
        what = office.line("step_assist_answered", department=name, by=by)
        tell_first_owner(work, office, now, case=case, what=what, told=(case.handler_id, staff.id if staff else None))


def _theirs(work: Work, office: Office, assist_id: int, chat_id: int) -> Assist:
    """The request of a button, pressed in the chat of the department that it was sent to."""
    assist = work.assists.get(assist_id)
    department = department_at(work, office, chat_id)
    if assist is None or department is None or assist.department != department.code or not _may_answer(assist):
        raise DeskError("notice/no_such_assist")
    return assist


def _may_answer(assist: Assist) -> bool:
    return assist.state is not AssistState.VOID


def _replied(work: Work, department: Department, reply_to: MessageRef | None) -> Assist | None:
    """The request that a message answers: the open one of that case, else the newest."""
    mapped = work.messages.find(reply_to) if reply_to else None
    return _newest(work, department, mapped.case_id) if mapped else None


def _newest(work: Work, department: Department, case_id: int) -> Assist | None:
    """What a department was asked for a case: the open one, else the newest."""
    theirs = [a for a in work.assists.of_case(case_id) if a.department == department.code]
    return next((a for a in theirs if a.is_open), theirs[-1] if theirs else None)


def _pointed(
    work: Work,
    office: Office,
    now: datetime,
    *,
    department: Department,
    by: Sender,
    spot: Spot,
    number: int | None,
) -> Assist:
    """The request that a command answers: the replied one, the numbered one, the one asked about, the only open one."""
    assist = _replied(work, department, spot.reply_to)
    if assist is None and number is not None:
        assist = _newest(work, department, number)
        if assist is None:
            raise DeskError("notice/no_such_assist")
    if assist is None:
        assist = awaited(work, now, department=department, by=by)
    if assist is None:
        assist = require_one(office, work.assists.open_of(department.code))
    if not _may_answer(assist):
        raise DeskError("notice/no_such_assist")
    return assist


def _name(office: Office, assist: Assist) -> str:
    found = office.department(assist.department)
    return found.name if found else assist.department
