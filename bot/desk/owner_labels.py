"""The keys of `labels.toml` about who answers for a case (首问负责制); `labels.py` reads them with the others."""

from typing import Final

OWNER_BUTTONS: Final = (
    "accept", "send_back", "to_region", "assist", "received", "receipt", "nothing_to_add", "closing_yes", "closing_no",
    "leave_route", "leave_to",
)  # fmt: skip
OWNER_WORDS: Final = (
    "phone_hidden",
    "no_contact",
    "left_company",
    "left_company_short",
    "by_routing",
    "supervisor_title",
)
OWNER_LINES: Final = {
    "step_offered": ("by", "name", "reason"),
    "step_accepted": ("name",),
    "step_back": ("name", "giver", "reason"),
    "step_assist_asked": ("by", "department", "until"),
    "step_assist_received": ("department", "by"),
    "step_assist_answered": ("department", "by"),
    "step_assist_late": ("department",),
    "step_escalated": ("by", "level", "reason"),
    "step_resolved": ("by",),
    "step_closing_refused": ("by", "reason"),
    "step_closing_up": (),
    "step_withdrawn": (),
    "assist_default": (),
    "assist_done": (),
    "assist_listed": ("case", "words", "until"),
    "back_withdrawn": (),
    "back_lapsed": (),
    "by_rule": (),
    "mine": ("case", "state", "name", "role", "due", "late"),
    "mine_both": ("name",),
    "mine_handler": ("name",),
    "mine_first": ("name",),
    "due": ("time",),
    "late_by": ("time",),
    "more": ("count",),
    "waits_offer": ("case",),
    "waits_closing": ("case",),
    "card_transfer": ("name", "until"),
    "card_assist": ("department", "state", "until"),
    "card_closing": ("name",),
    "assist_asked": (),
    "assist_received": ("by", "at"),
    "assist_answered": ("by", "at"),
    "assist_late": (),
    "hand": ("since", "until", "name", "worked", "why"),
    "hand_now": (),
    "hours_minutes": ("hours", "minutes"),
    "ledger_person": ("name", "closed", "own", "share", "given", "unanswered", "back", "cases", "hand"),
    "no_share": (),
    "leaver_refused": ("name", "count", "cases"),
    "leaver_case": ("case", "state", "name"),
    "deadline": ("time",),
}
"""Lines of lists, with the values that each may use."""
OWNER_COMMANDS: Final = ("mine", "accept", "return", "assist", "receipt", "confirm", "unsolved", "ledger")
"""Menu entries of staff, in groups and in private."""
