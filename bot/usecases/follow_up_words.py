"""Ask the franchisee in writing whether all is well (回访), and write down what came of a call back."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.follow_up import FollowUp, FollowUpOutcome, FollowUpState
from bot.desk.outgoing import Private
from bot.desk.people import Franchisee, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.script import Rendered
from bot.usecases.at_hand import franchisee_of
from bot.usecases.complaint_words import standing_complaint
from bot.usecases.first_owner import show_button
from bot.usecases.go_on import go_on
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of
from bot.usecases.upstairs import tell_leaders


def asking_words(work: Work, office: Office, case: Case) -> Rendered:
    """The script as the franchisee would read it."""
    return office.say("notice/follow_up_ask", **case_values(work, office, case, franchisee_of(work, case)))


def ask_in_writing(
    work: Work, office: Office, now: datetime, *, case: Case, item: FollowUp, by: Staff | None = None
) -> FollowUp:
    """Send the script, with its two buttons; it is looked at again when nobody has answered in time."""
    person = franchisee_of(work, case)
    after = replace(item, state=FollowUpState.ASKED, asked_at=now, attempts=item.attempts + 1,
                    due_at=min(item.due_at, now))  # fmt: skip
    work.follow_ups.save(after)
    say(work, office, now, to=Private(person.telegram_id), script="notice/follow_up_ask",
        values=case_values(work, office, case, person), buttons=_answers(office, case), case_id=case.id)  # fmt: skip
    due = office.due(now, office.aftercare.follow_up.answer_within)
    work.reminders.add(Reminder(ReminderKind.FOLLOW_UP, case.id, due))
    data = {"times": str(after.attempts)}
    work.events.add(Event(case.id, Did.FOLLOW_UP_ASKED, now, staff_id=by.id if by else None, data=data))
    return after


def _answers(office: Office, case: Case) -> Buttons:
    return (
        (Button(office.after("satisfied"), Press(Verb.FOLLOW_ANSWER, case.id, "y")),),
        (Button(office.after("unsatisfied"), Press(Verb.FOLLOW_ANSWER, case.id, "n")),),
    )


def finish(
    work: Work,
    office: Office,
    now: datetime,
    *,
    case: Case,
    item: FollowUp,
    outcome: FollowUpOutcome,
    by: Staff | None = None,
    words: str = "",
) -> FollowUp:
    """Write the outcome down; whoever has the task hears of it unless they recorded it themselves (`by`)."""
    done = replace(item, state=FollowUpState.DONE, outcome=outcome, done_at=now, done_by=by.id if by else None,
                   words=words, reason="")  # fmt: skip
    work.follow_ups.save(done)
    if (complaint := standing_complaint(work, case.id)) is not None:
        work.complaints.save(replace(complaint, called_back_at=now))
    data = {"outcome": outcome.value, **({"words": words} if words else {})}
    work.events.add(Event(case.id, Did.FOLLOW_UP_DONE, now, staff_id=by.id if by else None, data=data))
    owner = work.staff.get(item.owner_id)
    if owner is not None and owner.is_active and (by is None or by.id != owner.id):
        said = office.after("with_words", words=words) if words else ""
        values = {"case": str(case.id), "name": franchisee_of(work, case).name,
                  "outcome": office.after(f"outcome_{outcome.value}"), "said": said}  # fmt: skip
        say(work, office, now, to=Private(owner.telegram_id), script="notice/follow_up_done", values=values,
            case_id=case.id)  # fmt: skip
    return done


def not_satisfied(
    work: Work,
    office: Office,
    now: datetime,
    *,
    case: Case,
    person: Franchisee,
    words: str = "",
    script: str = "notice/reopened",
) -> None:
    """The case goes on with its first owner (unless the franchisee has another by now), and the supervisors hear."""
    other = work.cases.unfinished_of(person.id)
    if other is None:
        go_on(work, office, now, case=case, person=person, script=script)
    else:
        values = {"case": str(case.id), "name": person.name}
        say(work, office, now, to=place_of(other), script="notice/follow_up_other", values=values, case_id=other.id)
    said = office.after("with_words", words=words) if words else ""
    values = {"case": str(case.id), "name": person.name, "said": said}
    tell_leaders(work, office, now, script="notice/follow_up_unsatisfied", values=values, case_id=case.id,
                 buttons=show_button(office, case))  # fmt: skip
