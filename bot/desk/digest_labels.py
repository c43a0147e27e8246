"""The short words of the daily digest in `labels.toml`, each with the values that it may use."""

from types import MappingProxyType
from typing import Final

DAILY_WORDS: Final = MappingProxyType({
    "up_to": ("time",), "all_day": (), "new": (), "answered": (), "resolved": (), "open": (), "overdue": (),
    "complaints": (), "low_ratings": (), "forbidden": (), "voices": (), "in_hand": (), "figure": ("name", "count"),
    "head_trouble": ("items",), "head_calm": (), "compared": ("than", "items"), "yesterday": (), "yesterday_span": (),
    "week": ("weekday",), "week_span": ("weekday",), "more": ("count",), "fewer": ("count",), "same": (),
    "late_title": (), "late": ("case", "region", "name", "time"), "late_more": ("count",), "regions_title": (),
    "region": ("region", "items", "trouble"), "with_trouble": ("items",), "quiet": ("regions",), "no_region": (),
    "served": ("due", "present", "regions", "items"),
    "served_regions": ("regions",), "served_region": ("region", "present", "due"),
    "absent": ("names",), "came_late": ("names",), "left_early": ("names",),
    "on_leave": ("names",), "awaited": ("names",), "person_of": ("name", "region"), "promises": ("count", "first"),
    "promise_first": ("time", "case", "name"), "follow_ups": ("count", "due"),
    "follow_ups_due": ("due",), "coming": ("items",),
    "nothing_coming": (), "topics": ("items",), "topic": ("word", "cases", "usual"), "topic_new": ("word", "cases"),
    "goals": ("items",), "since_last": ("since", "items"), "cut": (), "own": ("items",),
    "person": ("name", "region", "items"), "nothing": (), "and_more": ("count",),
    "complaint": ("case", "region", "grade", "name", "state", "specialist"),
    "low": ("case", "region", "score", "name"), "held": ("case", "name", "found"), "lack": ("case", "region", "name"),
    "button_region": ("region",), "button_case": ("case",), "button_people": (), "button_complaints": (),
    "word_people": (), "word_complaints": (), "file": ("day",), "picture_title": ("desk", "day"),
    "picture_span": ("span", "than", "week"), "picture_span_whole": ("span", "than", "week"), "tile_note": ("than",),
    "plot_hours": (), "plot_days": (), "plot_days_whole": (), "legend_new": (), "legend_resolved": (),
    "legend_before": (), "hour": ("hour",), "short_day": ("month", "day"), "table": (), "col_region": (),
    "col_served": (), "inspections": ("count", "older"), "inspections_older": ("count",),
    "all_regions": (), "topics_title": (), "topics_note": ("cases", "usual"),
})  # fmt: skip
