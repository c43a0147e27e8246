"""The digest in words, for those who lead: what needs them first, then the sums, the late, the regions, the rest."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.digest import COMPARED, TROUBLE, WORK, DaySpan, Figure, Figures, OpenCase, change, day_span, total, whole
from bot.desk.duty_labels import WEEKDAY_NAMES
from bot.desk.promise import Promise
from bot.desk.sales import sales_period
from bot.desk.script import Rendered
from bot.desk.split import LIMIT, units
from bot.usecases.calendar import missing_decrees
from bot.usecases.digest_gather import A_WEEK, Digest
from bot.usecases.duty_words import day_words, names_of
from bot.usecases.goals import THIS_MONTH, goal_lines
from bot.usecases.keyboard import in_rows
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.turnout import in_order, region_name, served_line

PEOPLE: Final = "@people"
COMPLAINTS: Final = "@complaints"
"""What the buttons of details choose, beside a region's code, in which there is no such sign."""
REGIONS: Final = 16
"""Regions with a line and a button of their own."""
MANY: Final = 500
Names = dict[int, str]


def digest_text(work: Work, office: Office, now: datetime, digest: Digest, *, tail: str = "") -> Rendered:
    """One message, however much there is: what comes last goes first when it would be too long."""
    lead = _lead(office, digest)
    blocks = [
        late_block(work, office, digest, digest.late),
        _regions(office, digest),
        served_line(work, office, digest.served),
        coming_line(work, office, now, digest),
        _inspections(work, office, digest),
        _topics(office, digest),
        _goals(work, office, now, digest),
        tail,
        *_notes(office, now, digest),
    ]
    told = [block for block in blocks if block]
    words = _rendered(office, digest, lead, told)
    while units(words.text) > LIMIT and len(told) > 1:
        told = (
            [*told[:-2], office.daily("cut")] if told[-1] == office.daily("cut") else [*told[:-1], office.daily("cut")]
        )
        words = _rendered(office, digest, lead, told)
    return words


def _rendered(office: Office, digest: Digest, lead: str, blocks: Sequence[str]) -> Rendered:
    more = "".join(f"\n\n{block}" if "\n" in block else f"\n{block}" for block in blocks)
    return office.say("notice/digest", day=day_words(office, digest.span.day), span=span_words(office, digest.span),
                      lead=lead, more=more)  # fmt: skip


def span_words(office: Office, span: DaySpan) -> str:
    """截至 18:00, or the whole day."""
    return office.daily("all_day") if span.is_whole else office.daily("up_to", time=office.local(span.until, "%H:%M"))


def figures_words(office: Office, figures: Figures, which: Iterable[Figure], *, zeros: bool = False) -> str:
    """新增 3、投诉 1: those that are not zero, unless zeros are wanted."""
    return "、".join(
        office.daily("figure", name=office.daily(f.value), count=figures.get(f, 0))
        for f in which
        if zeros or figures.get(f, 0)
    )


def _lead(office: Office, digest: Digest) -> str:
    figures = whole(digest.counts)
    trouble = figures_words(office, figures, TROUBLE)
    head = office.daily("head_trouble", items=trouble) if trouble else office.daily("head_calm")
    sums = figures_words(office, figures, (*WORK, Figure.OPEN), zeros=True)
    return "\n".join([head, "", sums, *change_lines(office, digest, "")])


def change_lines(office: Office, digest: Digest, region: str) -> list[str]:
    """Against the same span of the day before and of the week before; `region` empty: all together."""
    lines = []
    for than, counts in zip(than_words(office, digest.span), (digest.yesterday, digest.week_before), strict=True):
        before = counts.get(region, {}) if region else whole(counts)
        now = digest.counts.get(region, {}) if region else whole(digest.counts)
        items = [changed(office, now, before, f) for f in COMPARED if f in WORK or change(now, before, f)]
        lines.append(office.daily("compared", than=than, items="、".join(items)))
    return lines


def than_words(office: Office, span: DaySpan) -> tuple[str, str]:
    """What is held against: yesterday, the same weekday of last week, each up to the same time."""
    weekday = WEEKDAY_NAMES[(span.day - timedelta(days=A_WEEK)).weekday()]
    if span.is_whole:
        return office.daily("yesterday"), office.daily("week", weekday=weekday)
    return office.daily("yesterday_span"), office.daily("week_span", weekday=weekday)


def changed(office: Office, now: Figures, before: Figures, figure: Figure) -> str:
    """新增 +3."""
    return office.daily("figure", name=office.daily(figure.value), count=signed(office, change(now, before, figure)))


def signed(office: Office, count: int) -> str:
    """+3, −2, 持平."""
    if not count:
        return office.daily("same")
    return office.daily("more" if count > 0 else "fewer", count=abs(count))


def late_block(work: Work, office: Office, digest: Digest, late: Sequence[OpenCase]) -> str:
    """The longest late with whose they are and by how much, as time counts for each."""
    if not late or not office.digest.top:
        return ""
    names, shown = names_of(work), late[: office.digest.top]
    lines = [office.daily("late_title"), *(_late(work, office, digest.span, case, names) for case in shown)]
    if len(late) > len(shown):
        lines.append(office.daily("late_more", count=len(late) - len(shown)))
    return "\n".join(lines)


def _late(work: Work, office: Office, span: DaySpan, late: OpenCase, names: Names) -> str:
    case = work.cases.get(late.case_id)
    since = late.late_since or span.until
    by = span.until - since if case is None else office.deadlines.clock(case).between(since, span.until)
    return office.daily("late", case=late.case_id, region=region_name(office, late.region),
                        name=names.get(late.handler_id, office.word("nobody")), time=office.span(by))  # fmt: skip


def busy_regions(office: Office, digest: Digest) -> list[str]:
    """Those of which there is something to tell."""
    return in_order(office, (code for code, figures in digest.counts.items() if any(figures.values())))


def _regions(office: Office, digest: Digest) -> str:
    busy = busy_regions(office, digest)
    quiet = [r.name for r in office.regions if r.code not in busy]
    lines = [region_line(office, code, digest.counts[code]) for code in busy[:REGIONS]]
    if len(busy) > REGIONS:
        lines.append(office.daily("and_more", count=len(busy) - REGIONS))
    if quiet and len(quiet) <= REGIONS:
        lines.append(office.daily("quiet", regions="、".join(quiet)))
    return "\n".join([office.daily("regions_title"), *lines])


def region_line(office: Office, code: str, figures: Figures) -> str:
    """新增 5、答复 5、办结 3、未结 4，超时 1."""
    trouble = figures_words(office, figures, TROUBLE)
    return office.daily("region", region=region_name(office, code),
                        items=figures_words(office, figures, (*WORK, Figure.OPEN)),
                        trouble=office.daily("with_trouble", items=trouble) if trouble else "")  # fmt: skip


def coming_line(work: Work, office: Office, now: datetime, digest: Digest, *, staff_id: int | None = None) -> str:
    """What is promised until tomorrow night, and whom to call back by then; nothing of a day that is long over."""
    if not digest.is_live:
        return ""
    end = day_span(digest.span.day + timedelta(days=1), office.zone).until
    promises = [p for p in work.promises.due(digest.span.until, end) if staff_id in (None, p.staff_id)]
    calls = [f for f in work.follow_ups.listed(owner_id=staff_id, limit=MANY) if f.due_at < end]
    items = [office.daily("promises", count=len(promises), first=_first(work, office, promises))] if promises else []
    if calls:
        due = sum(f.deadline_at < end for f in calls)
        more = office.daily("follow_ups_due", due=due) if due else ""
        items.append(office.daily("follow_ups", count=len(calls), due=more))
    return office.daily("coming", items="、".join(items)) if items else office.daily("nothing_coming")


def _inspections(work: Work, office: Office, digest: Digest) -> str:
    """What waits for a score or for a second inspector, as of now; nothing of a day that is long over."""
    waiting = work.inspections.waiting() if digest.is_live else ()
    older = sum(item.day < digest.span.day for item in waiting)
    more = office.daily("inspections_older", count=older) if older else ""
    return office.daily("inspections", count=len(waiting), older=more) if waiting else ""


def _first(work: Work, office: Office, promises: Sequence[Promise]) -> str:
    first = promises[0]
    return office.daily("promise_first", time=office.local(first.due_at), case=first.case_id,
                        name=names_of(work).get(first.staff_id, "?"))  # fmt: skip


def _topics(office: Office, digest: Digest) -> str:
    told = [
        office.daily("topic", word=t.word, cases=t.cases, usual=usual(t.usual))
        if t.usual
        else office.daily("topic_new", word=t.word, cases=t.cases)
        for t in digest.topics
    ]
    return office.daily("topics", items="、".join(told)) if told else ""


def usual(count: float) -> str:
    """A mean, with one digit behind the point while it is small."""
    return f"{count:.1f}".removesuffix(".0") if count < 10 else f"{count:.0f}"


def _goals(work: Work, office: Office, now: datetime, digest: Digest) -> str:
    """What the department has set itself, this month so far."""
    if not office.goals or not digest.is_live:
        return ""
    period = sales_period(THIS_MONTH, digest.span.day)
    items = goal_lines(work, office, now, period) if period is not None else []
    return office.daily("goals", items="；".join(line.lstrip("· ") for line in items)) if items else ""


def _notes(office: Office, now: datetime, digest: Digest) -> list[str]:
    """Figures of time may be off while a year's holidays are not known."""
    years = missing_decrees(office, now) if digest.is_live else ()
    return [office.line("decree_missing", years="、".join(map(str, years)))] if years else []


def empty_text(work: Work, office: Office, now: datetime, digest: Digest, *, tail: str = "") -> Rendered:
    """A day without anything says so; who was to be there and what is promised is told all the same."""
    served, coming = served_line(work, office, digest.served), coming_line(work, office, now, digest)
    blocks = [served, coming, _inspections(work, office, digest), _goals(work, office, now, digest), tail,
              *_notes(office, now, digest)]  # fmt: skip
    more = "".join(f"\n{block}" for block in blocks if block)
    return office.say("notice/digest_none", day=day_words(office, digest.span.day),
                      span=span_words(office, digest.span), more=more)  # fmt: skip


def digest_buttons(office: Office, digest: Digest) -> Buttons:
    """The late cases first, each opens; then the regions, the people, the complaints."""
    busy = [code for code in busy_regions(office, digest)[:REGIONS] if office.region(code)]
    regions = [_detail(digest.span, office.daily("button_region", region=region_name(office, c)), c) for c in busy]
    rest = [_detail(digest.span, office.daily("button_people"), PEOPLE)]
    if total(digest.counts, Figure.COMPLAINTS) or total(digest.counts, Figure.LOW_RATINGS):
        rest.append(_detail(digest.span, office.daily("button_complaints"), COMPLAINTS))
    return (*open_buttons(office, [c.case_id for c in digest.late[: office.digest.top]]), *in_rows(regions, 4),
            tuple(rest))  # fmt: skip


def open_buttons(office: Office, case_ids: Sequence[int]) -> Buttons:
    """One for each case, five in a row."""
    buttons = [Button(office.daily("button_case", case=n), Press(Verb.SHOW, n)) for n in dict.fromkeys(case_ids)]
    return in_rows(buttons, 5)


def _detail(span: DaySpan, label: str, choice: str) -> Button:
    return Button(label, Press(Verb.DIGEST, int(span.until.timestamp()), choice))
