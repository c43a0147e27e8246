"""The keys of `labels.toml` about reminders, promises, tasks and meetings; `labels.py` reads them with the others."""

from typing import Final

from bot.desk.reading import Ask

COMMITMENT_BUTTONS: Final = (
    "memo_done", "memo_later", "memo_pass", "memo_back", "memo_drop", "promise_time", "promise_not", "task_seen",
    "task_done", "task_more", "task_yes", "task_no", "task_drop",
)  # fmt: skip
"""Each is also the word by which `/reminders`, `/promise` and `/tasks` know what to do."""
COMMITMENT_WORDS: Final = ("meeting_point", "meeting_record", "meeting_minutes")
COMMITMENT_LINES: Final = {
    **{f"time_{why.value}": ("words",) for why in Ask},
    "time_none": (),
    "time_choice": ("phrase", "time"),
    "memo": ("memo", "due", "words", "of", "what", "late"),
    "memo_promise": (), "memo_task": (),
    "memo_case": ("case", "name"), "memo_quote": ("words",), "memo_late": ("due",), "memo_overdue": (),
    "memo_asked": (),
    "memo_follow": (), "memo_follow_quote": (),
    "promise": ("due", "what"), "promise_which": ("due",), "promise_bare": (), "promise_due": ("due", "what"),
    "promise_of_case": ("case", "promise"), "promise_of": ("case", "promise", "name"),
    "promise_person": ("name", "share", "kept", "late", "broken", "postponed"),
    "promise_share": ("share",), "promise_no_share": (), "promises_none": (),
    "task": ("task", "due", "words", "state", "giver", "receiver", "late"), "task_asks": ("until",),
    "task_given": (), "task_seen": (), "task_done": (), "task_void": (), "task_due": ("task", "due", "words"),
    "meeting_point": ("name", "words"), "meeting_minutes": ("at", "name", "words"),
}  # fmt: skip
"""Lines of lists, with the values that each may use."""
COMMITMENT_COMMANDS: Final = ("remind", "reminders", "promise", "promises", "task", "tasks", "meeting")
