"""What the lint costs, in one run with its floor, a jieba cut of the same text: `python -m bench.lint_speed`."""

import json
import math
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.desk.manners.folded import fold
from bot.desk.manners.judge import Judge
from bot.desk.manners.ports import Reader
from bot.desk.manners.rules import Pattern, Rule
from bot.language import engine_files, proved, rule_files
from bot.language.engine import Engine
from bot.language.engine_files import load_engine
from bot.language.finder import make_finder
from bot.language.linter import RuleLinter
from bot.language.rule_files import FOLDER
from bot.language.segmenter import JiebaSegmenter

TUNED = Path("tests/data/lint_tune.jsonl")
LENGTH, NEARLY = 100, 8
LONGEST = 4096
"""So many characters has a message at most (Telegram Bot API, sendMessage)."""
ROUNDS, REPEATS, STARTS = 9, 5, 3


@dataclass(frozen=True)
class Costs:
    """Medians over texts of 100 characters in microseconds, start-up in seconds; a thread's own time."""

    jieba: float
    clean: float
    clean_mean: float
    """The same on average: a few are read again."""
    cold_jieba: float
    cold: float
    """Both when other work came between, the close reader's and that of five thousand rules."""
    unkind: float
    usual: float
    """Of a reply in which something is found as it was written, of some twenty characters."""
    longest: float
    """Of a message as long as one can be, the slower of labelled replies end to end and characters by lot."""
    again: float
    """Which share of the kind replies is read again."""
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
            f"| the same after other work (jieba's cut then: {self.cold_jieba:.0f} µs) | {self.cold:.0f} µs, "
            f"{self.cold / self.cold_jieba:.1f} × jieba | |",
            f"| on average: {self.again:.1%} of kind replies are read again | {self.clean_mean:.0f} µs | |",
            f"| lint of 100 characters in which something is found: read again | {self.unkind / 1000:.0f} ms | |",
            f"| the same of a reply of usual length | {self.usual / 1000:.0f} ms | |",
            f"| of {LONGEST} characters: replies end to end, or characters by lot | {self.longest / 1000:.0f} ms "
            "| < 50 ms |",
            f"| judging by 5,000 rules against 200 | {self.many_rules:.0f} against {self.few_rules:.0f} µs, "
            f"{self.many_rules / self.few_rules:.2f} × | < 2 × |",
            f"| start-up of the lint, in a thread, jieba's dictionary apart | {self.start:.2f} s | < 1 s |",
            f"| the same after a file of rules was changed: its examples are tried | {self.changed:.2f} s | < 1 s |",
            f"| the very first start, nothing kept from an earlier one | {self.first:.2f} s | < 1 s |",
            f"| without the proofs that come with the rules: all examples are tried | {self.untried:.2f} s | |",
        ]


def measured() -> Costs:
    """Every cost, the least of several rounds, interleaved so that other work on the machine falls on all alike."""
    vocabulary = JiebaSegmenter()
    vocabulary.warm()
    every = [_starts(vocabulary) for _ in range(STARTS)]
    first, started, changed, untried = map(min, zip(*every, strict=True))
    linter = RuleLinter(segmenter=vocabulary)
    linter.warm()
    clean, unkind = _texts()
    kind, found_in = _replies()
    few, many = _judges(vocabulary, 200), _judges(vocabulary, 5000)
    engine = linter.engine

    def judged(judge: Judge) -> Callable[[str], object]:
        return lambda text: judge.findings(fold(text, engine.characters))

    costs = _costs(clean, vocabulary.words, linter.check, judged(few), judged(many))
    jieba, checked, by_few, by_many = map(_microseconds, costs)
    cold_jieba, cold, _ = map(_microseconds, _costs(clean, vocabulary.words, linter.check, judged(many), repeats=1))
    found, usual = (_microseconds(_costs(texts, linter.check, repeats=1)[0]) for texts in (unkind, found_in[:150]))
    longest = max(_costs(list(_long()), linter.check, repeats=1)[0]) * 1e6
    mean = statistics.mean(costs[1]) * 1e6
    again = _read_again(linter.engine, kind)
    return Costs(
        jieba,
        checked,
        mean,
        cold_jieba,
        cold,
        found,
        usual,
        longest,
        again,
        by_few,
        by_many,
        started,
        changed,
        first,
        untried,
    )


def _starts(vocabulary: JiebaSegmenter) -> tuple[float, float, float, float]:
    """Seconds of the first start of all, of the next, after a file of rules was changed, and without any proofs."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        folder = Path(shutil.copytree(FOLDER, Path(cache) / "rules"))
        first, second = _started(vocabulary, folder), _started(vocabulary, folder)
        _change(folder / "rigid.toml")
        changed = _started(vocabulary, folder)
        proved.place().unlink()
        (folder / proved.SHIPPED).unlink(missing_ok=True)
        return first, second, changed, _started(vocabulary, folder)


def _change(file: Path) -> None:
    """Change a file of rules without changing what it says."""
    with file.open("a", encoding="utf-8") as rules:
        rules.write("\n# changed\n")


def _started(vocabulary: JiebaSegmenter, folder: Path) -> float:
    """Seconds of this thread until a linter is ready; what a process keeps for its next engine is forgotten first."""
    for kept in (engine_files._made_of, engine_files._tone, engine_files._close, rule_files._made_of):
        kept.cache_clear()
    linter = RuleLinter(segmenter=vocabulary, folder=folder)
    start = time.thread_time()
    linter.warm()
    return time.thread_time() - start


class Counted:
    """A close reader that counts how often it is asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self.times = reader, 0

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[float]]:
        """Count, and ask the true one."""
        self.times += 1
        return self._reader.read(sentences)


def _read_again(engine: Engine, texts: list[str]) -> float:
    """The share of texts that are read again."""
    assert engine.reader is not None
    counted = Counted(engine.reader)
    for text in texts:
        replace(engine, reader=counted).found(text)
    return counted.times / len(texts)


def _replies() -> tuple[list[str], list[str]]:
    """The kind replies and the others, as they were written."""
    rows = [json.loads(line) for line in TUNED.read_text(encoding="utf-8").splitlines()]
    kind, unkind = ([r["text"] for r in rows if bool(r["categories"]) is is_unkind] for is_unkind in (False, True))
    return kind, unkind


def _texts() -> tuple[list[str], list[str]]:
    """Kind replies and others, each put together of whole ones until it has about a hundred characters."""
    clean, unkind = (list(_joined(replies)) for replies in _replies())
    return clean[:150], unkind[:150]


def _joined(replies: Sequence[str]) -> Iterator[str]:
    text = ""
    for reply in replies:
        text = f"{text}。{reply}" if text else reply
        if len(text) >= LENGTH - NEARLY:
            if len(text) <= LENGTH + NEARLY:
                yield text
            text = ""


def _long() -> tuple[str, str]:
    """Labelled replies end to end, and characters by lot, as long as a message may be."""
    replies = "。".join(json.loads(line)["text"] for line in TUNED.read_text(encoding="utf-8").splitlines())
    return replies[:LONGEST], "".join(random.Random(3).choices("不归我管您自己想办法“”（）,。 😀a1", k=LONGEST))


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


def _costs(texts: list[str], *jobs: Callable[[str], object], repeats: int = REPEATS) -> list[list[float]]:
    """What each job costs for each text, in seconds: the least of several rounds over all texts, so that a slow second
    of the machine falls on one round of a text only. Repeated at once, a job finds its own memory in the caches.
    """
    best = [[math.inf] * len(texts) for _ in jobs]
    for _ in range(ROUNDS):
        for at, text in enumerate(texts):
            for times, job in zip(best, jobs, strict=True):
                times[at] = min(times[at], *(_cost(job, text) for _ in range(repeats)))
    return best


def _microseconds(times: list[float]) -> float:
    """The median."""
    return statistics.median(times) * 1e6


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
