"""Buttons that only staff may press: which use case each verb runs, and with what. A new button is a new row here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from bot.desk.buttons import Verb
from bot.usecases import (
    adopt,
    assist,
    assist_answer,
    claim,
    closing,
    complaint_paper,
    decide,
    departure,
    digest,
    duty,
    escalate,
    false_alarm,
    finding,
    finding_talk,
    follow_up_staff,
    handover,
    hint,
    improvements,
    inspection_appeal,
    inspection_card,
    inspection_command,
    inspection_score,
    low_rating,
    mark_complaint,
    measure,
    patrol_act,
    pause,
    promise_change,
    ready,
    release,
    remind,
    reminders,
    resolve,
    retry,
    review,
    survey_command,
    task_acts,
    tasks,
    transfer,
    transfer_answer,
    views,
    warning_acts,
)
from bot.usecases.at_hand import Spot
from bot.usecases.people import Sender

Run = Callable[..., str | None]
Table = Mapping[Verb, Run]
Press = tuple[Run, dict[str, Any]]


@dataclass(frozen=True)
class Pressing:
    """A press: who, about what, which choice, and the message that carries the button."""

    by: Sender
    subject: int
    choice: str
    at: Spot


PLACED: Final[Table] = {
    Verb.MEMO_AT: remind.choose_time,
    Verb.MEMO_DONE: reminders.press(reminders.finish),
    Verb.MEMO_LATER: reminders.press(reminders.later_by_button),
    Verb.MEMO_PASS: reminders.press(reminders.pass_by_button),
    Verb.MEMO_BACK: reminders.press(reminders.hand_back),
    Verb.MEMO_DROP: reminders.press(reminders.drop),
    Verb.MEMO_OPEN: reminders.open_memo,
    Verb.PROMISE_TIME: promise_change.ask_time,
    Verb.PROMISE_AT: promise_change.set_time,
    Verb.PROMISE_NOT: promise_change.not_a_promise,
    Verb.TASK_SEEN: reminders.press(task_acts.see),
    Verb.TASK_DONE: reminders.press(task_acts.finish_task),
    Verb.TASK_MORE: reminders.press(task_acts.ask_until),
    Verb.TASK_MORE_WHY: reminders.press(task_acts.ask_reason),
    Verb.TASK_MORE_ASK: reminders.press(task_acts.ask_more_by_button),
    Verb.TASK_YES: reminders.press(task_acts.agree),
    Verb.TASK_NO: reminders.press(task_acts.decline),
    Verb.TASK_DROP: reminders.press(task_acts.drop_task),
    Verb.TASK_OPEN: tasks.open_task,
    Verb.CHASE: patrol_act.chase,
    Verb.COMPLAIN: mark_complaint.ask_grade,
    Verb.COMPLAIN_AS: mark_complaint.mark_by_button,
    Verb.COMPLAINT_FILE: complaint_paper.document_by_button,
    Verb.FINDING: finding.offer_finding,
    Verb.FINDING_CAUSE: finding_talk.choose_cause,
    Verb.INSTRUCT: patrol_act.how_to_instruct,
    Verb.LOOKED: patrol_act.looked,
    Verb.MEASURE_DONE: measure.finish_by_button,
    Verb.FOLLOW_SEND: follow_up_staff.send_follow_up,
    Verb.FOLLOW_CALLED: follow_up_staff.record_call,
    Verb.LOW_HOW: low_rating.how_to_record,
    Verb.SURVEY_SHOW: survey_command.press_survey_staff,
    Verb.PAUSE: pause.press_pause,
    Verb.WARNING_SHOW: warning_acts.show,
    Verb.WARNING_TAKE: warning_acts.take,
    Verb.WARNING_CLOSE: warning_acts.how_to_close,
    Verb.IMPROVE: improvements.press_improvement,
    Verb.REVIEW: review.press_person,
    Verb.REVIEW_CASES: review.press_criterion,
    Verb.REVIEW_FILE: review.press_file,
    Verb.INSPECT: inspection_command.press_open,
    Verb.INSPECT_MARK: inspection_card.mark,
    Verb.INSPECT_DONE: inspection_score.hand_in,
    Verb.INSPECT_KEEP: inspection_appeal.uphold_by_button,
    Verb.INSPECT_AGAIN: inspection_appeal.score_again,
    Verb.APPEAL: inspection_appeal.ask_appeal,
    Verb.APPEAL_WHY: inspection_appeal.appeal_by_button,
    Verb.DIGEST: digest.press_digest,
}
"""The common shape, `run(work, office, now, *, staff_telegram_id, subject, choice, spot) -> words for the press`."""

_OF_CASE: Final[Table] = {
    Verb.CLAIM: claim.claim,
    Verb.WAIT: pause.pause_or_resume,
    Verb.RESOLVE: resolve.resolve,
    Verb.NOTE: hint.how_to_note,
}
_ASKING: Final[Table] = {
    Verb.ASSIST: assist.offer_assist,
    Verb.ESCALATE: escalate.ask_why_up,
    Verb.TRANSFER: transfer.offer_transfer,
}
"""Verbs that ask further, where they were pressed."""
_EDITING: Final[Table] = {
    Verb.ACCEPT: transfer_answer.accept,
    Verb.SEND_BACK: transfer_answer.ask_why_back,
    Verb.CLOSING_YES: closing.confirm_closing,
    Verb.CLOSING_NO: closing.refuse_closing,
}
"""Verbs that answer in the place of the pressed message."""
_CHOOSING: Final[Table] = {
    Verb.SEND_BACK_WHY: transfer_answer.send_back_by_button,
    Verb.ASSIST_WHOM: assist.ask_until_when,
    Verb.ASSIST_ASK: assist.assist_by_button,
    Verb.ESCALATE_WHY: escalate.escalate_by_button,
    Verb.TRANSFER_TO: transfer.ask_why,
    Verb.TRANSFER_WHY: transfer.transfer_by_button,
}
"""The same, with a choice."""
_OF_DRAFT: Final[Table] = {
    Verb.ADOPT: adopt.adopt,
    Verb.MODIFY: adopt.how_to_modify,
    Verb.ASK_RELEASE: release.ask_release,
    Verb.RELEASE: release.release,
    Verb.REFUSE: release.refuse,
}
_OF_FINDING: Final[Table] = {
    Verb.EXCEPT: false_alarm.make_exception,
    Verb.KEEP_RULE: false_alarm.keep_rule,
}
_OF_DEPARTMENT: Final[Table] = {
    Verb.RECEIVED: assist_answer.take_on,
    Verb.RECEIPT: assist_answer.ask_receipt,
    Verb.RECEIPT_PLAIN: assist_answer.report_done,
}
"""Verbs of people who are no staff of the desk: their chat is what lets them."""
_DUTY: Final[Table] = {
    Verb.DUTY_ON: partial(duty.press_duty, is_on=True),
    Verb.DUTY_OFF: partial(duty.press_duty, is_on=False),
}
_OF_REQUEST: Final[Table] = {
    Verb.APPROVE: partial(decide.press_decision, is_yes=True),
    Verb.DECLINE: partial(decide.press_decision, is_yes=False),
}
_ALARM: Final[Table] = {Verb.FALSE_ALARM: false_alarm.mark}
_READY: Final[Table] = {Verb.READY: ready.use_ready}
_LEAVING: Final[Table] = {Verb.LEAVE_TO: departure.leave_by_button}
_HANDOVER: Final[Table] = {Verb.TAKE_OVER: handover.take_over}
_OF_ROW: Final[Table] = {Verb.RETRY: retry.retry}
_SHOWING: Final[Table] = {Verb.SHOW: views.show_case}


def _me(p: Pressing, **more: Any) -> dict[str, Any]:
    return {"staff_telegram_id": p.by.telegram_id, **more}


SHAPES: Final[tuple[tuple[Table, Callable[[Pressing], dict[str, Any]]], ...]] = (
    (PLACED, lambda p: _me(p, subject=p.subject, choice=p.choice, spot=p.at)),
    (_OF_CASE, lambda p: _me(p, case_id=p.subject)),
    (_ASKING, lambda p: _me(p, case_id=p.subject, chat_id=p.at.ref.chat_id, thread_id=p.at.thread_id)),
    (_EDITING, lambda p: _me(p, case_id=p.subject, pressed=p.at.ref)),
    (_CHOOSING, lambda p: _me(p, case_id=p.subject, choice=p.choice, pressed=p.at.ref)),
    (_OF_DRAFT, lambda p: _me(p, draft_id=p.subject, version=p.choice, pressed=p.at.ref)),
    (_OF_FINDING, lambda p: _me(p, found_id=p.subject)),
    (_OF_DEPARTMENT, lambda p: {"by": p.by, "assist_id": p.subject, "pressed": p.at.ref}),
    (_DUTY, _me),
    (_OF_REQUEST, lambda p: _me(p, request_id=p.subject, pressed=p.at.ref)),
    (_ALARM, lambda p: _me(p, subject=p.subject, choice=p.choice)),
    (_READY, lambda p: _me(p, case_id=p.subject, script_id=p.choice, pressed=p.at.ref)),
    (_LEAVING, lambda p: _me(p, leaver_id=p.subject, choice=p.choice, pressed=p.at.ref)),
    (_HANDOVER, lambda p: _me(p, handover_id=p.subject, pressed=p.at.ref)),
    (_OF_ROW, lambda p: _me(p, row_id=p.subject)),
    (_SHOWING, lambda p: _me(p, spot=p.at, case_id=p.subject)),
)
"""Each table with the arguments that its use cases take."""


def staff_press(verb: Verb, pressing: Pressing) -> Press:
    """The use case of a button, with its arguments; a verb that nobody knows any more is answered as outdated."""
    for table, arguments in SHAPES:
        if verb in table:
            return table[verb], arguments(pressing)
    return hint.outdated, {}
