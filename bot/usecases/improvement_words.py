"""The improvement list in words."""

from datetime import date, datetime

from bot.desk.improvement import Improvement, ImprovementState, Step
from bot.usecases.office import Office
from bot.usecases.ports import Work

SHORTEST = 60
"""Characters of an item that a list shows."""


def item_line(work: Work, office: Office, now: datetime, item: Improvement) -> str:
    """One line of the list."""
    words = item.words if len(item.words) <= SHORTEST else f"{item.words[:SHORTEST]}…"
    return office.improving(
        "item",
        number=item.id,
        words=words,
        state=office.improving(item.state.value),
        owner=owner_name(work, office, item),
        due=day_words(office, item.due_on),
        late=office.improving("late") if item.is_late(office.today(now)) else "",
    )


def item_values(work: Work, office: Office, now: datetime, item: Improvement) -> dict[str, str]:
    """What the notices say of one."""
    return {
        "number": str(item.id),
        "words": item.words,
        "source": office.improving(item.source.value),
        "author": (item.author or office.improving("anonymous")) + _of_case(office, item),
        "owner": owner_name(work, office, item),
        "due": day_words(office, item.due_on),
    }


def owner_name(work: Work, office: Office, item: Improvement) -> str:
    """Who sees to it."""
    owner = work.staff.get(item.owner_id)
    return owner.name if owner is not None else office.word("nobody")


def step_line(work: Work, office: Office, step: Step) -> str:
    """What was done, by whom and when."""
    who = work.staff.get(step.staff_id) if step.staff_id is not None else None
    name = who.name if who is not None else office.improving("desk")
    match step.did:
        case "added":
            name, what, words = step.words or office.improving("anonymous"), office.improving("added"), ""
        case "owner":
            what, words = office.improving("owner", name=step.words), ""
        case "late":
            what, words = office.improving("late_told"), ""
        case "due":
            what, words = office.improving("due", day=step.words), ""
        case state:
            what = office.improving(ImprovementState(state).value)
            words = office.improving("reason", reason=step.words) if step.words else ""
    return office.improving("step", at=office.local(step.at), name=name, what=what, words=words)


def day_words(office: Office, day: date) -> str:
    """12月20日."""
    return office.improving("day", month=day.month, day=day.day)


def _of_case(office: Office, item: Improvement) -> str:
    return office.improving("of_case", case=item.case_id) if item.case_id is not None else ""
