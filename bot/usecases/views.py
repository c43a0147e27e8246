"""What supervisors look at: lists, one case, the department, the whole at a glance."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import STATE_NAMES, UNFINISHED, Case, State
from bot.desk.draft import Draft, DraftState
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Event
from bot.desk.message import Message
from bot.desk.outgoing import Address, Outgoing, Priority, SayText
from bot.desk.people import Role, Staff
from bot.desk.script import Rendered
from bot.desk.split import pieces
from bot.usecases.at_hand import Spot, franchisee_of, require_supervisor, staff_and_case
from bot.usecases.calendar import missing_decrees
from bot.usecases.card import counting_card
from bot.usecases.groups import room
from bot.usecases.keyboard import in_rows
from bot.usecases.office import Office
from bot.usecases.ports import RegionCount, Work
from bot.usecases.relay import WHO_SAID, in_words
from bot.usecases.say import say
from bot.usecases.show_voices import voices_line

LIST_LIMIT = 20
HISTORY_LIMIT = 30
DEAD_SHOWN = 5
_TOLD = ("name", "reason", "store", "province", "kind", "why", "found", "grade", "dangers")
"""What of an event's data is worth a supervisor's eyes."""


def show_cases(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """`/cases [大区|姓名|状态|超时]`: unfinished cases, the longest unanswered first; a button opens each."""
    require_supervisor(work, staff_telegram_id)
    cases = _found(work, office, now, query.strip())
    to = room(spot.ref.chat_id, spot.thread_id)
    if not cases:
        say(work, office, now, to=to, script="notice/no_cases", values={"query": query or office.word("all")})
        return
    lines = "\n".join([*(_line(work, office, case, now) for case in cases), *_missing(office, now)])
    buttons = [Button(f"#{c.id}", Press(Verb.SHOW, c.id)) for c in cases]
    rows = in_rows(buttons, 5)
    values = {"query": query or office.word("all"), "count": str(len(cases)), "lines": lines}
    say(work, office, now, to=to, script="notice/cases", values=values, buttons=rows, priority=Priority.REPLY)


def _found(work: Work, office: Office, now: datetime, query: str) -> Sequence[Case]:
    if query == office.word("overdue_only"):
        return work.cases.overdue(now, limit=LIST_LIMIT)
    region = next((r.code for r in office.regions if query in (r.name, r.code)), None)
    state = next((s for s, name in STATE_NAMES.items() if query == name), None)
    person = next((p.id for p in work.staff.all() if query and p.name == query), None)
    if query and not (region or state or person):
        raise DeskError("notice/how_cases")
    states = (state,) if state else UNFINISHED
    return work.cases.listed(region=region, states=states, handler_id=person, limit=LIST_LIMIT)


def _line(work: Work, office: Office, case: Case, now: datetime) -> str:
    handler = work.staff.get(case.handler_id)
    waits = office.line("waits", time=office.span(now - case.unanswered_since)) if case.unanswered_since else ""
    return office.line(
        "case",
        case=case.id,
        state=STATE_NAMES[case.state],
        name=franchisee_of(work, case).name,
        specialist=handler.name if handler else office.word("nobody"),
        waits=waits,
        late=late_words(office, case, now),
    )


def late_words(office: Office, case: Case, now: datetime) -> str:
    """By how much the deadline that passed first has passed."""
    passed = [d for d in (case.respond_by, case.resolve_by) if d is not None and d < now]
    if case.state is State.WAITING or not passed:
        return ""
    return office.line("late_by", time=office.span(office.deadlines.clock(case).between(min(passed), now)))


def show_case(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, case_id: int) -> None:
    """`/case N`: the card, then what was said, in one message (or more, when it is long)."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    _require_may_read(work, case, who)
    card = counting_card(work, office, now, case=case)
    to = room(spot.ref.chat_id, spot.thread_id)
    _say(work, now, to, card.words, buttons=card.buttons)
    drafts = work.drafts.of_case(case.id)
    released = {d.sent for d in drafts if d.state is DraftState.RELEASED}
    said = work.messages.of_case(case.id, limit=HISTORY_LIMIT)
    history = "\n".join(_said(work, office, m, is_released=m.id in released) for m in said)
    happened = [_happened(work, office, e) for e in work.events.of_case(case.id)[-HISTORY_LIMIT:]]
    record = "\n".join([*happened, *filter(None, [voices_line(work, office, case)])])
    held = "\n".join(_held(work, office, d) for d in drafts)
    words = office.say("notice/case_history", case=str(case.id), history=history or "—", record=record or "—",
                       drafts=held or "—")  # fmt: skip
    for part in pieces(words.text):
        work.outbox.add(Outgoing(to, SayText(part)), at=now)


def _require_may_read(work: Work, case: Case, who: Staff) -> None:
    """Leaders read every case; a specialist those that are or were theirs, or are offered to them."""
    offer = work.transfers.pending_of(case.id)
    if who.role is Role.SPECIALIST and who.id not in (case.handler_id, case.first_owner_id, offer and offer.to_id):
        raise NotAllowed("notice/supervisor_only")


def _say(work: Work, now: datetime, to: Address, words: Rendered, buttons: tuple[tuple[Button, ...], ...]) -> None:
    work.outbox.add(Outgoing(to, SayText(words.text, html=words.html, buttons=buttons)), at=now)


def _said(work: Work, office: Office, message: Message, *, is_released: bool) -> str:
    staff = work.staff.get(message.staff_id) if message.staff_id else None
    what = office.word(WHO_SAID[message.direction])
    who = office.line("who", what=what, name=staff.name) if staff else what
    words = in_words(office, message) + (office.word("released") if is_released else "")
    said = office.line("said", at=office.local(message.at), who=who, words=words)
    return "\n  ".join([said, *(office.line("version", old=old) for old in message.versions)])


def _held(work: Work, office: Office, draft: Draft) -> str:
    """What was held back, its older words below."""
    author, state = work.staff.get(draft.staff_id), office.labels.drafts[draft.state.value]
    name = author.name if author else office.word("nobody")
    line = office.line("draft_text", draft=draft.id, name=name, state=state, words=draft.text)
    return "\n  ".join([line, *(office.line("version", old=old) for old in draft.versions)])


def _happened(work: Work, office: Office, event: Event) -> str:
    staff = work.staff.get(event.staff_id) if event.staff_id else None
    told = [staff.name] if staff else []
    told += [_detail(office, key, value) for key, value in event.data.items() if key in _TOLD]
    what = office.labels.events[event.did]
    return office.line("happened", at=office.local(event.at), what=what, details=" ".join(told)).rstrip()


def _detail(office: Office, key: str, value: str) -> str:
    """A reason of routing, a kind and what the lint found are kept by their codes; all else in `_TOLD` is words."""
    match key:
        case "found":
            return "、".join(dict.fromkeys(office.category(code) for code in value.split()))
        case "reason":
            return office.labels.reasons.get(value, value)
        case "kind":
            return office.kind_name(value)
        case _:
            return value


def show_staff(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot) -> None:
    """`/staff`: each region with who is on duty and how many places are taken (n/3), empty regions named."""
    require_supervisor(work, staff_telegram_id)
    lines = "\n".join([*_leaders(work, office), *(_region_line(work, office, r.code) for r in office.regions)])
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/staff", values={"lines": lines})


def _leaders(work: Work, office: Office) -> list[str]:
    people = [s for s in work.staff.all() if s.is_active and s.role is not Role.SPECIALIST]
    return [office.line("leader", title=s.role.title_zh, name=s.name, duty=_duty(office, s)) for s in people]


def _duty(office: Office, person: Staff) -> str:
    return office.word("on_duty" if person.is_on_duty else "off_duty")


def _region_line(work: Work, office: Office, code: str) -> str:
    counts = work.cases.open_counts()
    region = office.region(code)
    people = [s for s in work.staff.all() if s.is_active and s.role is Role.SPECIALIST and code in s.regions]
    names = "、".join(
        office.line("specialist", name=s.name, duty=_duty(office, s), count=counts.get(s.id, 0), capacity=s.capacity)
        for s in people
    )
    return office.line(
        "region_staff",
        region=region.name if region else code,
        count=len(people),
        names=names or office.line("no_specialist"),
    )


def show_overview(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot) -> None:
    """`/overview`: unfinished work by region, what is late, and what could not be delivered."""
    require_supervisor(work, staff_telegram_id)
    counts = {c.region: c for c in work.cases.counts(now)}
    lines = []
    for code, name in [*((r.code, r.name) for r in office.regions), (None, office.line("unplaced"))]:
        count = counts.get(code)
        lines.append(office.line("region_cases", region=name, states=_states(office, count)))
    problems = [
        office.line("problem", group=g.title or g.chat_id, what=g.problem) for g in work.groups.all() if g.problem
    ]
    values = {
        "lines": "\n".join(lines),
        "dead": _dead_letters(work, office),
        "drafts": _asked_drafts(work, office),
        "waiting": str(work.outbox.waiting(now)),
        "poison": str(len(work.inbox.dead(limit=100))),
        "problems": "\n".join(problems) or office.word("none"),
        "calendar": _calendar(office, now),
    }
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/overview", values=values)


def _missing(office: Office, now: datetime) -> list[str]:
    """A line when the decree of a year that is here, or near, is not at hand: what is shown as late may then be off."""
    years = "、".join(str(year) for year in missing_decrees(office, now))
    return [office.line("decree_missing", years=years)] if years else []


def _calendar(office: Office, now: datetime) -> str:
    known = "decree_known" if office.calendar.follows_decree else "decree_ignored"
    return "".join(_missing(office, now)) or office.line(known)


def _asked_drafts(work: Work, office: Office) -> str:
    """Replies that wait for a release: how many, and the oldest of them."""
    names = {s.id: s.name for s in work.staff.all()}
    state = office.labels.drafts[DraftState.ASKED.value]
    lines = [
        office.line("draft", draft=d.id, case=d.case_id, name=names[d.staff_id], state=state)
        for d in work.drafts.asked(limit=DEAD_SHOWN)
    ]
    return "\n  ".join([str(work.drafts.count_asked()), *lines])


def _dead_letters(work: Work, office: Office) -> str:
    """How many, and the newest with their reasons (the topic of each has the button that tries again)."""
    dead = work.outbox.dead(limit=100)
    lines = [office.line("dead_letter", case=r.outgoing.case_id or "—", reason=r.reason) for r in dead[:DEAD_SHOWN]]
    return "\n  ".join([str(len(dead)), *lines])


def _states(office: Office, count: RegionCount | None) -> str:
    if count is None:
        return office.line("calm")
    states = " ".join(f"{STATE_NAMES[state]} {number}" for state, number in count.by_state.items() if number)
    late = office.line("overdue", count=count.overdue) if count.overdue else ""
    return (states or office.line("calm")) + late
