"""The short words of sales and goals in `labels.toml`, each with the values that it may use."""

from types import MappingProxyType
from typing import Final

SALES_WORDS: Final = MappingProxyType({
    "month": ("year", "month"), "quarter": ("year", "quarter"), "year": ("year",),
    "whole": (), "title": ("scope", "period"), "own_regions": (),
    "no_data": (), "all_in": (), "up_to": ("day", "days", "all"), "day": ("year", "month", "day"),
    "span": ("first", "last"),
    "sums": ("amount", "orders", "stores"), "year_on_year": ("change",), "on_before": ("change",),
    "same_store": ("change",), "attained": ("share",), "whole_target": ("share", "target"),
    "nothing_before": (), "no_target": (), "daily": ("change", "daily"),
    "compared": ("what", "base", "now_days", "base_days"), "compared_cut": ("what", "base", "days"),
    "base_gaps": ("what", "known", "days"), "year_word": (), "before_word": (),
    "group": ("name", "amount", "year", "before", "attained"),
    "service": ("cases", "complaints", "answer", "share"), "no_answer": (), "no_share": (),
    "more_groups": ("count",), "by_region": (), "by_province": (), "by_store": (), "service_from": (),
    "version": ("amount", "orders", "target", "at", "by", "file"), "counts": (), "corrected": (), "told_by_nobody": (),
    "file": ("period",), "picture": ("period",), "now": (), "before": (), "target": (), "axis": ("unit",),
    "tick_day": ("day",), "tick_month": ("month",),
    "sheet_sum": (), "sheet_region": (), "sheet_province": (), "sheet_store": (), "sheet_trend": (),
    "sheet_corrected": (), "sheet_about": (), "col_name": (), "col_number": (), "col_province": (), "col_region": (),
    "col_amount": (), "col_orders": (), "col_year": (), "col_before": (), "col_same": (), "col_target": (),
    "col_attained": (), "col_whole_target": (), "col_whole_share": (), "col_days": (), "col_cases": (),
    "col_complaints": (), "col_answer": (), "col_share": (), "col_date": (), "col_last_year": (),
    "col_at": (), "col_by": (), "col_file": (), "col_what": (), "col_value": (),
    "goal": ("name", "value", "target", "state"), "goal_met": (), "goal_missed": (), "goal_nothing": (),
    "goal_at_least": ("target",), "goal_at_most": ("target",), "goal_nothing_yet": (),
})  # fmt: skip
IMPROVING_WORDS: Final = MappingProxyType({
    "new": (), "doing": (), "done": (), "declined": (), "specialist": (), "franchisee": (), "complaint": (),
    "survey": (), "item": ("number", "words", "state", "owner", "due", "late"), "late": (), "late_told": (), "none": (),
    "more": ("count",),
    "day": ("month", "day"), "step": ("at", "name", "what", "words"), "owner": ("name",), "due": ("day",),
    "desk": (), "of_case": ("case",), "reason": ("reason",), "no_reason": (), "added": (), "anonymous": (),
})  # fmt: skip
