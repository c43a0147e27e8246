"""A reminder in words, with the buttons that it has."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.memo import About, Memo, MemoState
from bot.desk.script import Rendered
from bot.usecases.at_hand import franchisee_of
from bot.usecases.moment import phrase_buttons
from bot.usecases.office import Office
from bot.usecases.ports import Work

LATE_AFTER = timedelta(minutes=5)
"""A reminder that comes so long after its time says when it was meant for."""
PER_ROW = 5


@dataclass(frozen=True)
class Told:
    """What comes of an act: words, and buttons under them."""

    words: Rendered
    buttons: Buttons = ()


def memo_due(work: Work, office: Office, now: datetime, memo: Memo, *, name: str) -> Told:
    """The reminder itself."""
    words = office.say(
        "notice/memo_due", name=name, words=memo.words, of=of_case(work, office, memo), quote=_quote(office, memo),
        late=_late(office, now, memo), what=_what(office, memo), memo=str(memo.id),
    )  # fmt: skip
    return Told(words, memo_buttons(office, now, memo))


def memo_line(work: Work, office: Office, now: datetime, memo: Memo) -> str:
    """One reminder in a list."""
    is_asked = memo.state is MemoState.ASKED
    is_late = not is_asked and now - memo.due_at > LATE_AFTER
    return office.line(
        "memo",
        memo=memo.id,
        due=office.line("memo_asked") if is_asked else office.local(memo.due_at),
        words=memo.words,
        of=of_case(work, office, memo),
        what=_what(office, memo),
        late=office.line("memo_overdue") if is_late else "",
    )


def of_case(work: Work, office: Office, memo: Memo) -> str:
    """（工单 #12 小陈）, or nothing."""
    case = work.cases.get(memo.case_id) if memo.case_id is not None else None
    return office.line("memo_case", case=case.id, name=franchisee_of(work, case).name) if case else ""


def memo_buttons(office: Office, now: datetime, memo: Memo) -> Buttons:
    """完成, 稍后 and 转交; what is about a promise or a task has the buttons of that."""
    match memo.about:
        case About.PROMISE:
            acts = [_button(office, Verb.PROMISE_TIME, memo.subject), _button(office, Verb.PROMISE_NOT, memo.subject)]
            return (*_later(office, now, memo), tuple(acts), *_show(office, memo))
        case About.TASK:
            acts = [_button(office, Verb.TASK_DONE, memo.subject), _button(office, Verb.TASK_MORE, memo.subject)]
            return (tuple(acts), *_later(office, now, memo))
        case About.OWN:
            back = [_button(office, Verb.MEMO_BACK, memo.id)] if memo.from_id else []
            acts = [_button(office, Verb.MEMO_DONE, memo.id), _button(office, Verb.MEMO_PASS, memo.id), *back]
            return (tuple(acts), *_later(office, now, memo), *_show(office, memo))


def _later(office: Office, now: datetime, memo: Memo) -> Buttons:
    return phrase_buttons(office, now, office.labels.snoozes, verb=Verb.MEMO_LATER, subject=memo.id)


def _show(office: Office, memo: Memo) -> Buttons:
    return ((Button(office.label("show_case"), Press(Verb.SHOW, memo.case_id)),),) if memo.case_id else ()


def open_buttons(memos: list[Memo]) -> Buttons:
    """One small button for each of a list: it shows the reminder with its own buttons."""
    found = [Button(str(m.id), Press(Verb.MEMO_OPEN, m.id)) for m in memos]
    return tuple(tuple(found[i : i + PER_ROW]) for i in range(0, len(found), PER_ROW))


def _button(office: Office, verb: Verb, subject: int) -> Button:
    return Button(office.label(verb.name.lower()), Press(verb, subject))


def _quote(office: Office, memo: Memo) -> str:
    return office.line("memo_quote", words=memo.quote) if memo.quote else ""


def _late(office: Office, now: datetime, memo: Memo) -> str:
    return office.line("memo_late", due=office.local(memo.due_at)) if now - memo.due_at > LATE_AFTER else ""


def _what(office: Office, memo: Memo) -> str:
    """【承诺】 or 【交办】 ahead of what is not one's own words."""
    return "" if memo.about is About.OWN else office.line(f"memo_{memo.about.value}")
