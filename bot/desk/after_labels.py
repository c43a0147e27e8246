"""The keys of `labels.toml` about what is done after closing (回访, 满意度, 普查); `labels.py` reads them."""

from typing import Final

AFTER_WORDS: Final = {
    # calls back
    "send": (), "called_yes": (), "called_no": (), "called_missed": (), "satisfied": (), "unsatisfied": (),
    "outcome_satisfied": (), "outcome_unsatisfied": (), "outcome_unreached": (),
    "spared_wrote": (), "spared_reopened": (), "spared_rated": (),
    "state_planned": (), "state_asked": ("attempts",), "serious": (), "follow_up_late": (),
    "follow_up": ("case", "name", "kind", "owner", "state", "deadline", "late", "serious"),
    "follow_up_more": ("count",), "follow_up_none": (), "in_person": (), "no_phone": (), "with_words": ("words",),
    # ratings
    "score_5": (), "score_4": (), "score_3": (), "score_2": (), "score_1": (), "tag": ("tag",), "tag_on": ("tag",),
    "tagged": (), "change": (), "is_new": (), "scored": ("score", "meaning"), "no_tags": (), "low_how": (),
    "figures": ("who", "average", "share", "response", "rated", "asked", "blocked", "spread"),
    "figures_none": ("who", "asked", "blocked"), "blocked": ("count",), "spread": ("score", "count"),
    "low_open": ("low", "case", "name", "score", "why", "owner", "due", "late"),
    "low_done": ("low", "case", "name", "score", "why", "by", "words"), "low_none": (),
    # surveys
    "begin": (), "decline": (), "back": (), "skip": (), "next": (), "everybody": (), "picture": (), "book": (),
    "stop": (), "scale": ("number", "meaning"), "at_question": ("number", "of"), "how_scale": ("low", "high"),
    "how_single": (), "how_several": (), "how_words": (), "survey_running": (), "survey_stopped": (),
    "survey_closed": (), "survey": ("survey", "title", "region", "state", "answered", "sent"), "survey_no": (),
    "surveys_at_hand": ("names",), "standing_waiting": (), "standing_sent": (), "standing_started": (),
    "standing_answered": (), "standing_declined": (), "standing_blocked": (),
    "picture_file": ("survey",), "book_file": ("survey",), "picture_title": ("title",),
    "picture_span": ("region", "first", "last", "version"),
    "picture_people": ("answered", "reached", "share", "blocked", "waiting", "declined"),
    "bar": ("count", "share"), "question": ("number", "ask", "answered"), "average": ("average",),
    "words_in_book": ("count",), "sheet_people": (), "sheet_sums": (), "sheet_answers": (),
    "col_what": (), "col_count": (), "col_question": (), "col_option": (), "col_share": (), "col_answered": (),
    "col_name": (), "col_store": (), "col_region": (), "col_standing": (), "col_sent": (), "col_done": (),
}  # fmt: skip
"""Short words, with the values that each may use."""
STAFF_COMMANDS: Final = ("followups", "followup", "ratings")
"""Menu entries of all staff."""
LEADER_COMMANDS: Final = (*STAFF_COMMANDS, "lowratings", "survey")
"""Menu entries of supervisors and the manager."""
OWN_COMMANDS: Final = ("rate", "visit", "survey")
"""Menu entries of franchisees."""
