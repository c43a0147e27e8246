"""Teach the close reader: `python -m bench.learn_reader WHEEL [--apart]` (group `learn`, and torch and onnx by hand).

Reads the same replies as `bench.learn`, and some that are joined of these (`bench.joined`); the scored files are never
read. With --apart it learns nothing of the authors of `bench.apart`, and what it says of them is kept, for
`bench.learn`; without, it learns of all and is written for the program. Either takes half an hour on two cores. WHEEL:
see `bench.reader_net`.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from bench import apart
from bench.joined import joined
from bench.learn import examples, reply
from bench.reader_net import Net, begun, write
from bench.replies import Reply
from bot.desk.lint import Category
from bot.desk.manners.tone import CATEGORIES
from bot.language.close_reader import END, LONGEST, SILENT, SPECIAL, START, UNKNOWN, letters, load
from bot.language.engine_files import READER
from bot.language.linter import RuleLinter

EPOCHS = 3
BATCH = 32
RATE = 2e-4
"""The steepest step; it rises over the first sixteenth and then falls to nothing."""
RISING = 0.06
MASKED = 0.05
"""So many characters are hidden, so that no single one is relied upon."""
SEED = 1
POOL = 50
"""So many batches are sorted by length at a time, so that little is filled up."""


@dataclass(frozen=True)
class Lesson:
    """A reply as the reader learns it: rows of the table of characters, where its sentences end among them, and for
    each of `MODELS` what is wanted and whether that is known.
    """

    rows: Sequence[int]
    ends: Sequence[int]
    wanted: Sequence[float]
    known: Sequence[float]


def lesson(one: Reply, characters: dict[str, int]) -> Lesson:
    """The lesson of a reply."""
    rows, ends = [START], []
    for sentence in one.sentences:
        rows += [characters.get(letter, UNKNOWN) for letter in letters(sentence)]
        ends.append(min(len(rows), LONGEST + 1))
    wanted = [float(one.is_unkind), *(float(category in one.wanted) for category in CATEGORIES)]
    is_untold = one.is_unkind and not one.is_whole and Category.RIGID not in one.wanted
    known = [1.0, *(float(not (is_untold and category is Category.RIGID)) for category in CATEGORIES)]
    return Lesson([*rows[: LONGEST + 1], END], ends, wanted, known)


def batches(lessons: Sequence[Lesson]) -> Iterator[Sequence[Lesson]]:
    """Once through all lessons, in a new order."""
    order = random.sample(lessons, len(lessons))
    made: list[Sequence[Lesson]] = []
    for at in range(0, len(order), BATCH * POOL):
        alike = sorted(order[at : at + BATCH * POOL], key=lambda one: len(one.rows))
        made += [alike[a : a + BATCH] for a in range(0, len(alike), BATCH)]
    random.shuffle(made)
    return iter(made)


def tables(batch: Sequence[Lesson]) -> tuple[Tensor, Tensor, Tensor]:
    """Rows, which of them are there, and how much of each sentence each is."""
    longest, most = max(len(one.rows) for one in batch), max(len(one.ends) for one in batch)
    rows = torch.zeros(len(batch), longest, dtype=torch.long)
    there, shares = torch.zeros(len(batch), longest, dtype=torch.bool), torch.zeros(len(batch), most, longest)
    for at, one in enumerate(batch):
        rows[at, : len(one.rows)], there[at, : len(one.rows)] = torch.tensor(one.rows), True
        for number, (start, end) in enumerate(zip((1, *one.ends), one.ends, strict=False)):
            shares[at, number, start:end] = 1 / max(end - start, 1)
    return rows, there, shares


def loss(net: Net, batch: Sequence[Lesson]) -> Tensor:
    """A reply is as unkind as its sentences together."""
    rows, there, shares = tables(batch)
    hidden = (torch.rand(rows.shape) < MASKED) & (rows >= SPECIAL)
    scores = net(rows.masked_fill(hidden, UNKNOWN), there, shares)
    together = scores.masked_fill(shares.sum(dim=2)[..., None] == 0, SILENT).logsumexp(dim=1)
    wanted, known = (torch.tensor([getattr(one, name) for one in batch]) for name in ("wanted", "known"))
    each = nn.functional.binary_cross_entropy_with_logits(together, wanted, reduction="none")
    return (each * known).sum() / len(batch)


def taught(wheel: Path, replies: Sequence[Reply]) -> tuple[Net, list[str]]:
    """A reader that has learned these replies, and its characters."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    net, characters = begun(wheel)
    at = {character: SPECIAL + row for row, character in enumerate(characters)}
    lessons = [lesson(one, at) for one in replies]
    tables_, others = ([p for p in net.parameters() if (p.dim() > 1) is is_table] for is_table in (True, False))
    groups = [{"params": tables_, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    steps = EPOCHS * -(-len(lessons) // BATCH)
    adam = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))
    rate = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1.0, (step + 1) / (steps * RISING), 1 - step / steps)
    )
    start = time.monotonic()
    for step, batch in enumerate((batch for _ in range(EPOCHS) for batch in batches(lessons)), start=1):
        adam.zero_grad()
        now = loss(net, batch)
        now.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        adam.step()
        rate.step()
        if step % 100 == 0:
            print(f"{step} of {steps}, loss {now.item():.3f}, {time.monotonic() - start:.0f} s", flush=True)
    return net.eval(), characters


def main() -> None:
    """Teach, then write what was learned, or what is said of the authors that were kept apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--apart", action="store_true")
    options = parser.parse_args()
    linter = RuleLinter(has_tone=False)
    linter.warm()
    replies = [reply(example, linter.engine) for example in examples()]
    known = [one for one in replies if not (options.apart and one.is_apart)]
    net, characters = taught(options.wheel, [*known, *joined(known)])
    if not options.apart:
        write(net, characters, READER)
        return
    with tempfile.TemporaryDirectory() as folder:
        write(net, characters, Path(folder) / READER.name)
        reader = load(Path(folder) / READER.name)
    apart.write((one.sentences, reader.read(one.sentences)) for one in replies if one.is_apart)


if __name__ == "__main__":
    main()
