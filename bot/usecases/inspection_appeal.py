"""An appeal (申诉) against a score: by whoever was inspected, decided by another inspector, never by the first."""

from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.inspection import Inspection, InspectionDid, InspectionState, InspectionStep, appealed, require_inspector
from bot.desk.people import Staff
from bot.usecases.at_hand import Spot, require_staff, require_supervisor
from bot.usecases.inspection_card import require_inspection, show_card
from bot.usecases.inspection_score import decide, result_words
from bot.usecases.keyboard import numbered, pressed_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.review import place_for
from bot.usecases.say import rebutton, say
from bot.usecases.upstairs import tell_leaders


def own_inspection(work: Work, who: Staff, case_id: int) -> Inspection:
    """What somebody was scored for; of all else they hear no more than that there is nothing."""
    item = work.inspections.of_case(case_id)
    if item is None or item.staff_id != who.id or not item.is_scored:
        raise NotAllowed("notice/inspection_none", case=str(case_id))
    return item


def ask_appeal(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 申诉: the reasons to choose from, and how to write one's own."""
    who = require_staff(work, staff_telegram_id)
    own_inspection(work, who, subject)
    say(work, office, now, to=place_for(work, office, who, spot), script="notice/appeal_why",
        values={"case": str(subject)},
        buttons=numbered(office.labels.appeal_reasons, Verb.APPEAL_WHY, subject))  # fmt: skip
    return ""


def appeal_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A ready reason was chosen."""
    who = require_staff(work, staff_telegram_id)
    told = appeal(work, office, now, who=who, case_id=subject, words=pressed_of(office.labels.appeal_reasons, choice))
    rebutton(work, now, target=spot.ref)
    return told


def appeal(work: Work, office: Office, now: datetime, *, who: Staff, case_id: int, words: str) -> str:
    """The appeal is on record, and those who lead hear of it; the words for whoever made it."""
    after = appealed(own_inspection(work, who, case_id), who=who, at=now, words=words, terms=office.inspection)
    work.inspections.save(after)
    work.inspections.note(InspectionStep(after.id, InspectionDid.APPEALED, now, who.id, {"words": after.appeal}))
    values = appeal_values(work, office, after)
    tell_leaders(work, office, now, script="notice/inspection_appeal", values=values,
                 buttons=appeal_choices(office, after))  # fmt: skip
    return office.say("notice/appeal_made", case=str(case_id)).text


def appeal_values(work: Work, office: Office, item: Inspection) -> dict[str, str]:
    """For whoever decides."""
    names = {s.id: s.name for s in work.staff.all()}
    return {
        "case": str(item.case_id),
        "name": names.get(item.staff_id, office.word("nobody")),
        "first": names.get(item.inspector_id or 0, office.word("nobody")),
        "lines": result_words(work, office, item),
    }


def appeal_choices(office: Office, item: Inspection) -> Buttons:
    """维持 and 重新评分."""
    keep = Button(office.inspecting("button_keep"), Press(Verb.INSPECT_KEEP, item.case_id))
    again = Button(office.inspecting("button_again"), Press(Verb.INSPECT_AGAIN, item.case_id))
    return ((keep, again), (Button(office.inspecting("button_show"), Press(Verb.SHOW, item.case_id)),))


def uphold_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 维持原分."""
    who = require_supervisor(work, staff_telegram_id)
    told = uphold(work, office, now, who=who, case_id=subject, words="")
    rebutton(work, now, target=spot.ref)
    return told


def uphold(work: Work, office: Office, now: datetime, *, who: Staff, case_id: int, words: str) -> str:
    """The score stands; the words for whoever decided."""
    after = decide(work, office, now, who=who, item=require_inspection(work, case_id), marks=None, words=words)
    return office.say("notice/inspection_given", case=str(case_id), score=f"{after.score or 0:g}").text


def score_again(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 重新评分: the card, as the first inspector marked it."""
    who = require_supervisor(work, staff_telegram_id)
    item = require_inspection(work, subject)
    require_inspector(item, who)
    if item.state is not InspectionState.APPEALED:
        raise DeskError("notice/inspection_no_appeal", case=str(subject))
    show_card(work, office, now, to=place_for(work, office, who, spot), item=item, who=who)
    return ""
