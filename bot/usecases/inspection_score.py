"""A card is handed in: the score stands, whoever was inspected reads it, and may appeal against it."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.inspection import (
    LONGEST,
    Inspection,
    InspectionDid,
    InspectionState,
    InspectionStep,
    decided,
    require_inspector,
    scored,
)
from bot.desk.outgoing import Private
from bot.desk.people import Staff
from bot.desk.score_card import Level, Marks, ScoreCard
from bot.usecases.at_hand import Spot
from bot.usecases.inspection_card import card_of, in_hand
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import edit, say


def hand_in(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 提交: the score takes the card's place, so that it is handed in once."""
    item, card, who = in_hand(work, office, staff_telegram_id=staff_telegram_id, case_id=subject, turn=choice)
    marks = card.read_marks(item.draft)
    if marks is None:
        raise DeskError("notice/button_outdated")
    after = give(work, office, now, who=who, item=item, card=card, marks=marks)
    edit(work, now, target=spot.ref, words=office.say("notice/inspection", lines=result_words(work, office, after)))
    return office.say("notice/inspection_given", case=str(subject), score=f"{after.score:g}").text


def give(
    work: Work, office: Office, now: datetime, *, who: Staff, item: Inspection, card: ScoreCard, marks: Marks,
    words: str = "",
) -> Inspection:  # fmt: skip
    """The first score, or (an appeal) the second inspector's; both are told to whoever was inspected."""
    if item.state is InspectionState.APPEALED:
        return decide(work, office, now, who=who, item=item, marks=marks, words=words)
    after = scored(item, card, marks, who=who, at=now, words=words.strip())
    data = {"marks": after.marks, "score": f"{after.score:g}", "card": after.card, "words": after.words}
    work.inspections.save(after)
    work.inspections.note(InspectionStep(item.id, InspectionDid.SCORED, now, who.id, data))
    _tell_inspected(work, office, now, after, "notice/inspection_scored_you")
    return after


def decide(
    work: Work, office: Office, now: datetime, *, who: Staff, item: Inspection, marks: Marks | None, words: str = ""
) -> Inspection:
    """The second inspector's decision, final: other marks, or None when the score stands."""
    after = decided(item, card_of(work, item), marks, who=who, at=now, words=words)
    did = InspectionDid.UPHELD if marks is None else InspectionDid.CHANGED
    data = {"marks": after.marks, "score": f"{after.score:g}", "card": after.card, "words": after.answer}
    work.inspections.save(after)
    work.inspections.note(InspectionStep(item.id, did, now, who.id, data))
    _tell_inspected(work, office, now, after, "notice/inspection_decided_you")
    first = work.staff.get(item.inspector_id) if item.inspector_id is not None else None
    if first is not None and first.is_active:
        values = {"case": str(item.case_id), "lines": result_words(work, office, after)}
        say(work, office, now, to=Private(first.telegram_id), script="notice/inspection_decided", values=values)
    return after


def remark(work: Work, office: Office, now: datetime, *, who: Staff, item: Inspection, words: str) -> Inspection:
    """评语 after the score: by whoever gave it."""
    require_inspector(item, who)
    if item.inspector_id != who.id or not words.strip():
        raise DeskError("notice/inspection_how_remark", case=str(item.case_id))
    after = replace(item, words=words.strip()[:LONGEST])
    work.inspections.save(after)
    work.inspections.note(InspectionStep(item.id, InspectionDid.REMARKED, now, who.id, {"words": after.words}))
    _tell_inspected(work, office, now, after, "notice/inspection_remarked_you")
    return after


def _tell_inspected(work: Work, office: Office, now: datetime, item: Inspection, script: str) -> None:
    person = work.staff.get(item.staff_id)
    if person is None or not person.is_active:
        return
    values = {"case": str(item.case_id), "lines": result_words(work, office, item, now=now)}
    say(work, office, now, to=Private(person.telegram_id), script=script, values=values,
        buttons=appeal_buttons(office, now, item))  # fmt: skip


def appeal_buttons(office: Office, now: datetime, item: Inspection) -> Buttons:
    """申诉, while one is heard; and the case."""
    row = [Button(office.inspecting("button_appeal"), Press(Verb.APPEAL, item.case_id))]
    row = row if _may_appeal(office, now, item) else []
    return ((*row, Button(office.inspecting("button_show"), Press(Verb.SHOW, item.case_id))),)


def _may_appeal(office: Office, now: datetime, item: Inspection) -> bool:
    until = item.may_appeal_until(office.inspection)
    return item.state is InspectionState.SCORED and until is not None and now <= until


def result_words(work: Work, office: Office, item: Inspection, *, now: datetime | None = None) -> str:
    """What an inspection came to: the score, what was lost, the words of everybody. With `now`, until when an appeal is
    heard (for whoever may make one).
    """
    card = card_of(work, item)
    marks = card.read_marks(item.marks)
    lines = [score_line(work, office, item), *(_lost(office, card, marks) if marks is not None else [])]
    if item.words:
        lines.append(office.inspecting("remark", words=item.words))
    if item.appeal:
        lines.append(office.inspecting("appeal", words=item.appeal, at=office.local(item.appealed_at)))
    if item.state is InspectionState.DECIDED:
        lines.append(_decision(work, office, item))
    if now is not None and _may_appeal(office, now, item):
        until = office.local(item.may_appeal_until(office.inspection))
        lines.append(office.inspecting("may_appeal", until=until, case=item.case_id))
    return "\n".join(lines)


def score_line(work: Work, office: Office, item: Inspection) -> str:
    """Whose case has which score, by whom, when it was given and how it stands."""
    names = {s.id: s.name for s in work.staff.all()}
    return office.inspecting(
        "score",
        case=item.case_id,
        name=names.get(item.staff_id, office.word("nobody")),
        score=f"{item.score or 0:g}",
        by=names.get(item.inspector_id or 0, office.word("nobody")),
        at=office.local(item.scored_at),
        state=office.inspecting(item.state.value),
    )


def _lost(office: Office, card: ScoreCard, marks: Marks) -> list[str]:
    fatal = [office.inspecting("fatal", name=f.name) for f, is_so in zip(card.fatal, marks.fatal, strict=True) if is_so]
    lost = [
        office.inspecting("lost", name=i.name, points=i.points, level=office.inspecting(level.value))
        for i, level in zip(card.items, marks.levels, strict=True) if level is not Level.FULL
    ]  # fmt: skip
    return [*fatal, *lost] or [office.inspecting("no_lost")]


def _decision(work: Work, office: Office, item: Inspection) -> str:
    by = work.staff.get(item.second_id) if item.second_id is not None else None
    score, first = f"{item.score or 0:g}", f"{item.first_score or 0:g}"
    how = (office.inspecting("kept", score=score) if score == first
           else office.inspecting("changed", first=first, score=score))  # fmt: skip
    words = f"；{item.answer}" if item.answer else ""
    return office.inspecting("decided_told", name=by.name if by else office.word("nobody"), how=how, words=words)
