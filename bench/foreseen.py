"""What must be told to whom and when, foreseen apart from the desk: a small model of the department's agreed times.

Its figures are written out here; `bench.told` puts the same into the settings. Whatever is due is kept in a heap; a
look at an instant pops what is due by then, as the first sweep at that instant has to.
"""

import heapq
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bench.decree import SHANGHAI, WorkingTime

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANSWER, ANSWER_NEAR, ACKNOWLEDGE = 10 * MINUTE, 7 * MINUTE, 3 * MINUTE
RESOLVE, RESOLVE_NEAR, MANAGER = 18 * HOUR, 756 * MINUTE, 2 * HOUR
PROMISE_AHEAD, GRACE, TASK_AHEAD, TASK_LATE = 30 * MINUTE, 30 * MINUTE, 4 * HOUR, HOUR
CONFIRM, CHASE = DAY, DAY
CALLED_BACK = {"equipment": 1, "order": 3}
"""Days within which cases of these kinds are called back; others are not."""
CALL_AFTER, ASK_WAIT, ASK_RETRY, ATTEMPTS = HOUR, 4 * HOUR, 9 * HOUR, 2
SILENT, GIVE_UP = 9 * HOUR, 18 * HOUR
BATCH, EVERY, OPEN_FOR = 3, 20 * MINUTE, 7 * DAY
SUPERVISORS, MANAGER_CHAT = -1009, 5005
WHOLE_DESK_GIVER = 5004

Look = Callable[[datetime], None]


@dataclass(frozen=True, order=True)
class Told:
    """Something that was, or must be, said to a chat at an instant (UTC)."""

    at: datetime
    chat: int
    what: str

    def __str__(self) -> str:
        return f"{told(self.at)} to {self.chat}: {self.what}"


@dataclass
class Call:
    """A call back (回访) of a case."""

    due: datetime
    deadline: datetime
    told: bool = False
    asked: datetime | None = None
    attempts: int = 0
    alerted: bool = False
    is_over: bool = False


@dataclass
class Story:
    """A case as the model knows it."""

    case: int
    person: int
    handler: int
    kind: str
    opened: datetime
    unanswered: datetime | None
    round: int = 0
    """Counts the franchisee's turns: a warning of an earlier one is void."""
    resolved: datetime | None = None
    closed: datetime | None = None
    waits: datetime | None = None
    asked_again: datetime | None = None
    rate_asked: datetime | None = None
    is_rated: bool = False
    is_chased: bool = False
    call: Call | None = None
    promises: list["Vow"] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.resolved is not None or self.closed is not None


@dataclass
class Vow:
    """A promise (承诺), or a task (交办) of somebody."""

    made: datetime
    due: datetime
    is_over: bool = False


class Foreseen:
    """Everything that must be told; `look` moves what is due by an instant into `told`."""

    def __init__(self) -> None:
        self.time = WorkingTime()
        self.told: list[Told] = []
        self._heap: list[tuple[datetime, int, Look]] = []
        self._numbers = itertools.count()

    def next_due(self) -> datetime | None:
        """The earliest instant at which something may have to be told."""
        return self._heap[0][0] if self._heap else None

    def look(self, now: datetime) -> None:
        """A sweep at this instant leaves nothing that is due untold."""
        while self._heap and self._heap[0][0] <= now:
            heapq.heappop(self._heap)[2](now)

    def _at(self, due: datetime, look: Look) -> None:
        heapq.heappush(self._heap, (due, next(self._numbers), look))

    def _tell(self, now: datetime, chat: int, what: str) -> None:
        self.told.append(Told(now.astimezone(UTC), chat, what))

    # cases and their deadlines

    def opened(self, now: datetime, *, case: int, person: int, handler: int, kind: str) -> Story:
        """A franchisee wrote for the first time."""
        story = Story(case, person, handler, kind, now, None)
        self._warned(story, now, "resolve", (RESOLVE_NEAR, RESOLVE), lambda: not story.is_over)
        self.wrote(now, story)
        return story

    def wrote(self, now: datetime, story: Story) -> None:
        """The franchisee's words wait for an answer, unless earlier ones do already."""
        story.waits = None
        if story.unanswered is not None:
            return
        story.unanswered, story.round = now, story.round + 1
        turn = story.round

        def is_open() -> bool:
            return story.unanswered is not None and story.round == turn

        self._at(
            self.time.after(now, ACKNOWLEDGE), lambda at: self._if(is_open(), at, story.person, f"ack {story.case}")
        )
        self._warned(story, now, "answer", (ANSWER_NEAR, ANSWER), is_open)

    def _warned(
        self, story: Story, since: datetime, term: str, spans: tuple[timedelta, timedelta], is_open: Callable[[], bool]
    ) -> None:
        near, whole = (self.time.after(since, span) for span in spans)
        stages = ((near, story.handler), (whole, SUPERVISORS), (self.time.after(whole, MANAGER), MANAGER_CHAT))
        for due, chat in stages:
            self._at(due, self._warning(is_open, chat, f"warned {story.case} {term}"))

    def _warning(self, is_open: Callable[[], bool], chat: int, what: str) -> Look:
        return lambda at: self._if(is_open(), at, chat, what)

    def _if(self, is_wanted: bool, at: datetime, chat: int, what: str) -> None:
        if is_wanted:
            self._tell(at, chat, what)

    def answered(self, now: datetime, story: Story, *, promise: datetime | None = None, asks: bool = False) -> None:
        """An answer keeps older promises; a question keeps none, but then it is the franchisee's turn."""
        for vow in story.promises if not asks else ():
            vow.is_over = True
        story.unanswered, story.waits, story.asked_again = None, None, None
        if promise is not None:
            self._promised(now, story, promise)
        if asks:
            story.waits = now
            self._at(self._word_due(now, SILENT), lambda at: self._no_word(at, story, now))

    def _promised(self, now: datetime, story: Story, due: datetime) -> None:
        vow = Vow(now, due)
        story.promises.append(vow)
        broken = self.time.after(due, GRACE)

        def remind(at: datetime) -> None:
            self._if(not vow.is_over and at < broken, at, story.handler, f"memo promise {told(due)} #{story.case}")

        def breaks(at: datetime) -> None:
            if not vow.is_over:
                vow.is_over = True
                for chat in (SUPERVISORS, story.handler):
                    self._tell(at, chat, f"broken {story.case} {told(due)}")

        self._at(self.time.ahead_of(now, due, PROMISE_AHEAD), remind)
        self._at(broken, breaks)

    # a franchisee who stays silent

    def _word_due(self, since: datetime, wait: timedelta) -> datetime:
        return self.time.opening(self.time.after(since, wait))

    def _no_word(self, now: datetime, story: Story, since: datetime) -> None:
        if story.waits != since or story.is_over:
            return
        asked = story.asked_again
        due = self._word_due(since, SILENT) if asked is None else self._word_due(asked, GIVE_UP)
        if now < due or not self.time.is_open(now):
            self._at(self.time.opening(max(now, due)), lambda at: self._no_word(at, story, since))
        elif asked is None:
            self._tell(now, story.person, f"ask again {story.case}")
            story.asked_again = now
            self._at(self._word_due(now, GIVE_UP), lambda at: self._no_word(at, story, since))
        else:
            self._tell(now, story.person, f"no word {story.case}")
            story.closed = now
            self._call_back(now, story)

    # the end, and what comes after

    def resolved(self, now: datetime, story: Story) -> None:
        """The specialist ended the case; unless the franchisee says so sooner, it is closed by itself."""
        story.resolved, story.unanswered, story.waits = now, None, None
        self._call_back(now, story)
        self._at(now + CONFIRM, lambda at: self._lapse(at, story))

    def _lapse(self, now: datetime, story: Story) -> None:
        if story.closed is None:
            story.closed = now
            self._at(self.time.opening(now), lambda at: self._rating(at, story))

    def confirmed(self, now: datetime, story: Story) -> None:
        """The franchisee closed it, and is asked at once what they think of it; whatever was promised is settled."""
        story.closed = now
        for vow in story.promises:
            vow.is_over = True
        self._ask_rating(now, story)

    def _ask_rating(self, now: datetime, story: Story) -> None:
        self._tell(now, story.person, f"rate {story.case}")
        story.rate_asked = now
        self._at(self.time.opening(now + CHASE), lambda at: self._rating(at, story))

    def _rating(self, now: datetime, story: Story) -> None:
        if not self.time.is_open(now):
            self._at(self.time.opening(now), lambda at: self._rating(at, story))
        elif story.rate_asked is None:
            self._ask_rating(now, story)
        elif not story.is_rated and not story.is_chased and now >= story.rate_asked + CHASE:
            story.is_chased = True
            self._tell(now, story.person, f"rate again {story.case}")

    def _call_back(self, now: datetime, story: Story) -> None:
        if story.kind not in CALLED_BACK:
            return
        opening, evening = self.time.next_day(now)
        due = self.time.after(opening, CALL_AFTER)
        story.call = Call(due, max(now + CALLED_BACK[story.kind] * DAY, evening, due))
        for at in (due, story.call.deadline):
            self._look_at_call(at, story)

    def _look_at_call(self, due: datetime, story: Story) -> None:
        self._at(due, lambda at: self._call_due(at, story))

    def _call_due(self, now: datetime, story: Story) -> None:
        call = story.call
        if call is None or call.is_over:
            return
        if not self.time.is_open(now):
            self._look_at_call(self.time.opening(now), story)
            return
        if call.asked is not None:
            self._asked_call(now, story, call, call.asked)
        elif not call.told and now >= call.due:
            call.told = True
            self._tell(now, story.handler, f"call back {story.case}")
        if not call.is_over and not call.alerted and now >= call.deadline:
            call.alerted = True
            self._tell(now, SUPERVISORS, f"call back late {story.case}")

    def _asked_call(self, now: datetime, story: Story, call: Call, asked: datetime) -> None:
        if call.due > asked:
            if now >= call.due:
                self.asked_back(now, story)
        elif now >= self.time.after(asked, ASK_WAIT) and call.attempts >= ATTEMPTS:
            call.is_over = True
            self._tell(now, story.handler, f"call back over {story.case}")
        elif now >= self.time.after(asked, ASK_WAIT):
            call.due = self.time.after(now, ASK_RETRY)
            self._look_at_call(call.due, story)

    def asked_back(self, now: datetime, story: Story) -> None:
        """The franchisee is asked in writing whether all is well."""
        call = story.call
        if call is None:
            raise LookupError(f"case {story.case} is not called back")
        self._tell(now, story.person, f"asked {story.case}")
        call.asked, call.attempts, call.due = now, call.attempts + 1, min(call.due, now)
        self._look_at_call(self.time.after(now, ASK_WAIT), story)

    # what staff want to be told, and surveys

    def reminded(self, *, who: int, words: str, due: datetime) -> None:
        """Somebody set a reminder."""
        self._at(due, lambda at: self._tell(at, who, f"memo {words}"))

    def tasked(self, now: datetime, *, task: int, who: int, due: datetime) -> Vow:
        """A supervisor gave somebody something to do: told ahead, at its date, and the giver when it is late."""
        vow = Vow(now, due)
        ahead = self.time.ahead_of(now, due, TASK_AHEAD)
        what = f"memo task {task}"
        self._at(ahead, lambda at: self._if(not vow.is_over and at < due, at, who, what))
        self._at(due, lambda at: self._if(not vow.is_over, at, who, what))
        late = self.time.after(due, TASK_LATE)
        self._at(late, lambda at: self._if(not vow.is_over, at, WHOLE_DESK_GIVER, f"task late {task}"))
        return vow

    def surveyed(self, now: datetime, *, survey: int, people: Sequence[int]) -> None:
        """A round began: in batches, in working hours, each once; its end comes by its date."""
        left, closes = list(people), now + OPEN_FOR

        def batch(at: datetime) -> None:
            if at >= closes:
                return
            if not self.time.is_open(at):
                self._at(self.time.opening(at), batch)
                return
            for person in left[:BATCH]:
                self._tell(at, person, f"survey {told(closes)}")
            if left:
                self._at(at + EVERY, batch)
            del left[:BATCH]

        self._at(self.time.opening(now), batch)
        self._at(closes, lambda at: self._tell(at, SUPERVISORS, f"survey over {survey}"))


def told(at: datetime) -> str:
    """An instant as the desk writes it."""
    return f"{at.astimezone(SHANGHAI):%m月%d日 %H:%M}"
