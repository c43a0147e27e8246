"""What happened to a case, in order and for ever: reports are recomputed from these, so none is changed or removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Did(StrEnum):
    """The kinds of event, in the past tense."""

    CASE_OPENED = "CaseOpened"
    CASE_ASSIGNED = "CaseAssigned"
    CASE_PASSED_ON = "CasePassedOn"
    CASE_CLAIMED = "CaseClaimed"
    CASE_CLASSIFIED = "CaseClassified"
    FRANCHISEE_WROTE = "FranchiseeWrote"
    SPECIALIST_ANSWERED = "SpecialistAnswered"
    READY_ANSWER_USED = "ReadyAnswerUsed"
    NOTE_ADDED = "NoteAdded"
    CASE_TRANSFERRED = "CaseTransferred"
    CASE_PAUSED = "CasePaused"
    CASE_RESUMED = "CaseResumed"
    CASE_ESCALATED = "CaseEscalated"
    CASE_RESOLVED = "CaseResolved"
    CASE_CONFIRMED = "CaseConfirmed"
    CASE_CLOSED = "CaseClosed"
    CASE_REOPENED = "CaseReopened"
    GREETED = "Greeted"
    ACKNOWLEDGED = "Acknowledged"
    SAID_GOODBYE = "SaidGoodbye"
    STORE_BOUND = "StoreBound"
    PROVINCE_SET = "ProvinceSet"
    UNDELIVERED = "Undelivered"
    RETRIED = "Retried"
    BECAME_UNREACHABLE = "BecameUnreachable"
    BECAME_REACHABLE = "BecameReachable"
    MESSAGE_EDITED = "MessageEdited"
    MESSAGE_RECALLED = "MessageRecalled"
    REACTED = "Reacted"
    REPLY_HELD = "ReplyHeld"
    EDIT_HELD = "EditHeld"
    REPLY_NOTED = "ReplyNoted"
    WORDS_MENDED = "WordsMended"
    SUGGESTION_TAKEN = "SuggestionTaken"
    RELEASE_ASKED = "ReleaseAsked"
    REPLY_RELEASED = "ReplyReleased"
    RELEASE_REFUSED = "ReleaseRefused"
    DRAFT_CHANGED = "DraftChanged"
    DRAFT_WITHDRAWN = "DraftWithdrawn"
    GOODBYE_MISSED = "GoodbyeMissed"
    FALSE_ALARM = "FalseAlarm"
    TRANSFER_OFFERED = "TransferOffered"
    TRANSFER_RETURNED = "TransferReturned"
    TRANSFERS_ALERTED = "TransfersAlerted"
    ASSIST_ASKED = "AssistAsked"
    ASSIST_RECEIVED = "AssistReceived"
    ASSIST_ANSWERED = "AssistAnswered"
    ASSIST_CHASED = "AssistChased"
    ASSIST_OVERDUE = "AssistOverdue"
    CLOSING_ASKED = "ClosingAsked"
    CLOSING_CONFIRMED = "ClosingConfirmed"
    CLOSING_REFUSED = "ClosingRefused"
    CLOSING_PASSED_UP = "ClosingPassedUp"
    DEADLINE_NEAR = "DeadlineNear"
    DEADLINE_PASSED = "DeadlinePassed"
    DEADLINE_ESCALATED = "DeadlineEscalated"
    URGENCY_SET = "UrgencySet"
    ASKED_AGAIN = "AskedAgain"


@dataclass(frozen=True)
class Event:
    """One thing that happened: who did it (staff id; None: the franchisee or the desk itself), when (UTC), details."""

    case_id: int
    did: Did
    at: datetime
    staff_id: int | None = None
    data: Mapping[str, str] = field(default_factory=dict)
