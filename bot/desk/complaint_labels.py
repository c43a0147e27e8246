"""The keys of `labels.toml` about complaints and the three voices; `labels.py` reads them with the others."""

from typing import Final

from bot.desk.alarms import Danger
from bot.desk.patrol import Looked, Why
from bot.desk.voices import Lack, Voice

COMPLAINT_BUTTONS: Final = (
    "complain", "complain_as", "finding", "finding_not_now", "chase", "instruct", "looked", "document",
    "line_chase", "line_instruct", "line_looked", "measure_done",
)  # fmt: skip
COMPLAINT_WORDS: Final = ("unsorted", "no_product", "not_found_yet", "by_desk")
COMPLAINT_LINES: Final = {
    "card_complaint": ("grade", "dangers", "contact", "finding"),
    "card_contact_by": ("contact_by",),
    "card_contacted": (),
    "card_dangers": ("names",),
    "card_finding": ("cause",),
    "patrol_line": ("case", "grade", "name", "store", "handler", "reasons", "idle"),
    "patrol_idle": ("time",),
    "patrol_unseen": ("day", "cases"),
    "complaint_group": ("name", "count", "urgent", "ended", "late"),
    "complaint_line": ("case", "at", "grade", "name", "state", "cause", "late"),
    "complaint_late": (),
    "measure_line": ("measure", "case", "words", "name", "until", "late"),
    "measure_late": (),
    "voice_line": ("case", "name", "lacks"),
    "voice_lack": ("voice", "lack", "at", "took"),
    "voice_took": ("time",),
    "voice_person": ("name", "cases", "complete", "share"),
    "case_voices": ("lacks",),
    "case_voices_full": (),
    "more_rows": ("count",),
    "step_complaint": ("by", "grade", "reason"),
}
DANGERS: Final = tuple(danger.value for danger in Danger)
PATROL_REASONS: Final = tuple(why.value for why in Why)
LOOKED: Final = tuple(looked.value for looked in Looked)
VOICES: Final = tuple(voice.value for voice in Voice)
LACKS: Final = tuple(lack.value for lack in Lack)
PAPER: Final = (
    "file", "title", "case", "grade", "store", "franchisee", "place", "matter", "dangers", "opened", "marked", "why",
    "contact", "resolved", "deadline", "first_owner", "handler", "state", "on_time", "late", "not_yet", "section_words",
    "section_record", "section_cause", "section_handled", "section_prevention", "section_measures",
    "section_instructions", "section_decision", "col_at", "col_who", "col_words", "col_what", "col_details",
    "col_measure", "col_owner", "col_until", "col_done", "cause_line", "product_line", "found_line", "missing",
    "decision_line", "sign_handler", "sign_supervisor", "sign_manager", "printed", "desk",
)  # fmt: skip
"""The words of a complaint's document."""
