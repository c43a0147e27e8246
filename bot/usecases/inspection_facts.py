"""What the desk's own record says against a case that is inspected: where the inspector begins, not where they end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.desk.case import Case
from bot.desk.custody import custody
from bot.desk.draft import COURTESY, Outcome
from bot.desk.inspection import Inspection
from bot.desk.lint import Category
from bot.desk.review_cases import ends, first_answer
from bot.desk.score_card import Fact
from bot.desk.voices import Voice, three_voices
from bot.usecases.office import Office
from bot.usecases.ports import Work

_UNMENDED: Final = (Outcome.SENT.value, Outcome.MADE_UP.value)
"""Only words that were not changed count against anybody."""
_OF_COURTESY: Final = (*COURTESY, Category.INFORMAL_YOU.value)
_OF_KINDNESS: Final = tuple(c.value for c in (Category.RIGID, Category.IMPATIENT, Category.SHIRK, Category.BLAME))
_VOICES: Final = {Voice.GREETING: Fact.GREETING, Voice.ANSWER: Fact.ANSWER, Voice.GOODBYE: Fact.GOODBYE}


def lacking(work: Work, office: Office, now: datetime, item: Inspection, case: Case) -> tuple[Fact, ...]:
    """The facts that speak against it, in order."""
    events = work.events.of_case(case.id)
    voices = three_voices(events, terms=office.voices, worked=office.worked)
    found = {fact for voice, fact in _VOICES.items() if voices.lacks(voice)}
    found |= set(_of_words(work.inspections.found_in(case.id, item.staff_id)))
    answer = first_answer(case, events, deadlines=office.deadlines, now=now)
    late = [answer, *ends(case, events, deadlines=office.deadlines, now=now)]
    if any(c is not None and c[0] == item.staff_id and not c[1].is_full for c in late):
        found.add(Fact.IN_TIME)
    given = [g for g in custody(events).given if item.staff_id == g.giver_id == g.by_id]
    if any(not g.was_answered for g in given):
        found.add(Fact.FIRST_OWNER)
    return tuple(fact for fact in Fact if fact in found)


def _of_words(findings: Iterable[tuple[str, str]]) -> Iterable[Fact]:
    for category, outcome in findings:
        if outcome in _UNMENDED and category in _OF_COURTESY:
            yield Fact.COURTESY
        elif outcome in _UNMENDED and category in _OF_KINDNESS:
            yield Fact.KINDNESS
