"""Promises (承诺) in what a specialist writes: who of us does what, and by when.

A time is a promise's when the clause that it stands in (or the next, when it stands alone) has a deed of ours for the
franchisee, and nothing in it asks, supposes, denies, reports, tells a rule, or asks the franchisee to do it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.desk.calendar import NeverOpenError
from bot.desk.one_form import one_form
from bot.desk.promise_clauses import Clause, Sentence, sentences_of
from bot.desk.promise_lexicon import (
    AT_ONCE,
    CONTRAST,
    DENY,
    EARLIEST,
    EXTENT,
    FILLER,
    LATEST,
    QUOTED,
    TAKES,
    UNTIMED,
    US,
)
from bot.desk.promise_rules import Deed, deed_in, is_ours, is_reported, is_spoilt, is_supposed, own_deed
from bot.desk.reading import Ask, At, DeskHours, Unclear
from bot.desk.when import find_whens

UNTIMED_AFTER: Final = timedelta(hours=2)
"""Working time after which a promise without a time (稍后回复您) is due, unless the settings say otherwise."""
_OPEN: Final = (Ask.AM_OR_PM, Ask.WHICH_WEEK, Ask.UNKNOWN_HOLIDAY)
"""Times that were said, but in more than one sense: as good as none."""
_MARKS: Final = " ,，。;；:：!！~\n"


@dataclass(frozen=True)
class FoundPromise:
    """What we said we would do. `span`: where in the text the clause stands; `words`: that clause; `what`: the words of
    the deed in it (给您答复). `due_by` (UTC); `is_timed` is False when no time was said and the default holds.
    """

    span: tuple[int, int]
    words: str
    due_by: datetime
    what: str
    is_timed: bool = True


def find_promises(
    text: str, now: datetime, hours: DeskHours, *, untimed: timedelta = UNTIMED_AFTER
) -> tuple[FoundPromise, ...]:
    """The promises in a reply that was sent at `now` (aware), in order; one for each due instant. Never raises.

    `untimed` is working time. A promise without a time is told only where none with a time was made.
    """
    plain = one_form(text)
    whens = find_whens(plain, now, hours)
    sentences = tuple(sentences_of(plain, whens))
    timed = {p.due_by: p for s in reversed(sentences) for p in reversed(tuple(_timed(s, text)))}
    if timed:
        return tuple(sorted(timed.values(), key=lambda p: p.span))
    due = _after(now, untimed, hours)
    marks = [w.span for w in whens if isinstance(w, Unclear) and w.why in _OPEN]
    return tuple(_untimed(sentences, text, plain, marks, due))[:1]


def _after(now: datetime, length: timedelta, hours: DeskHours) -> datetime:
    try:
        return hours.calendar.add_working_time(now, length, hours.zone)
    except NeverOpenError:
        return now.astimezone(UTC) + length


def _timed(sentence: Sentence, text: str) -> Iterator[FoundPromise]:
    for n, clause in enumerate(sentence.clauses):
        for i, when in enumerate(clause.times):
            is_last = i + 1 == len(clause.times)
            stop = clause.end if is_last else clause.times[i + 1].span[0]
            found = _promised(sentence, n, when.span, stop, joins=is_last)
            if found is not None and not _is_earliest(sentence, clause, when):
                yield _promise(text, clause, found, when)


def _promise(text: str, clause: Clause, found: tuple[int, int], when: At) -> FoundPromise:
    deed, end = found
    start = min(clause.start, deed)
    return FoundPromise((start, end), text[start:end].strip(_MARKS), when.by, _deed_words(text, deed, end, when.span))


def _deed_words(text: str, deed: int, end: int, time: tuple[int, int]) -> str:
    """The deed, without a time at its end, which is told as a date beside it (给您答复最晚今天下午四点半)."""
    if not deed <= time[0] < end or text[time[1] : end].strip(_MARKS):
        return text[deed:end].strip(_MARKS)
    return re.sub(f"(?:{LATEST.pattern}|{EARLIEST.pattern})$", "", text[deed : time[0]].strip(_MARKS)).strip(_MARKS)


def _is_earliest(sentence: Sentence, clause: Clause, when: At) -> bool:
    """最快明天，最迟后天: the latter is the promise."""
    head = clause.text[: when.span[0] - clause.start]
    whole = sentence.until(len(sentence.clauses))
    return EARLIEST.search(head) is not None and LATEST.search(whole) is not None


def _promised(sentence: Sentence, n: int, span: tuple[int, int], stop: int, *, joins: bool) -> tuple[int, int] | None:
    """Where the deed begins and its clause ends, when what stands between `span` and `stop` is promised; else None."""
    clause, before = sentence.clauses[n], sentence.until(n)
    head, body = clause.text[: span[0] - clause.start], clause.text[span[1] - clause.start : stop - clause.start]
    deed, end = deed_in(body), stop
    if deed is None and joins and _is_alone(body):
        body, end = _joined(sentence, n, body)
        deed = deed_in(body)
        if deed is None:
            return _behind(sentence, n, head, span)
    deed = deed or own_deed(head, body)
    if deed is None or not _holds(sentence, before, head, body, deed):
        return None
    return span[1] + deed.start, end


def _is_alone(body: str) -> bool:
    return not US.sub("", FILLER.sub("", body)).strip(" ,。!;~:-")


def _joined(sentence: Sentence, n: int, body: str) -> tuple[str, int]:
    """A time that stands alone goes with the next clause, unless that has a time of its own."""
    end = sentence.clauses[n].end
    for clause in sentence.clauses[n + 1 : n + 3]:
        is_apposition = re.match("\\s*(?:也就是|即)", clause.text) is not None
        if clause.times and not is_apposition:
            break
        body, end = body + clause.text, clause.end
        if deed_in(clause.text) is not None:
            break
    return body, end


def _behind(sentence: Sentence, n: int, head: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """A time behind its deed: 给您答复最晚明天下午, or 明天给您发货，最迟后天."""
    clause, before = sentence.clauses[n], sentence.until(n)
    if EXTENT.search(head):
        return None
    deed = deed_in(head)
    if deed is not None and deed.is_to_you and _holds(sentence, before, "", head, deed):
        return clause.start + deed.start, clause.end
    if (
        (LATEST.search(head) or TAKES.search(head))
        and n
        and (earlier := deed_in(sentence.clauses[n - 1].text)) is not None
    ):
        previous = sentence.clauses[n - 1]
        if _holds(sentence, sentence.until(n - 1), "", previous.text, earlier):
            return previous.start + earlier.start, clause.end
    return None


def _holds(sentence: Sentence, before: str, head: str, body: str, deed: Deed) -> bool:
    """Whether the deed is ours and is promised without reserve."""
    whole = sentence.until(len(sentence.clauses))
    if is_spoilt(head + body, before, whole) or _is_question(sentence) or _is_taken_back(sentence, before):
        return False
    if (
        EXTENT.search(head)
        or is_supposed(before + head)
        or is_reported(head + body[: deed.start], deed, sentence.before + before)
    ):
        return False
    return is_ours(head + _agents(body, deed), deed, before, sentence.before)


def _agents(body: str, deed: Deed) -> str:
    """What stands before a deed, with its first character, which tells 务必给您 from 您务必."""
    return body[: deed.start] + body[deed.start : deed.start + 1].strip("您你")


def _is_taken_back(sentence: Sentence, before: str) -> bool:
    """我也想今天给您办，可系统锁了，办不了."""
    n = next((n for n in range(len(sentence.clauses)) if sentence.until(n) == before), 0)
    turned = False
    for clause in sentence.clauses[n + 1 :]:
        turned = turned or CONTRAST.match(clause.text) is not None
        if turned and not clause.times and DENY.search(clause.text):
            return True
    return False


def _is_question(sentence: Sentence) -> bool:
    last = sentence.clauses[-1].text
    return re.search("[?]\\s*$|吗\\W*$|(?<!什)么\\W*$|(?:好吗|行吗|可以吗|方便吗|对吧|是吧)\\W*$", last) is not None


def _untimed(
    sentences: Sequence[Sentence], text: str, plain: str, marks: Sequence[tuple[int, int]], due: datetime
) -> Iterator[FoundPromise]:
    hidden = [m.span() for m in QUOTED.finditer(plain)]
    for sentence in sentences:
        for n, clause in enumerate(sentence.clauses):
            found = [m.span() for m in UNTIMED.finditer(plain, clause.start, clause.end)]
            own = [m for m in marks if clause.start <= m[0] < clause.end]
            for span in (*found, *own):
                if any(start <= span[0] < end for start, end in hidden):
                    continue
                if (deed := _put_off(sentence, n, span)) is not None:
                    start = min(clause.start, deed[0])
                    what = text[deed[0] : deed[1]].strip(_MARKS)
                    yield FoundPromise((start, deed[1]), text[start : deed[1]].strip(_MARKS), due, what, False)


def _put_off(sentence: Sentence, n: int, span: tuple[int, int]) -> tuple[int, int] | None:
    """A deed behind 稍后 and the like; behind 马上 only one that consists in coming back to the franchisee."""
    clause = sentence.clauses[n]
    found = _promised(sentence, n, span, clause.end, joins=True)
    if found is None:
        return None
    deed = deed_in(clause.text[max(0, found[0] - clause.start) :])
    word = clause.text[span[0] - clause.start : span[1] - clause.start]
    is_at_once = AT_ONCE.search(word) is not None
    if is_at_once and not (deed is not None and deed.is_contact):
        return None
    return found
