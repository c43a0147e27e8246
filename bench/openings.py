"""Labelled openings, and how a reading of them is counted.

A line of a labelled file: {"id", "text", "province", "kind", "complaint"}; a province of null: the text decides none.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.language.kinds import COMPLAINT
from bot.language.triage import Reading, Triage

DATA = Path(__file__).parents[1] / "tests" / "data"
MADE = ("triage_dev.jsonl", "triage_own.jsonl")
"""Openings by the program's own makers: learned from, never a measure."""
SEEN = "triage_tune.jsonl"
"""The one that the lexicon was made with in sight."""
AUTHORS = ("triage_tune2.jsonl", "triage_tune3.jsonl", "triage_fresh_tune.jsonl", "triage_tune4.jsonl",
           "triage_tune5.jsonl", "triage_tune6.jsonl", "triage_tune7.jsonl", "triage_tune8.jsonl", "triage_tune9.jsonl",
           "triage_tune10.jsonl", "triage_tune11.jsonl", "triage_tune12.jsonl", "triage_tune13.jsonl")  # fmt: skip
"""The ones that were labelled after the lexicon was made, a file an author."""
READ_FIRST = AUTHORS[1:2] + AUTHORS[3:-1]
"""Beside which stands what the rules alone read in them before anybody saw their misses (`…_first.jsonl`)."""
PLACES_FIRST = tuple(f"places_{name}.tsv" for name in (
    "passing", "stories", "plain", "bare", "others", "everyday", "aside", "barest", "short"))  # fmt: skip
"""Openings with their provinces only; `…_first.txt`: what the rules read in each at first, and all together."""
LEARNED = (*MADE, SEEN, *AUTHORS)
"""What is learned from; never a file that is only scored."""
OFTEN = 2
"""In so many openings a piece must stand to be learned."""


@dataclass(frozen=True)
class Label:
    """What a person says of a text."""

    id: str
    text: str
    province: str | None
    kind: str
    complaint: bool


@dataclass(frozen=True)
class Judged:
    """A label beside what the program read."""

    label: Label
    said: Reading


@dataclass(frozen=True)
class Measures:
    """The four measures of one file, with what they are counted from."""

    rows: int
    decided: int
    province_right: int
    province_other: int
    undecided: int
    province_wrong: int
    kind_right: int
    found: int
    false_alarms: int
    missed: int
    ms_a_text: float

    @property
    def province(self) -> float:
        """Of the texts that decide a province, those that were read right."""
        return self.province_right / max(self.decided, 1)

    @property
    def wrong(self) -> float:
        """Of the texts that decide none, those to which one was given."""
        return self.province_wrong / max(self.undecided, 1)

    @property
    def kind(self) -> float:
        """Kinds that were read right."""
        return self.kind_right / max(self.rows, 1)

    @property
    def complaint(self) -> float:
        """F1 of the complaints."""
        return 2 * self.found / max(2 * self.found + self.false_alarms + self.missed, 1)


def labels_of(path: Path) -> list[Label]:
    """A labelled file's rows; its notes are passed over. Where two others labelled a row again (`again`: the province
    and the kind by each, who saw the text alone) that counts which two of the three say, else what the author says.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_label(row) for row in rows]


def _label(row: Mapping[str, Any]) -> Label:
    said = [(row["province"], row["kind"]), *map(tuple, row.get("again", ()))]
    province, kind = (_most_said(column) for column in zip(*said, strict=True))
    complaint = row["complaint"] if kind == row["kind"] else kind == COMPLAINT
    return Label(str(row["id"]), row["text"], province, kind, complaint)


def _most_said(said: Sequence[Any]) -> Any:
    """The author's, which stands first, unless another is said more often."""
    return max(said, key=said.count)


def first_places(path: Path) -> list[tuple[str | None, str | None]]:
    """What was read first in a file of `PLACES_FIRST`, by the rules alone and with what had been learned."""
    lines = path.with_name(f"{path.stem}_first.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return [(none_if_dash(by_rules), none_if_dash(by_all)) for by_rules, by_all in pairs]


def none_if_dash(province: str) -> str | None:
    """A province as such files give it: `-` for none."""
    return None if province == "-" else province


def judge(labels: Sequence[Label], triage: Triage) -> tuple[list[Judged], float]:
    """Every label beside what is read, and the milliseconds of CPU that a text took."""
    start = time.process_time()
    judged = [Judged(label, triage.read(label.text)) for label in labels]
    return judged, (time.process_time() - start) * 1000 / max(len(labels), 1)


def measured(judged: Sequence[Judged], ms: float) -> Measures:
    """Count."""
    decided = [one for one in judged if one.label.province]
    undecided = [one for one in judged if not one.label.province]
    return Measures(
        rows=len(judged),
        decided=len(decided),
        province_right=sum(one.said.province == one.label.province for one in decided),
        province_other=sum(one.said.province not in (None, one.label.province) for one in decided),
        undecided=len(undecided),
        province_wrong=sum(one.said.province is not None for one in undecided),
        kind_right=sum(one.said.kind == one.label.kind for one in judged),
        found=sum(one.label.complaint and one.said.is_complaint for one in judged),
        false_alarms=sum(one.said.is_complaint and not one.label.complaint for one in judged),
        missed=sum(one.label.complaint and not one.said.is_complaint for one in judged),
        ms_a_text=ms,
    )


def left_out_table(rows: Mapping[str, Sequence[int]]) -> str:
    """A line of a Markdown table for each author's file (openings, kinds right, complaints found, false, missed), and
    one for those together that were labelled after the lexicon was made.
    """
    together = [sum(column) for column in zip(*(rows[file] for file in AUTHORS), strict=True)]
    return "\n".join(
        (
            "| left out | openings | kind, of nine | complaints, F1 |",
            "|---|---|---|---|",
            *(_left_out_row(f"`{file}`", counts) for file, counts in rows.items()),
            _left_out_row(f"all but `{SEEN}`", together),
        )
    )


def _left_out_row(name: str, counts: Sequence[int]) -> str:
    rows, right, found, wrong, missed = counts
    f1 = 2 * found / max(2 * found + wrong + missed, 1)
    return f"| {name} | {rows} | {right / rows:.1%} | {f1:.3f} ({found} found, {wrong} false, {missed} missed) |"
