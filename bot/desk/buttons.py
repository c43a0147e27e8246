"""Buttons under a message: what each does (its verb), and what a press carries back."""

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What a button does; every one has a command that does the same, for a press lives 150 s only."""

    CLAIM = "claim"
    TRANSFER = "transfer"
    TRANSFER_TO = "give"
    TRANSFER_WHY = "why"
    ESCALATE = "up"
    NOTE = "note"
    WAIT = "wait"
    PAUSE = "pause"
    RESOLVE = "done"
    READY = "say"
    RETRY = "retry"
    PROVINCE = "prov"
    CONFIRM = "ok"
    REOPEN = "again"
    SHOW = "show"
    DUTY_ON = "on"
    DUTY_OFF = "off"
    ADOPT = "adopt"
    MODIFY = "fix"
    ASK_RELEASE = "ask"
    RELEASE = "let"
    REFUSE = "deny"
    FALSE_ALARM = "false"
    EXCEPT = "except"
    KEEP_RULE = "keep"
    ACCEPT = "take"
    SEND_BACK = "back"
    SEND_BACK_WHY = "bwhy"
    ASSIST = "help"
    ASSIST_WHOM = "hwho"
    ASSIST_ASK = "hask"
    RECEIVED = "recv"
    RECEIPT = "rcpt"
    RECEIPT_PLAIN = "rcptp"
    ESCALATE_WHY = "upwhy"
    CLOSING_YES = "cyes"
    CLOSING_NO = "cno"
    LEAVE_TO = "lto"
    TAKE_OVER = "took"
    APPROVE = "yes"
    DECLINE = "no"
    MEMO_AT = "mat"
    MEMO_DONE = "mdone"
    MEMO_LATER = "mlat"
    MEMO_PASS = "mpass"
    MEMO_BACK = "mback"
    MEMO_DROP = "mdrop"
    MEMO_OPEN = "mopen"
    PROMISE_TIME = "ptime"
    PROMISE_AT = "pat"
    PROMISE_NOT = "pnot"
    TASK_SEEN = "tseen"
    TASK_DONE = "tdone"
    TASK_MORE = "tmore"
    TASK_MORE_WHY = "twhy"
    TASK_MORE_ASK = "task"
    TASK_YES = "tyes"
    TASK_NO = "tno"
    TASK_DROP = "tdrop"
    TASK_OPEN = "topen"
    COMPLAIN = "cpl"
    COMPLAIN_AS = "cplas"
    FINDING = "fnd"
    FINDING_CAUSE = "fndwhy"
    CHASE = "chase"
    INSTRUCT = "word"
    LOOKED = "seen"
    COMPLAINT_FILE = "doc"
    MEASURE_DONE = "msdone"
    FOLLOW_SEND = "fsend"
    FOLLOW_CALLED = "fcall"
    FOLLOW_ANSWER = "fans"
    RATE = "rate"
    RATE_TAG = "rtag"
    RATE_TAGGED = "rend"
    RATE_AGAIN = "rchg"
    LOW_HOW = "low"
    SURVEY = "sv"
    SURVEY_NEW = "svnew"
    KEPT_NEW = "knew"
    SURVEY_SHOW = "svs"
    WARNING_SHOW = "wsee"
    WARNING_TAKE = "wtake"
    WARNING_CLOSE = "wend"
    IMPROVE = "impr"
    REVIEW = "rv"
    REVIEW_CASES = "rvc"
    REVIEW_FILE = "rvf"
    INSPECT = "qi"
    INSPECT_MARK = "qm"
    INSPECT_DONE = "qd"
    INSPECT_KEEP = "qk"
    INSPECT_AGAIN = "qa"
    APPEAL = "qp"
    APPEAL_WHY = "qpw"
    DIGEST = "dg"


@dataclass(frozen=True)
class Press:
    """What a button carries back: at most 64 bytes when packed (Bot API, InlineKeyboardButton)."""

    verb: Verb
    subject: int = 0
    choice: str = ""

    def packed(self) -> str:
        """The callback data; `bot/handlers/presses.py` reads it back."""
        data = f"do:{self.verb}:{self.subject}:{self.choice}"
        if len(data.encode()) > 64:
            raise ValueError(f"callback data over 64 bytes: {data}")
        return data


@dataclass(frozen=True)
class Button:
    """A button under a message: it either presses or opens a link."""

    label: str
    press: Press | None = None
    url: str = ""


Buttons = tuple[tuple[Button, ...], ...]
