"""What the lint costs, in one run with its floor, a jieba cut of the same text: `python -m bench.lint_speed`."""

import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.desk.manners.folded import fold
from bot.desk.manners.judge import Judge
from bot.desk.manners.rules import Pattern, Rule
from bot.language import linter as linter_module
from bot.language import proved, rule_files
from bot.language.finder import make_finder
from bot.language.linter import RuleLinter, load_engine
from bot.language.rule_files import FOLDER
from bot.language.segmenter import JiebaSegmenter

TUNED = Path("tests/data/lint_tune.jsonl")
LENGTH = 100
ROUNDS = 7


@dataclass(frozen=True)
class Costs:
    """Medians over texts of 100 characters in microseconds, start-up in seconds; a thread's own time."""

    jieba: float
    clean: float
    unkind: float
    few_rules: float
    many_rules: float
    start: float
    changed: float
    """The first start after a file of rules was changed: its rules' own examples are tried."""
    first: float
    """The first start of all, with nothing kept from an earlier one."""
    untried: float
    """The same without the proofs that come with the rules: every example is tried."""

    def lines(self) -> list[str]:
        """The figures beside what is asked."""
        return [
            f"| one jieba cut (HMM off) of 100 characters | {self.jieba:.0f} µs | the floor |",
            f"| lint of a clean reply of 100 characters, all rules | {self.clean:.0f} µs, "
            f"{self.clean / self.jieba:.1f} × jieba | < 1000 µs, ≤ 5 × |",
            f"| lint of a reply in which something is found | {self.unkind:.0f} µs, "
            f"{self.unkind / self.jieba:.1f} × jieba | |",
            f"| judging by 5,000 rules against 200 | {self.many_rules:.0f} against {self.few_rules:.0f} µs, "
            f"{self.many_rules / self.few_rules:.2f} × | < 2 × |",
            f"| start-up of the lint, in a thread, jieba's dictionary apart | {self.start:.2f} s | < 1 s |",
            f"| the same after a file of rules was changed: its examples are tried | {self.changed:.2f} s | < 1 s |",
            f"| the very first start, nothing kept from an earlier one | {self.first:.2f} s | < 1 s |",
            f"| without the proofs that come with the rules: all examples are tried | {self.untried:.2f} s | |",
        ]


def measured() -> Costs:
    """Every cost, interleaved so that other work on the machine falls on all alike."""
    vocabulary = JiebaSegmenter()
    vocabulary.warm()
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        folder = Path(shutil.copytree(FOLDER, Path(cache) / "rules"))
        first, _ = _started(vocabulary, folder)
        started, linter = _started(vocabulary, folder)
        _change(folder / "rigid.toml")
        changed, _ = _started(vocabulary, folder)
        proved.place().unlink()
        (folder / proved.SHIPPED).unlink(missing_ok=True)
        untried, _ = _started(vocabulary, folder)
    clean, unkind = _texts()
    few, many = _judges(vocabulary, 200), _judges(vocabulary, 5000)
    engine = linter.engine

    def judged(judge: Judge) -> Callable[[str], object]:
        return lambda text: judge.findings(fold(text, engine.characters))

    costs = _medians(
        clean, vocabulary.words, linter.check, judged(few), judged(many)
    ), _medians(unkind, linter.check)  # fmt: skip
    (jieba, checked, by_few, by_many), (found,) = costs
    return Costs(jieba, checked, found, by_few, by_many, started, changed, first, untried)


def _change(file: Path) -> None:
    """Change a file of rules without changing what it says."""
    with file.open("a", encoding="utf-8") as rules:
        rules.write("\n# changed\n")


def _started(vocabulary: JiebaSegmenter, folder: Path) -> tuple[float, RuleLinter]:
    """Seconds of this thread until a linter is ready; what a process keeps for its next engine is forgotten first."""
    for kept in (linter_module._made_of, linter_module._scales, rule_files._made_of):
        kept.cache_clear()
    linter = RuleLinter(segmenter=vocabulary, folder=folder)
    start = time.thread_time()
    linter.warm()
    return time.thread_time() - start, linter


def _texts() -> tuple[list[str], list[str]]:
    rows = [json.loads(line) for line in TUNED.read_text(encoding="utf-8").splitlines()]
    texts = ("。".join(r["text"] for r in rows if bool(r["categories"]) is is_unkind) for is_unkind in (False, True))
    clean, unkind = ([text[at : at + LENGTH] for at in range(0, len(text) - LENGTH, LENGTH)] for text in texts)
    return clean[:150], unkind[:150]


def _judges(vocabulary: JiebaSegmenter, count: int) -> Judge:
    """A judge by so many rules: those of the program with one pattern each, and made-up ones up to the count."""
    engine, _ = load_engine(FOLDER, vocabulary, has_tone=False)
    own = [replace(r, patterns=r.patterns[:1], name=f"{r.name}") for r in engine.judge.rules if r.patterns][:40]
    pattern = own[0].patterns[0]
    made = [_made(own[0], pattern, number) for number in range(count - len(own))]
    return Judge(replace(engine.book, rules=(*own, *made)), engine.judge.excuses, vocabulary, make_finder)


def _made(rule: Rule, pattern: Pattern, number: int) -> Rule:
    from bot.desk.manners.pattern import parse

    words = "".join(chr(0x4E00 + (number * step) % 20000) for step in (7, 131, 1031, 4099))
    sequence = parse(words, {}, str, {})
    return replace(rule, name=f"自造{number}", patterns=(Pattern(sequence, pattern.fillers),))


def _medians(texts: list[str], *jobs: Callable[[str], object]) -> list[float]:
    best: list[list[float]] = [[] for _ in jobs]
    for text in texts:
        for times, job in zip(best, jobs, strict=True):
            times.append(min(_cost(job, text) for _ in range(ROUNDS)))
    return [statistics.median(times) * 1e6 for times in best]


def _cost(job: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    job(text)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    print("\n".join(measured().lines()))


if __name__ == "__main__":
    main()

__all__ = ["Costs", "Path", "measured"]
