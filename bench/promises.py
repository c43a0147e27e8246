"""How well promises are found in replies: `python -m bench.promises [FILE…] [--write] [--show N]`."""

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.lint import Score
from bot.almanac.china import decreed_days
from bot.desk.calendar import WorkCalendar, by_date
from bot.desk.hours import Span, WeeklyHours
from bot.desk.promise_words import UNTIMED_AFTER, find_promises
from bot.desk.reading import DeskHours

DATA = Path("tests/data")
SCORED = DATA / "promise_scored.jsonl"
PAGE = Path("docs/promises.md")
OTHERS = {
    "promise_tune.jsonl": "the half that the rules were tuned on",
    "promise_registers.jsonl": "other registers; tuned on after its first score",
    "promise_third.jsonl": "a third batch; tuned on after its first score",
    "promise_fourth.jsonl": "a fourth, meant to mislead; tuned on after its first score",
    "promise_fifth.jsonl": "a fifth; tuned on after its first score",
    "promise_sixth.jsonl": "**a sixth; never tuned on**",
}
ZONE = ZoneInfo("Asia/Shanghai")
WEEK = WeeklyHours(((Span(9 * 60, 18 * 60),),) * 5 + ((), ()))
HOURS = DeskHours(WorkCalendar(WEEK, decree=by_date(decreed_days()), follows_decree=True), ZONE)
"""The desk that the labels are meant for: weekdays from nine to six, with the decreed holidays and make-up days."""


@dataclass(frozen=True)
class Row:
    """A labelled reply, the due instants that it was labelled with, and those that were found."""

    id: str
    text: str
    wanted: frozenset[datetime]
    found: frozenset[datetime]

    @property
    def score(self) -> Score:
        """How many promises were rightly found, wrongly found, and missed."""
        right = len(self.wanted & self.found)
        return Score(right, len(self.found) - right, len(self.wanted) - right)


def read(path: Path) -> list[Row]:
    """The rows of a labelled file, judged."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_row(json.loads(line)) for line in lines if line.strip()]


def _row(row: dict[str, object]) -> Row:
    text, wanted = str(row["text"]), row["promises"]
    assert isinstance(wanted, list)
    now = datetime.fromisoformat(str(row["now"]))
    found = find_promises(text, now, HOURS, untimed=UNTIMED_AFTER)
    labels = frozenset(datetime.fromisoformat(str(due)).astimezone(UTC) for due in wanted)
    return Row(str(row["id"]), text, labels, frozenset(p.due_by for p in found))


def total(rows: Iterable[Row]) -> Score:
    """The score of all rows together."""
    scores = [row.score for row in rows]
    return Score(sum(s.right for s in scores), sum(s.wrong for s in scores), sum(s.missed for s in scores))


def _told(dues: Iterable[datetime]) -> str:
    return "、".join(f"{due.astimezone(ZONE):%m-%d %H:%M}" for due in sorted(dues)) or "none"


def misses(rows: Iterable[Row]) -> list[str]:
    """The rows that were judged wrongly, as lines."""
    wrong = [row for row in rows if row.wanted != row.found]
    return [f"{r.id} {r.text} (labelled {_told(r.wanted)}; found {_told(r.found)})" for r in wrong]


def cost(path: Path) -> float:
    """Milliseconds of CPU for one reply."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    begun = time.process_time()
    for row in rows:
        find_promises(row["text"], datetime.fromisoformat(row["now"]), HOURS)
    return (time.process_time() - begun) / len(rows) * 1000


def _line(path: Path, what: str) -> str:
    rows = read(path)
    score = total(rows)
    promises = score.right + score.missed
    return f"| `{path.name}` | {what} | {len(rows)} | {promises} | {score.precision:.3f} | {score.recall:.3f} |"


def page() -> str:
    """The page of figures, all of them measured now."""
    others = [_line(DATA / name, what) for name, what in OTHERS.items() if (DATA / name).exists()]
    head = ["| file | what | replies | promises | precision | recall |", "|-|-|-|-|-|-|"]
    table = [*head, _line(SCORED, "**only scored**"), *others]
    worst = [f"- {line}" for line in misses(read(SCORED))]
    return f"{INTRODUCTION}\n{chr(10).join(table)}\n\n{WORST}\n\n{chr(10).join(worst)}\n"


INTRODUCTION = """# Promises in replies

Written by `python -m bench.promises --write`. A promise counts as right when it is found with the right due instant.
The replies were labelled by hand before anything was found in them, half of them set aside; what the rules know is in
`bot/desk/promise_lexicon.py`, how they judge in `bot/desk/promise_rules.py`.

Conventions of the labels: a day is due at its closing (18:00), 上午 at 12:00, 下午 at 18:00, 明早 at 10:00, 中午 at
13:00, 晚上 at 22:00, 明天上班 at the opening; 3天内 and 两个工作日内 at the closing of the last day, today not counted;
a range at its end. Without a time (稍后回您) the default holds: two hours of working time.
What hangs on the franchisee's doing (您付款后两天内) is no promise yet. All batches are of one writer.

## What becomes of a promise

Every delivered answer of a person is read again, clause by clause (`bot/desk/holding.py`, words in `[promise]` of
`bot/scripts/labels.toml`). A clause says nothing when it only waits, thanks or tells that work goes on (请您稍等,
我再核对一下, 还在催, 已收到, 会尽快处理), when it asks, or when it asks the franchisee to do something (请您看一下
说明书). What is itself a promise says nothing either. A picture, a video or a file without words says something; a
voice does not.

| outcome | when |
|-|-|
| kept | by the time, an answer says something and does not postpone; or the franchisee presses 已解决 |
| postponed | before the time is over, an answer promises anew by another time, see below |
| late | such an answer after the time and before it is broken |
| broken | no such answer until the time and the grace are over |

A new time postpones whatever was promised when the answer says nothing else. When it says something, a deed (补发) is
postponed by any new time, and coming back (答复, 回电) by a new time for coming back only: 经核实是漏发，明天给您补发
has answered. A vague promise of the same (会尽快答复) neither keeps nor moves nor multiplies one.

When in doubt a promise stays open: a reminder too many costs less than a franchisee who waits. What was said within a
breath of the promise belongs to it. Whether the deed was done nobody here can see: an answer that tells of something
else keeps it, too.
"""
WORST = "## What is judged wrongly in the half that is only scored"


def main() -> None:
    """Print the scores of the files, by default of the scored half; `--write` writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[SCORED])
    parser.add_argument("--write", action="store_true", help="write docs/promises.md")
    parser.add_argument("--show", type=int, default=0, help="so many of the rows that were judged wrongly")
    wishes = parser.parse_args()
    for path in wishes.files:
        rows = read(path)
        score = total(rows)
        print(
            f"{path}: {len(rows)} replies, {score.right + score.missed} promises, "
            f"precision {score.precision:.3f}, recall {score.recall:.3f}, {cost(path):.2f} ms of CPU a reply"
        )
        print("\n".join(misses(rows)[: wishes.show]))
    if wishes.write:
        PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
