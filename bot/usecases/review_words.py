"""A review in words: a line a person, a line a criterion, a line for each thing that a criterion stands on."""

from collections.abc import Sequence

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.period import Period
from bot.desk.review import Criterion, Evidence, Point, Review
from bot.usecases.keyboard import in_rows
from bot.usecases.office import Office
from bot.usecases.review_gather import Reviewed
from bot.usecases.review_scope import code_of

SHORTEST = 2
"""Characters of a name that say which is meant, where no other begins so."""
BUTTONS_OF_CASES = 8
"""Cases with a button under a list; all of them stand in it."""


def total_words(office: Office, found: Review) -> str:
    """The total, or that there is none."""
    if found.total is None:
        return office.reviewing("no_total")
    return office.reviewing("total", total=f"{found.total:.1f}")


def lacking(office: Office, found: Review) -> str:
    """The criteria whose sample is too small, by name."""
    return "、".join(office.reviewing(p.criterion.value) for p in found.too_small)


def people_lines(office: Office, found: Sequence[Reviewed]) -> list[str]:
    """A line for each with a score; those without enough to score stand in one."""
    scored = [_person(office, each) for each in found if each.review.total is not None]
    names = "、".join(each.who.name for each in found if each.review.total is None)
    return [*scored, *([office.reviewing("unscored", names=names)] if names else [])]


def _person(office: Office, each: Reviewed) -> str:
    names = lacking(office, each.review)
    lacks = office.reviewing("lacks", names=names) if names else ""
    return office.reviewing("person", name=each.who.name, total=total_words(office, each.review), lacks=lacks)


def point_lines(office: Office, found: Review) -> list[str]:
    """Every criterion of a person, and what was done about those with too small a sample."""
    key = "too_small" if found.total is not None else "too_small_all"
    lines = [_point(office, p, key) for p in found.points]
    has_spread = found.total is not None and found.too_small
    return [*lines, office.reviewing("spread_told")] if has_spread else lines


def _point(office: Office, point: Point, too_small: str) -> str:
    name = office.reviewing(point.criterion.value)
    if not point.is_enough or point.share is None:
        return office.reviewing(too_small, name=name, count=len(point.evidence), least=office.review.min_sample,
                                weight=point.weight)  # fmt: skip
    values = {
        "name": name,
        "earned": earned_words(point.evidence),
        "count": len(point.evidence),
        "share": f"{point.share:.0%}",
        "points": f"{point.points:.1f}",
        "counts": f"{point.counts:g}",
    }
    if point.counts == point.weight:
        return office.reviewing("point", **values)
    return office.reviewing("spread", **values, weight=point.weight)


def earned_words(things: Sequence[Evidence]) -> str:
    """How much was earned, in things: `18`, or `17.5` where some earned a part."""
    return f"{round(sum(e.earned for e in things), 2):g}"


def evidence_line(office: Office, thing: Evidence) -> str:
    """One thing: its case (or its day) and why it earned what it did."""
    why = office.reviewing(thing.why, value=thing.value)
    if thing.day is not None:
        return office.reviewing("day", at=f"{thing.day:%m月%d日}", why=why)
    return office.reviewing("case", case=thing.case_id, at=office.local(thing.at), why=why)


def evidence_lines(office: Office, point: Point) -> list[str]:
    """All that a criterion stands on: what lost something first."""
    lost = [e for e in point.evidence if not e.is_full]
    full = [e for e in point.evidence if e.is_full]
    lines = [office.reviewing("lost", count=len(lost)), *(evidence_line(office, e) for e in lost)]
    lines = lines if lost else [office.reviewing("no_lost")]
    return [*lines, office.reviewing("full", count=len(full)), *(evidence_line(office, e) for e in full)]


def criterion_buttons(office: Office, each: Reviewed, period: Period) -> Buttons:
    """A button for each criterion, which lists what it stands on."""
    code = code_of(period)
    return in_rows([
        Button(office.reviewing("button", name=office.reviewing(p.criterion.value), earned=earned_words(p.evidence),
                                count=len(p.evidence)),
               Press(Verb.REVIEW_CASES, each.who.id, f"{p.criterion.value}.{code}"))
        for p in each.review.points
    ], 2)  # fmt: skip


def people_buttons(office: Office, found: Sequence[Reviewed], period: Period) -> Buttons:
    """A button for each person, and the file."""
    code = code_of(period)
    people = [
        Button(office.reviewing("button_person", name=r.who.name), Press(Verb.REVIEW, r.who.id, code)) for r in found
    ]
    file = Button(office.reviewing("button_file"), Press(Verb.REVIEW_FILE, 0, code))
    return (*in_rows(people, 3), (file,))


def case_buttons(office: Office, point: Point) -> Buttons:
    """The first cases of a list, those that lost something before the others."""
    ordered = sorted(point.evidence, key=lambda e: e.is_full)
    cases = dict.fromkeys(e.case_id for e in ordered if e.case_id)
    shown = list(cases)[:BUTTONS_OF_CASES]
    return in_rows([Button(office.reviewing("button_case", case=c), Press(Verb.SHOW, c)) for c in shown], 4)


def criterion_named(office: Office, word: str) -> Criterion | None:
    """The criterion of this name, the beginning of one (首答, 满意), or its code; None for all else."""
    names = {c: office.reviewing(c.value) for c in Criterion}
    exact = [c for c, name in names.items() if word in (c.value, name)]
    begun = [c for c, name in names.items() if len(word) >= SHORTEST and name.startswith(word)]
    meant = exact or begun
    return meant[0] if len(meant) == 1 else None
