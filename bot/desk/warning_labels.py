"""The keys of `labels.toml` about early warning and 四个一样; `labels.py` reads them with the others."""

from typing import Final

_RULE: Final = ("repeat", "days", "stores", "level", "due", "share", "ahead", "ratings", "low", "low_level", "words",
                "words_level", "low_days", "words_days")  # fmt: skip
WARNING_WORDS: Final = {
    "red": (), "orange": (), "yellow": (), "blue": (),
    "danger": ("dangers",), "repeated": ("store", "topic", "count", "days"),
    "dissatisfied": ("low", "rated", "share", "usual", "chance"),
    "burst": ("topic", "stores", "usual", "chance"), "deadlines": ("region", "due", "unfinished"),
    "low_rating": ("score",), "words": ("name", "count", "usual", "chance"),
    "first_burst": ("topic", "stores", "whole"),
    **{f"rule_{rule}": _RULE for rule in ("danger", "repeated", "dissatisfied", "burst", "first_burst", "deadlines",
                                          "low_rating", "words")},
    "summary": ("level", "count", "taken", "middle"), "middle": ("span",),
    "show": (), "take": (), "take_word": (), "close": (), "close_button": (), "beside_low": ("level", "warning"),
    "beside_alert": ("level", "warning"),
    "case": ("case", "name", "kind", "words"), "no_cases": (), "nowhere": (),
    "untaken": (), "taken": ("name", "span"), "closed": ("name", "reason"),
    "line": ("warning", "level", "at", "what", "state"), "none": (),
    "acquaintance": (), "load": (), "inspected": (), "swing": ("name",),
    "response": (), "quality": (), "satisfaction": (),
    "compared": ("what", "measure", "ratio", "low", "high", "first", "other", "chance", "verdict"),
    "swung": ("what", "measure", "ratio", "low", "high", "first", "days", "chance", "verdict"),
    "few_people": ("count",), "few_pairs": ("what",),
    "too_few": ("what", "measure", "first", "other"), "unlike": (), "alike": (),
}  # fmt: skip
"""Short words, with the values that each may use."""
WARNING_COMMANDS: Final = ("warnings", "alike")
"""Menu entries of supervisors and the manager."""
