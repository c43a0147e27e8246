"""What stands in a department's database, read with three plain queries after every step: no repository, no session."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.desk.case import UNFINISHED
from bot.desk.custody import custody
from bot.desk.events import Did, Event
from bot.desk.people import Role, Staff
from tests.usecases.department import MONDAY, Department

_CASES = "SELECT id, state, franchisee_id, handler_id, first_owner_id, region, province FROM cases ORDER BY id"
_STAFF = "SELECT id, is_on_duty, is_active FROM staff"
_NEWS = "SELECT id, case_id, did, staff_id, data FROM event WHERE id > ? ORDER BY id"


@dataclass(frozen=True)
class Held:
    """A case as it stands: whose it is, and by whom it is answered according to its events."""

    id: int
    state: str
    franchisee_id: int
    handler_id: int
    first_owner_id: int | None
    region: str | None
    province: str | None

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


class Watch:
    """Follows one department: events are never changed, so that only new ones are read."""

    def __init__(self, desk: Department) -> None:
        self._desk = desk
        self._staff = {person.id: person for person in desk.staff()}
        self._seen = 0
        self._told: dict[int, list[Event]] = {}

    def cases(self) -> list[Held]:
        """Every case, finished or not."""
        return [Held(*row) for row in self._desk.rows(_CASES)]

    def unfinished(self) -> list[Held]:
        """Those that go on."""
        return [case for case in self.cases() if case.is_unfinished]

    def staff(self) -> dict[int, Staff]:
        """Everybody who ever was of the department, by id."""
        found = self._desk.rows(_STAFF)
        return {id_: replace(self._staff[id_], is_on_duty=bool(on), is_active=bool(here)) for id_, on, here in found}

    def news(self) -> dict[int, list[int]]:
        """The cases to which something happened since the last look, with those who got them since, in order."""
        before = {case_id: len(_given(told)) for case_id, told in self._told.items()}
        changed = set()
        for event_id, case_id, did, staff_id, data in self._desk.rows(_NEWS, self._seen):
            self._seen = event_id
            self._told.setdefault(case_id, []).append(Event(case_id, Did(did), MONDAY, staff_id, json.loads(data)))
            changed.add(case_id)
        return {case_id: _given(self._told[case_id])[before.get(case_id, 0) :] for case_id in sorted(changed)}

    def holder(self, case_id: int) -> int | None:
        """Who has a case in hand, by its events."""
        hand = custody(self._told[case_id]).holder
        return hand.staff_id if hand else None


def _given(events: Sequence[Event]) -> list[int]:
    """Who got a case from the desk, or took it from somebody; who claims what is theirs already got nothing."""
    given, holder = [], 0
    for event in events:
        if event.did in (Did.CASE_ASSIGNED, Did.CASE_CLAIMED, Did.CASE_TRANSFERRED):
            before, holder = holder, int(event.data.get("to") or event.staff_id or 0)
            is_claim_of_own = event.did is Did.CASE_CLAIMED and holder == before
            if not is_claim_of_own:
                given.append(holder)
    return given


def serves(who: Staff, region: str | None, province: str | None) -> bool:
    """Whether a case from there is a specialist's own."""
    if who.role is not Role.SPECIALIST:
        return False
    return province in who.provinces if who.provinces else region in who.regions
