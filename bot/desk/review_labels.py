"""The short words of the performance review and of quality inspection in `labels.toml`, each with what it may use."""

from types import MappingProxyType
from typing import Final

REVIEWING_WORDS: Final = MappingProxyType({
    "first_response": (), "on_time": (), "first_owner": (), "satisfaction": (), "quality": (), "promises": (),
    "attendance": (),
    "person": ("name", "total", "lacks"), "lacks": ("names",), "no_total": (), "unscored": ("names",),
    "total": ("total",), "nobody": (),
    "point": ("name", "earned", "count", "share", "points", "counts"),
    "spread": ("name", "earned", "count", "share", "points", "counts", "weight"),
    "too_small": ("name", "count", "least", "weight"), "too_small_all": ("name", "count", "least"), "spread_told": (),
    "words_found": ("held", "noted"), "under_appeal": ("count",),
    "case": ("case", "at", "why"), "day": ("at", "why"), "lost": ("count",), "full": ("count",), "no_lost": (),
    "button": ("name", "earned", "count"), "button_person": ("name",), "button_file": (), "button_case": ("case",),
    "in_time": (), "answer_late": (), "end_late": (), "own": (), "by_another": (), "rating": ("value",),
    "inspection": ("value",), "promise_kept": (), "promise_late": (), "promise_broken": (), "watch_present": (),
    "watch_late": (), "watch_early": (), "watch_late_and_early": (), "watch_absent": (),
    "file": ("first", "last"), "sheet_sum": (), "sheet_points": (), "sheet_cases": (), "sheet_about": (),
    "col_name": (), "col_total": (), "col_lacks": (), "col_criterion": (), "col_earned": (), "col_count": (),
    "col_share": (), "col_weight": (), "col_counts": (), "col_points": (), "col_case": (), "col_at": (), "col_why": (),
    "col_worth": (), "col_what": (),
    "about_period": ("first", "last"), "about_made": ("at",), "about_weight": ("name", "weight", "about"),
    "about_sample": ("least",), "about_late": ("share",), "about_appeal": (),
    "about_first_response": (), "about_on_time": (), "about_first_owner": (), "about_satisfaction": (),
    "about_quality": (), "about_promises": (), "about_attendance": (),
})  # fmt: skip
INSPECTING_WORDS: Final = MappingProxyType({
    "complaint": (), "newcomer": (), "chance": (),
    "f": (), "h": (), "n": (), "x": (),
    "greeting": (), "answer": (), "goodbye": (), "courtesy": (), "kindness": (), "in_time": (), "first_owner": (),
    "facts_none": (), "separator": (),
    "item": ("name", "points", "about"), "fatal_item": ("name", "about"),
    "button_item": ("name", "points", "level"), "button_fatal": ("name", "state"), "fatal_yes": (), "fatal_no": (),
    "button_done": ("score",), "button_nothing": (), "button_show": (), "button_open": ("case", "why"),
    "button_appeal": (), "button_keep": (), "button_again": (),
    "waiting": ("case", "name", "why", "day"), "waiting_appeal": ("case", "name", "words"), "waiting_none": (),
    "more": ("count",),
    "score": ("case", "name", "score", "by", "at", "state"), "mine_none": (),
    "scored": (), "appealed": (), "decided": (), "drawn": (),
    "lost": ("name", "points", "level"), "fatal": ("name",), "no_lost": (), "remark": ("words",),
    "may_appeal": ("until", "case"), "appeal": ("words", "at"), "decided_told": ("name", "how", "words"),
    "kept": ("score",), "changed": ("first", "score"),
    "score_as": (), "fatal_as": (), "remark_as": (),
    "drawn_case": ("case", "name", "why", "state"), "same": (), "other": (), "backlog": ("count",), "reasons": (
        "why", "count"), "share": ("name", "pool", "count"),
})  # fmt: skip
