"""The keys of `labels.toml` about deadlines; `labels.py` reads them with the others."""

from typing import Final

from bot.desk.case import Urgency

DEADLINE_WORDS: Final = (*(f"urgency_{urgency.value}" for urgency in Urgency), "overdue_only")
DEADLINE_LINES: Final = {
    "warned": ("case", "name", "kind", "specialist", "term", "by", "left"),
    "in_hand_of": ("name",),
    "in_hand_since": ("name", "since"),
    "term_answer": (),
    "term_resolve": (),
    "time_left": ("time",),
    "time_over": ("time",),
    "time_is_up": (),
    "aside": ("what",),
    "kind_urgency": ("kind", "urgency"),
    "card_late": ("by",),
    "step_given_up": (),
}
