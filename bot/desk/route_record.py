"""A routing decision as it is kept with the event of the assignment, and read back when somebody asks why."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from bot.desk.routing import Assignment, Judged, Judgement, Reason

_JUDGED = "judged"


def recorded(assignment: Assignment) -> Mapping[str, str]:
    """The facts of a decision as an event's data: nothing of it is looked up again later."""
    judged = [[j.staff_id, j.judgement.value, j.open_cases, j.capacity] for j in assignment.judged]
    return MappingProxyType(
        {"to": str(assignment.staff_id), "reason": assignment.reason.value,
         _JUDGED: json.dumps(judged, separators=(",", ":"))}
    )  # fmt: skip


def remembered(data: Mapping[str, str]) -> Assignment:
    """The decision that an event's data holds; of one from before decisions were kept, who and why alone."""
    judged = json.loads(data.get(_JUDGED, "[]"))
    rows = tuple(Judged(staff_id, Judgement(word), count, most) for staff_id, word, count, most in judged)
    return Assignment(int(data["to"]), Reason(data["reason"]), rows)
