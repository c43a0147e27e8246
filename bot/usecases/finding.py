"""`/finding`: what a complaint was found to be, and what prevents the next one; without it a complaint does not end.

The button asks for it part by part (`finding_talk.py`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.complaint import Complaint, Finding, Measure, with_finding
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.finding_words import Written, read_finding
from bot.desk.outgoing import Private
from bot.desk.people import Staff
from bot.desk.script import Rendered
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import Spot, require_case, require_in_charge, require_staff
from bot.usecases.case_named import case_named
from bot.usecases.complaint_words import cause_name, standing_complaint
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.groups import room
from bot.usecases.measure import plan_looks, read_until
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say, utter
from bot.usecases.topics import place_of, show_card

PER_ROW = 3


def require_finding(work: Work, office: Office, case: Case) -> None:
    """结案 of a complaint: DeskError, which says how, unless cause, handling and prevention are known."""
    complaint = standing_complaint(work, case.id)
    if complaint is not None and not complaint.has_finding:
        raise DeskError("notice/finding_needed", case=str(case.id))


def finding_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/finding [编号] 原因 | 处理 | 预防 [| 产品 …] [| 负责 姓名 日期]`; without words the causes are offered;
    先不写 ends the dialogue."""
    who = require_staff(work, staff_telegram_id)
    case, words = case_named(work, spot, query)
    if case is None:
        raise DeskError("notice/how_finding", causes=_names(office))
    complaint = require_own_complaint(work, case, who)
    if not words:
        _offer_causes(work, office, now, case=case, spot=spot)
        return
    if words == office.label("finding_not_now"):
        utter(work, now, to=room(spot.ref.chat_id, spot.thread_id), case_id=case.id,
              words=end_asking(work, office, now, case=case, who=who))  # fmt: skip
        return
    keep_finding(work, office, now, case=case, who=who, complaint=complaint,
                 written=read_finding(words, office.labels.causes))  # fmt: skip


def end_asking(work: Work, office: Office, now: datetime, *, case: Case, who: Staff) -> Rendered:
    """先不写: what this person says next is an answer to the franchisee again."""
    work.events.add(Event(case.id, Did.FINDING_ASKED, now, staff_id=who.id, data={"part": ""}))
    return office.say("notice/finding_not_now", case=str(case.id))


def keep_finding(
    work: Work, office: Office, now: datetime, *, case: Case, who: Staff, complaint: Complaint, written: Written | None
) -> None:
    """Keep it, plan its measure, tell who has to know; DeskError, which says how, when a part is missing."""
    if written is None or not (written.cause or complaint.cause):
        raise DeskError("notice/how_finding", causes=_names(office))
    owner, until = _for_measure(work, office, now, case, written)
    finding = Finding(written.cause or complaint.cause, written.details, written.handled, written.prevention,
                      written.product)  # fmt: skip
    found = with_finding(complaint, finding, now, by=who.id)
    work.complaints.save(found)
    work.case_words.note(case.id, [found.product] if found.product else [], at=found.opened_at)
    measure = _plan_measure(work, office, now, case, written.prevention, owner, until)
    _record(work, office, now, case=case, found=found, measure=measure, who=who)


def require_own_complaint(work: Work, case: Case, who: Staff) -> Complaint:
    """The complaint of a case that this person may write the finding of; DeskError."""
    require_in_charge(case, who)
    complaint = standing_complaint(work, case.id)
    if complaint is None:
        raise DeskError("notice/no_complaint", case=str(case.id))
    return complaint


def _names(office: Office) -> str:
    return "、".join(office.labels.causes.values())


def _for_measure(work: Work, office: Office, now: datetime, case: Case, written: Written) -> tuple[Staff, datetime]:
    """Whose the measure is and until when: the handler, and so many days, unless it was written."""
    owner = staff_of(work, case.handler_id)
    if written.owner:
        named = [s for s in work.staff.all() if s.is_active and s.name == written.owner]
        if not named:
            raise DeskError("notice/no_such_colleague", name=written.owner)
        owner = named[0]
    if not written.until:
        return owner, now + office.complaints.measure_within
    return owner, read_until(office, now, written.until)


def _plan_measure(
    work: Work, office: Office, now: datetime, case: Case, words: str, owner: Staff, until: datetime
) -> Measure:
    """A finding that is written anew changes its measure, as long as that is not done."""
    standing = [m for m in work.measures.of_case(case.id) if m.done_at is None]
    if standing:
        measure = replace(standing[-1], words=words, owner_id=owner.id, due_at=until)
        work.measures.save(measure)
    else:
        measure = work.measures.add(Measure(0, case.id, words, owner.id, now, until))
    plan_looks(work, office, measure)
    return measure


def _record(
    work: Work, office: Office, now: datetime, *, case: Case, found: Complaint, measure: Measure, who: Staff
) -> None:
    data = {"cause": found.cause, "reason": cause_name(office, found), "measure": str(measure.id)}
    work.events.add(Event(case.id, Did.FINDING_MADE, now, staff_id=who.id, data=data))
    owner = staff_of(work, measure.owner_id)
    values = {
        "case": str(case.id),
        "by": who.name,
        "cause": cause_name(office, found) + (f"，{found.details}" if found.details else ""),
        "handled": found.handled,
        "prevention": found.prevention,
        "product": found.product or office.word("no_product"),
        "measure": str(measure.id),
        "owner": owner.name,
        "until": office.local(measure.due_at),
    }
    say(work, office, now, to=place_of(case), script="notice/finding_kept", values=values, case_id=case.id)
    if owner.id != who.id:
        say(work, office, now, to=Private(owner.telegram_id), script="notice/measure_yours", values=values,
            case_id=case.id)  # fmt: skip
    show_card(work, case, now)
    what = f"{office.labels.events[Did.FINDING_MADE]}（{cause_name(office, found)}）"
    tell_first_owner(work, office, now, case=case, what=what, told=(who.id, owner.id))


def offer_finding(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 填写结论: the causes are offered."""
    case = require_case(work, subject)
    require_own_complaint(work, case, require_staff(work, staff_telegram_id))
    _offer_causes(work, office, now, case=case, spot=spot)
    return ""


def _offer_causes(work: Work, office: Office, now: datetime, *, case: Case, spot: Spot) -> None:
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/finding_cause",
        values={"case": str(case.id)}, buttons=_cause_buttons(office, case), case_id=case.id)  # fmt: skip


def _cause_buttons(office: Office, case: Case) -> Buttons:
    causes: Sequence[tuple[str, str]] = list(office.labels.causes.items())
    buttons = [Button(name, Press(Verb.FINDING_CAUSE, case.id, code)) for code, name in causes]
    return tuple(tuple(buttons[i : i + PER_ROW]) for i in range(0, len(buttons), PER_ROW))
