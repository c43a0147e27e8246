"""How well and how fast the lint judges: `python -m bench.lint FILE… [--write] [--show N]`, `--speed` for the costs."""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.agreed import HELD, agreed, agreement
from bench.lint_speed import TUNED, measured
from bot.desk.lint import Category, Finding
from bot.language.engine_files import TONE
from bot.language.linter import RuleLinter

SCORED = tuple(Path(f"tests/data/lint_scored{number}.jsonl") for number in ("12", "11", "5", "4", "3", "2", ""))
"""Only scored, the newest first: by three examiners each, and by two more, who knew nothing of the lint; by another
author; a fresh half, parted from the other half by lot; other authors' replies, scored most often. Who made the lint
has not read the first five. (The sixth to the tenth are learned from: `EXAMINED`.)
"""
FRESH = SCORED[:2]
"""Scored once, when all that is learned had been learned."""
FIRST: Mapping[Path, Path] = {
    Path(f"tests/data/lint_tune{at}.jsonl"): Path(f"tests/data/lint_first{at}.jsonl") for at in range(8, 92)
}
"""Files that are learned from now, each with what was found in it before: an honest reading of the program then."""
EXAMINED = tuple(Path(f"tests/data/lint_tune{at}.jsonl") for at in (75, 74, 73, 72, 71))
"""Those of them that were by examiners, and labelled by two readers, too."""
BORDER = Path("tests/data/lint_border.jsonl")
"""By four authors who were asked for what lies between the categories, and labelled by one reader more; only scored."""
OBFUSCATED = frozenset({"split", "traditional", "pinyin", "homophone", "zero_width", "full_width"})
"""How a reply may be disguised."""
PAGE = Path("docs/lint.md")


@dataclass(frozen=True)
class Row:
    """A labelled reply and what was found in it; `wanted`: its agreed labels, `said`: its author's own."""

    id: str
    text: str
    wanted: frozenset[str]
    said: frozenset[str]
    is_obfuscated: bool
    found: frozenset[str]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Score:
    """How many were rightly found, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of what was found, what was there."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what was there, what was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read(paths: Iterable[Path], linter: RuleLinter) -> list[Row]:
    """The rows of labelled files, judged."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [_row(json.loads(line), linter) for line in lines]


def _row(row: Mapping[str, Any], linter: RuleLinter) -> Row:
    findings = linter.check(str(row["text"])).findings
    return Row(*_labels(row), frozenset(f.category for f in findings), findings)


def _labels(row: Mapping[str, Any]) -> tuple[str, str, frozenset[str], frozenset[str], bool]:
    is_obfuscated = bool(row.get("obfuscated")) or row.get("how") in OBFUSCATED
    return str(row["id"]), str(row["text"]), agreed(row), frozenset(row["categories"]), is_obfuscated


def first_read(path: Path) -> list[Row]:
    """The rows of a file as they were read by the program that nothing of it had been learned by."""
    lines = FIRST[path].read_text(encoding="utf-8").splitlines()
    found = {row["id"]: frozenset(row["found"]) for row in map(json.loads, lines)}
    labels = [_labels(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Row(*label, found[label[0]]) for label in labels]


def score(pairs: Iterable[tuple[bool, bool]]) -> Score:
    """The score of (wanted, found) pairs."""
    seen = list(pairs)
    return Score(sum(w and f for w, f in seen), sum(f and not w for w, f in seen), sum(w and not f for w, f in seen))


def held(rows: Iterable[Row]) -> Score:
    """Must it be held back, and was it."""
    return score((bool(r.wanted & HELD), bool(r.found & HELD)) for r in rows)


def table(rows: list[Row]) -> Iterator[str]:
    """The score as a Markdown table."""
    yield "| what | precision | recall | F1 | right | wrong | missed |"
    yield "|---|---|---|---|---|---|---|"
    yield _line("held back or not", held(rows))
    for category in Category:
        yield _line(category, score((category in r.wanted, category in r.found) for r in rows))
    if obfuscated := [r for r in rows if r.is_obfuscated]:
        yield _line("held back, obfuscated ones", held(obfuscated))


def _line(what: str, s: Score) -> str:
    return f"| {what} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} | {s.right} | {s.wrong} | {s.missed} |"


def misses(rows: list[Row]) -> Iterator[str]:
    """What was judged wrongly: wrongly held back, wrongly let through, then the wrong category."""
    order = sorted(rows, key=lambda r: (bool(r.wanted & HELD) == bool(r.found & HELD), bool(r.wanted & HELD)))
    for row in order:
        if row.wanted != row.found:
            told = "、".join(
                f"{f.category} {f.rule}“{f.matched}”" for f in row.findings if f.category not in row.wanted
            )
            missed = "、".join(sorted(row.wanted - row.found))
            yield f"{row.id} {row.text}" + (f"  误报：{told}" if told else "") + (f"  漏报：{missed}" if missed else "")


def page(sets: Mapping[Path, list[Row]], border: list[Row], shown: int) -> str:
    """docs/lint.md: the scores of each file, what the lint costs, and the worst misses word for word."""
    from bench.figures import machine

    return "\n".join((
        "# How well the lint judges", "",
        f"Made by `python -m bench.lint {' '.join(map(str, sets))} --write`; no figure is typed by hand.",
        "Labelled replies that no rule, word list or scale was made from, half of them kind, many of those hard.",
        "Held back: any finding whose default severity is block. Two people who knew the definitions alone labelled",
        "all of them again; what counts is what two of the three say, author and readers.", "",
        *(line for path, rows in sets.items() for line in _set(f"`{path.name}`", rows)),
        *_set("the newest two", [row for path in FRESH for row in sets.get(path, [])]),
        *_set("together", [row for rows in sets.values() for row in rows]),
        "Asked: held back precision ≥ 0.97 and recall ≥ 0.95, F1 ≥ 0.90 in every category,",
        "recall of obfuscated ones ≥ 0.90.", "",
        "## By their authors' labels alone", "",
        *_by_author_head(),
        *(_by_author(path, rows) for path, rows in sets.items()), "",
        "## How far people agree", "",
        f"F1 of one's labels against another's, over the {sum(map(len, sets.values()))} replies above.", "",
        *agreement([json.loads(line) for path in sets for line in path.read_text(encoding="utf-8").splitlines()]), "",
        *_border(border),
        *_before_learned(sets),
        "## Authors left out, five at a time", "",
        "Authors of whom the close reader had learned nothing, judged by a tone that had seen nothing of them; what a",
        "rule's hit and the close reader's word count for and the limits were chosen by these. Tone and close reader",
        "are then taught all of them, fewer pieces are kept, and what they weigh is rounded.", "", *left_out(), "",
        f"## What it costs ({machine()})", "", "| what | measured | asked |",
        "|---|---|---|",
        *measured().lines(), "",
        "## The worst misses", "",
        *(f"- {line}" for rows in sets.values() for line in list(misses(rows))[:shown]), "",
    ))  # fmt: skip


def _border(rows: list[Row]) -> Iterator[str]:
    """What is hardest to tell."""
    yield from ("## On the border", "")
    yield "Authors were asked for unkind words that are a short part of a plain answer, or quiet, or without any word"
    yield "that tells them; for what is rigid and not impatient; and for kind replies about the same. What an ordinary"
    yield from ("day brings is above; this is how much is left to do.", "")
    yield from _set(f"`{BORDER.name}`", rows)


def _before_learned(sets: Mapping[Path, list[Row]]) -> Iterator[str]:
    """What was read before anything was learned from it: examiners' files, then authors'."""
    yield from ("## Examiners' files as they were read before anything was learned from them", "")
    yield from ("Labelled by three as the files above, and scored once.", "")
    for path in EXAMINED:
        yield from _set(f"`{path.name}`", first_read(path))
    yield f"These and {' and '.join(f'`{path.name}`' for path in FRESH)} together: all that examiners wrote since the"
    yield from ("fifth file, read once, each by the program of its day, which had learned nothing of it.", "")
    yield from _set("unseen", unseen(sets))
    yield from ("## As authors were read before anything was learned from them", "")
    yield "Authors' replies, read once by the program as it was before it had seen a word of theirs, by the labels that"
    yield from ("each author gave; the harder kind ones sound unkind and are not. Now they are learned from, too.", "")
    yield from _by_author_head()
    yield from (_by_author(path, first_read(path)) for path in FIRST)
    yield ""


def unseen(sets: Mapping[Path, list[Row]]) -> list[Row]:
    """Examiners' replies as they were read by a program that had learned nothing from their files."""
    fresh = [row for path in FRESH for row in sets.get(path, [])]
    return [*fresh, *(row for path in EXAMINED for row in first_read(path))]


def left_out() -> Iterator[str]:
    """What `bench.learn` wrote over the scales: how each author's replies were judged without that author."""
    with TONE.open(encoding="utf-8") as lines:
        rows = [line[2:].rstrip() for line in lines if line.startswith("# |")]
    if rows:
        yield from (rows[0], "|---" * (rows[0].count("|") - 1) + "|", *rows[1:])


def _set(name: str, rows: list[Row]) -> Iterator[str]:
    """The heading and the table of some replies."""
    kind = sum(not row.wanted for row in rows)
    yield from (f"## {name}: {len(rows)} replies, {kind} of them kind", "", *table(rows), "")


def _by_author_head() -> tuple[str, str]:
    cells = ("file", "replies", "held back: precision", "recall", *(f"{category} F1" for category in Category))
    return f"| {' | '.join(cells)} |", "|---" * len(cells) + "|"


def _by_author(path: Path, rows: list[Row]) -> str:
    """One file's scores by what its author says of it, as a line of a table."""
    own = [replace(row, wanted=row.said) for row in rows]
    whole = held(own)
    kinds = (score((category in row.wanted, category in row.found) for row in own).f1 for category in Category)
    cells = (f"`{path.name}`", str(len(rows)), *(f"{figure:.3f}" for figure in (whole.precision, whole.recall, *kinds)))
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Score files and print the table and the worst misses; with --write, into docs/lint.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[])
    parser.add_argument("--show", type=int, default=20, metavar="N")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    linter = RuleLinter()
    print("\n".join(map(str, linter.warm())))
    files = options.files or (SCORED if options.write else [TUNED])
    sets = {path: read([path], linter) for path in files}
    if options.write:
        PAGE.write_text(page(sets, read([BORDER], linter), options.show), encoding="utf-8")
    for rows in sets.values():
        print("\n".join(table(rows)))
        print("\n".join(list(misses(rows))[: options.show]))


if __name__ == "__main__":
    main()
