"""Telegram's command menus: which commands stand in whose, in this order; `labels.toml` says what each does."""

from typing import Final

from bot.desk.after_labels import LEADER_COMMANDS, OWN_COMMANDS, STAFF_COMMANDS
from bot.desk.warning_labels import WARNING_COMMANDS

COMMANDS: Final = {
    "franchisee": ("start", "case", "close", *OWN_COMMANDS, "suggest", "help"),
    "group": (
        "a", "note", "recall", "adopt", "modify", "ask", "falsealarm", "mine", "transfer", "accept", "return",
        "assist", "receipt", "claim", "wait", "up", "why", "close", "confirm", "unsolved", "ledger", "case",
        "quality", "rules",
        "remind", "reminders", "promise", "promises", "tasks", "meeting",
        "complaint", "finding", "measure", "voices", "digest", *STAFF_COMMANDS,
        "suggest", "improvements", "goals", "sales", "review", "inspect",
        "on", "off", "roster", "handover", "leave", "swap", "standin", "approve", "decline", "cancel", "help",
    ),
    "supervisor": (
        "overview", "mine", "cases", "case", "why", "ledger", "release", "refuse", "quality", "falsealarms", "except",
        "keep", "rules",
        "remind", "reminders", "promise", "promises", "task", "tasks", "meeting",
        "complaints", "complaint", "finding", "patrol", "digest", "instruct", "document", "measure", "voices",
        *LEADER_COMMANDS,
        *WARNING_COMMANDS,
        "sales", "goals", "improvements", "suggest", "review", "inspect", "report",
        "staff", "transfer", "accept", "return", "assist", "receipt", "up", "close", "confirm", "unsolved",
        "on", "off", "roster", "attendance", "standin", "leave", "approve", "decline", "help",
    ),
    "department": ("received", "receipt", "help"),
}  # fmt: skip
