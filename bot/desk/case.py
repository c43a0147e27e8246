"""A case: one matter from opening to close; its states are a table, its moves are pure functions."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.desk.errors import BadTransition


class State(StrEnum):
    """Where a case stands; WAITING stops its clock."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


STATE_NAMES = MappingProxyType(
    {
        State.NEW: "待接入",
        State.OPEN: "处理中",
        State.WAITING: "待加盟商",
        State.RESOLVED: "已解决",
        State.CLOSED: "已关闭",
    }
)
UNFINISHED = (State.NEW, State.OPEN, State.WAITING)


class Step(StrEnum):
    """What moves a case from state to state."""

    HEAR = "hear"
    CLAIM = "claim"
    ANSWER = "answer"
    PAUSE = "pause"
    RESUME = "resume"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    GIVE_UP = "give_up"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


STEP_NAMES = MappingProxyType(
    {
        Step.HEAR: "加盟商来信",
        Step.CLAIM: "接单",
        Step.ANSWER: "答复",
        Step.PAUSE: "待加盟商",
        Step.RESUME: "继续处理",
        Step.RESOLVE: "结案",
        Step.CONFIRM: "加盟商确认",
        Step.LAPSE: "无异议到期",
        Step.GIVE_UP: "久未回复",
        Step.WITHDRAW: "加盟商结束",
        Step.REOPEN: "重开",
    }
)

TRANSITIONS = MappingProxyType(
    {
        (State.NEW, Step.HEAR): State.NEW,
        (State.NEW, Step.CLAIM): State.OPEN,
        (State.NEW, Step.ANSWER): State.OPEN,
        (State.NEW, Step.RESOLVE): State.RESOLVED,
        (State.NEW, Step.WITHDRAW): State.CLOSED,
        (State.OPEN, Step.HEAR): State.OPEN,
        (State.OPEN, Step.CLAIM): State.OPEN,
        (State.OPEN, Step.ANSWER): State.OPEN,
        (State.OPEN, Step.PAUSE): State.WAITING,
        (State.OPEN, Step.RESOLVE): State.RESOLVED,
        (State.OPEN, Step.WITHDRAW): State.CLOSED,
        (State.OPEN, Step.GIVE_UP): State.CLOSED,
        (State.WAITING, Step.HEAR): State.OPEN,
        (State.WAITING, Step.CLAIM): State.WAITING,
        (State.WAITING, Step.ANSWER): State.WAITING,
        (State.WAITING, Step.RESUME): State.OPEN,
        (State.WAITING, Step.RESOLVE): State.RESOLVED,
        (State.WAITING, Step.WITHDRAW): State.CLOSED,
        (State.WAITING, Step.GIVE_UP): State.CLOSED,
        (State.RESOLVED, Step.ANSWER): State.RESOLVED,
        (State.RESOLVED, Step.CONFIRM): State.CLOSED,
        (State.RESOLVED, Step.LAPSE): State.CLOSED,
        (State.RESOLVED, Step.WITHDRAW): State.CLOSED,
        (State.RESOLVED, Step.REOPEN): State.OPEN,
        (State.CLOSED, Step.REOPEN): State.OPEN,
    }
)
"""The whole life of a case. The README's diagram is generated from this table and a test compares them."""


class Level(StrEnum):
    """How far up a case was escalated: beside the state, not a state."""

    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"


class Urgency(StrEnum):
    """How pressing a case is (普通, 重大, 紧急): with the kind it decides the deadlines (`bot/desk/sla.py`)."""

    NORMAL = "normal"
    MAJOR = "major"
    URGENT = "urgent"


@dataclass(frozen=True)
class Case:
    """A case as it stands; all instants are UTC. `handler_id` is never empty: somebody always answers for it."""

    id: int
    franchisee_id: int
    state: State
    handler_id: int
    opened_at: datetime
    group_id: int
    first_owner_id: int | None = None
    region: str | None = None
    province: str | None = None
    store_number: str | None = None
    kind: str = "other"
    urgency: Urgency = Urgency.NORMAL
    level: Level = Level.SPECIALIST
    route_reason: str = ""
    previous_case_id: int | None = None
    respond_by: datetime | None = None
    resolve_by: datetime | None = None
    unanswered_since: datetime | None = None
    heard_at: datetime | None = None
    first_answer_at: datetime | None = None
    last_answer_at: datetime | None = None
    acknowledged_at: datetime | None = None
    paused_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_unfinished(self) -> bool:
        """NEW, OPEN or WAITING: work is still to be done."""
        return self.state in UNFINISHED

    @property
    def ended_at(self) -> datetime | None:
        """When work ended (UTC); the window for reopening runs from here."""
        return self.resolved_at or self.closed_at


def moved(case: Case, step: Step) -> Case:
    """The case after a step; BadTransition when the table has no such arrow."""
    state = TRANSITIONS.get((case.state, step))
    if state is None:
        raise BadTransition(
            "notice/cannot_step", case=str(case.id), state=STATE_NAMES[case.state], step=STEP_NAMES[step]
        )
    return replace(case, state=state)


def heard(case: Case, at: datetime, *, respond_by: datetime) -> Case:
    """The franchisee wrote: the clock of the next answer starts unless it runs already."""
    after = replace(moved(case, Step.HEAR), heard_at=at)
    if case.unanswered_since is not None:
        return after
    return replace(after, unanswered_since=at, respond_by=respond_by, acknowledged_at=None)


def answered(case: Case, at: datetime, *, by: int) -> Case:
    """A person answered: who answers an unclaimed case has taken it (首问)."""
    after = moved(case, Step.ANSWER)
    if case.first_owner_id is None:
        after = replace(after, first_owner_id=by, handler_id=by)
    return replace(
        after,
        first_answer_at=case.first_answer_at or at,
        last_answer_at=at,
        unanswered_since=None,
        respond_by=None,
    )


def claimed(case: Case, *, by: int) -> Case:
    """Somebody took the case; the first who does is its first owner for ever."""
    return replace(moved(case, Step.CLAIM), handler_id=by, first_owner_id=case.first_owner_id or by)


def paused(case: Case, at: datetime) -> Case:
    """We wait for the franchisee: the clock stands."""
    return replace(moved(case, Step.PAUSE), paused_at=at, respond_by=None, unanswered_since=None)


def resumed(case: Case, *, resolve_by: datetime | None) -> Case:
    """The clock goes on with the deadline that the caller worked out from the working time that was left."""
    return replace(case, paused_at=None, resolve_by=resolve_by)


def resolved(case: Case, at: datetime) -> Case:
    """The work is done; the franchisee may still object."""
    return replace(moved(case, Step.RESOLVE), resolved_at=at, unanswered_since=None, respond_by=None, paused_at=None)


def closed(case: Case, at: datetime, step: Step) -> Case:
    """The end: confirmed, lapsed, withdrawn by the franchisee, or given up when they stayed silent."""
    return replace(moved(case, step), closed_at=at, unanswered_since=None, respond_by=None, paused_at=None)


def reopened(case: Case, *, handler_id: int, resolve_by: datetime) -> Case:
    """The matter goes on, with its number and its first owner."""
    return replace(
        moved(case, Step.REOPEN), handler_id=handler_id, resolved_at=None, closed_at=None, resolve_by=resolve_by
    )


def diagram() -> str:
    """The transition table as a Mermaid state diagram, in Chinese, for the README."""
    lines = ["stateDiagram-v2", f"    [*] --> {STATE_NAMES[State.NEW]}"]
    for source in State:
        for target in State:
            steps = [s for s in Step if TRANSITIONS.get((source, s)) is target]
            if steps:
                label = " / ".join(STEP_NAMES[s] for s in steps)
                lines.append(f"    {STATE_NAMES[source]} --> {STATE_NAMES[target]}: {label}")
    lines.append(f"    {STATE_NAMES[State.CLOSED]} --> [*]")
    return "\n".join(lines)
