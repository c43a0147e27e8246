"""The short words of roster and attendance in `labels.toml`, each with the values that it may use."""

from types import MappingProxyType
from typing import Final

DUTY_WORDS: Final = MappingProxyType({
    "day": ("month", "day", "weekday"), "span": ("first", "last"), "year_month": ("year", "month"),
    "whole_desk": (), "hole": (), "nobody_today": (), "on_leave": (), "stands_in": (),
    "stands_in_for": ("name", "other"), "today": (), "next_day": (),
    "roster_title": ("desk", "span"), "legend": ("shift", "hours"),
    "marks": (), "roster_day": ("day",), "roster_cell": ("region", "people"), "person_shift": ("name", "shift"),
    "leave_mark": ("name",), "hole_line": ("day", "regions"), "no_holes": (), "shift": ("shift", "hours"),
    "minutes": ("count",), "hours": ("hours", "minutes"),
    "whole_hours": ("count",), "someone": (), "more_cases": ("count",),
    "handover_case": ("case", "name", "state", "waits"), "handover_waits": ("time",), "no_promises": (),
    "wish_leave": (), "wish_swap": (), "wish_stand_in": (), "from_now": ("day",), "makes_hole": ("days",),
    "no_hole": (),
    "stage_asked": (), "stage_agreed": (), "stage_approved": (), "stage_refused": (), "stage_cancelled": (),
    "roster_none": ("day",), "request": ("number", "name", "wish", "days", "stage"),
    "swap_days": ("mine", "name", "theirs"),
    "swap_day": ("day", "name"),
    "stand_in_days": ("day", "name"), "answer_agreed": ("by",), "answer_approved": ("by",),
    "answer_refused": ("by",), "answer_cancelled": ("by",), "answer_asked": ("by",), "request_reason": ("reason",),
    "template_roster": (), "template_shifts": (), "template_name": (),
    "template_note": (), "template_region": (), "template_specialist": (), "template_leader": (), "template_how": (),
    "template_shift": (), "sheet_days": (), "sheet_summary": (), "sheet_file": ("month",),
    "absent": (), "late": (), "early": (), "late_and_early": (), "present": (), "extra": (), "awaited": (),
    "leave": (), "unsigned": (), "leave_from": ("time",),
    "col_date": (), "col_weekday": (), "col_name": (), "col_region": (), "col_shift": (), "col_hours": (),
    "col_on": (), "col_off": (), "col_standing": (), "col_late": (), "col_early": (), "col_worked": (),
    "col_remark": (),
    "col_watches": (), "col_attended": (),
    "col_late_times": (), "col_early_times": (), "col_absent": (), "col_leave": (),
    "col_unsigned": (), "col_extra": (), "col_rate": (),
})  # fmt: skip
WEEKDAY_NAMES: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
"""What the days of a week are called, Monday first."""
