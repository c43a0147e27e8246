"""The short words of a period's report in `labels.toml`, each with the values that it may use."""

from types import MappingProxyType
from typing import Final

from bot.desk.period_figures import FIGURES

REPORT_WORDS: Final = MappingProxyType({
    "week": ("year", "week"), "month": ("year", "month"), "quarter": ("year", "quarter"), "year": ("year",),
    "fiscal_quarter": ("year", "quarter"), "fiscal_year": ("year",),
    "kind_week": (), "kind_month": (), "kind_quarter": (), "kind_year": (),
    "title": ("desk", "kind", "period"), "day": ("year", "month", "day"), "span": ("first", "last"),
    "cut": ("at",), "file": ("kind", "period", "ending"),
    "now": (), "before": (), "year_before": (), "on_before": (), "on_year": (), "changes": ("before", "year"),
    "nothing": (), "headline": ("figure", "value", "changes"),
    "sheet_overview": (), "sheet_regions": (), "sheet_people": (), "sheet_compared": (), "sheet_course": (),
    "sheet_words": (), "sheet_surveys": (), "sheet_about": (),
    "col_figure": (), "col_region": (), "col_person": (), "col_total": (), "col_step": (), "col_opened": (),
    "col_resolved": (), "col_survey": (), "col_started": (), "col_sent": (), "col_answered": (), "col_response": (),
    "col_what": (), "col_value": (), "compared": ("figure", "which"),
    "chart_course": (), "chart_regions": (), "chart_people": (), "chart_compared": ("figure",),
    "tick_day": ("day",), "tick_month": ("month",),
    "about_period": (), "about_days": (), "about_days_value": ("days", "workdays"), "about_zone": (),
    "about_local": ("which",), "about_utc": ("which",), "about_as_of": (), "about_no_base": (),
    "about_event": ("what",), "about_definition": ("figure",), "about_people": (), "about_people_value": (),
    "head_headlines": (), "head_regions": (), "head_people": (), "head_words": (), "head_about": (),
    "paper_period": (), "paper_as_of": (), "paper_words": ("name", "count", "held", "categories"),
    "paper_category": ("category", "count"), "paper_no_words": (), "paper_foot": ("desk", "at"),
    "picture_foot": ("zone", "at"),
    "reading": ("what",), "reading_events": (),
    **{f"fig_{figure.name}": () for figure in FIGURES},
    **{f"def_{figure.name}": () for figure in FIGURES},
})  # fmt: skip
