"""The learned scales in their file: one line for each piece, its weights as one letter each.

A letter is one of 93 levels that lie the closer the smaller they are: what a weight is rounded by is a share of itself,
and a sentence is weighed by so many pieces that it evens out.
"""

import bisect
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.desk.manners.tone import BIAS, FIELDS, MODELS, PAIRED, Scale, Tone

_FIRST: Final = 33
_MIDDLE: Final = 46
_LEVELS: Final = 2 * _MIDDLE + 1
"""The letters are ! to } (ASCII); the one in the middle, O, is a zero."""
_CURVE: Final = 60.0
_LENGTH_CURVE: Final = 5000.0
_LONGEST: Final = (1 << 16) - 1
AGAIN: Final = "again "
"""Begins the line that stands before the scales for what is read again."""
WIDTH: Final = len(MODELS) + 1
"""So many letters stand before a piece: what it counts for a text's length, then its weights."""


def _bent(share: float, most: int, curve: float) -> int:
    return round(most * (math.pow(1 + curve, share) - 1) / curve)


WEIGHTS: Final = tuple(
    (1 if at >= _MIDDLE else -1) * _bent(abs(at - _MIDDLE) / _MIDDLE, BIAS - 1, _CURVE) for at in range(_LEVELS)
)
"""What a letter stands for as a weight."""
LENGTHS: Final = tuple(_bent(at / (_LEVELS - 1), _LONGEST, _LENGTH_CURVE) for at in range(_LEVELS))
"""What a letter stands for as a length."""


def read_tone(text: str) -> Tone:
    """The scales as `written` wrote them: remarks, the models' bases and steps, a line `name limit rule mix…` for each
    scale, below it a line `+weight rule's name` for each rule that counts for more or less; a line `again doubt` and
    the scales for what is read again, in the same way; a blank line, then pieces with their letters before them.
    """
    head, _, body = text.partition("\n\n")
    bases, steps, *scales = (line for line in head.split("\n") if not line.startswith("#"))
    again = [at for at, line in enumerate(scales) if line.startswith(AGAIN)] or [len(scales)]
    doubt = float(scales[again[0]].removeprefix(AGAIN)) if again[0] < len(scales) else 0.0
    lines = body.rstrip("\n").split("\n")
    letters = "".join([line[:WIDTH] for line in lines]).encode("ascii")
    shown = [line[WIDTH:] for line in lines]
    names = [_unescaped(piece) if "\\" in piece else piece for piece in shown]
    rows, pairs = parted(zip(names, _packed(letters), strict=True))
    first, second = tuple(_scales(scales[: again[0]])), tuple(_scales(scales[again[0] + 1 :]))
    return Tone(first, _numbers(bases), _numbers(steps), rows, pairs, doubt, second)


def parted(known: Iterable[tuple[str, int]]) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """What is known of pieces, those that are pairs of words apart, by the first word and then the other."""
    rows: dict[str, int] = {}
    pairs: dict[str, dict[str, int]] = defaultdict(dict)
    for piece, row in known:
        first, between, second = piece.partition(f"{PAIRED}#")
        if between and first[:1] == "#":
            pairs[first][f"#{second}"] = row
        else:
            rows[piece] = row
    return rows, dict(pairs)


def _packed(letters: bytes) -> Iterator[int]:
    """Each piece's letters as the number that `FIELDS` describes."""
    count = len(letters) // WIDTH
    every = FIELDS.size
    packed = bytearray(count * every)
    for at in range(WIDTH):
        values = LENGTHS if at == 0 else [BIAS + weight for weight in WEIGHTS]
        column = letters[at::WIDTH]
        packed[4 * at :: every] = column.translate(_table(value & 255 for value in values))
        packed[4 * at + 1 :: every] = column.translate(_table(value >> 8 for value in values))
    packed[4 * WIDTH :: every] = b"\1" * count
    number = int.from_bytes
    return (number(packed[at : at + every], "little") for at in range(0, len(packed), every))


def _table(values: Iterable[int]) -> bytes:
    """A table for `bytes.translate`: letters as bytes."""
    known = bytes(values)
    return bytes(_FIRST) + known + bytes(256 - _FIRST - len(known))


def _scales(lines: Iterable[str]) -> Iterator[Scale]:
    """The scales of a head, each with the rules that are told below it."""
    told: list[tuple[list[str], dict[str, float]]] = []
    for line in lines:
        if line.startswith("+"):
            weight, rule = line[1:].split(maxsplit=1)
            told[-1][1][rule] = float(weight)
        else:
            told.append((line.split(), {}))
    for (name, limit, rule, *mix), rules in told:
        yield Scale(name, float(limit), float(rule), tuple(map(float, mix)), rules)


def _numbers(line: str) -> tuple[float, ...]:
    return tuple(map(float, line.split()))


def written(tone: Tone, remarks: Iterable[str]) -> Iterator[str]:
    """The lines that `read_tone` reads."""
    yield from (f"# {remark}" for remark in remarks)
    yield from (_shown(tone.bases), _shown(tone.steps))
    yield from _written(tone.scales)
    if tone.again:
        yield f"{AGAIN}{tone.doubt:.4f}"
        yield from _written(tone.again)
    yield ""
    pairs = ((f"{first}{PAIRED}{word}", row) for first, after in tone.pairs.items() for word, row in after.items())
    yield from (f"{_letters(row)}{_escaped(piece)}" for piece, row in sorted(itertools.chain(tone.rows.items(), pairs)))


def _written(scales: Iterable[Scale]) -> Iterator[str]:
    for scale in scales:
        yield f"{scale.name} {scale.limit:.4f} {scale.rule:.4f} {_shown(scale.mix)}"
        yield from (f"+{weight:.4f} {rule}" for rule, weight in sorted(scale.rules.items()))


def _shown(numbers: Sequence[float]) -> str:
    return " ".join(f"{number:.6g}" for number in numbers)


def _letters(row: int) -> str:
    length, *weights, _ = FIELDS.unpack(row.to_bytes(FIELDS.size, "little"))
    at = (_nearest(LENGTHS, length), *(_nearest(WEIGHTS, weight - BIAS) for weight in weights))
    return "".join(chr(_FIRST + level) for level in at)


def rounded(length: float, weights: Sequence[float]) -> int:
    """What is known of a piece as one number: its length and its weights (in steps), each at the nearest level."""
    levels = (WEIGHTS[_nearest(WEIGHTS, weight)] + BIAS for weight in weights)
    packed = FIELDS.pack(LENGTHS[_nearest(LENGTHS, length)], *levels, 1)
    return int.from_bytes(packed, "little")


def _nearest(levels: Sequence[int], value: float) -> int:
    at = min(max(bisect.bisect_left(levels, value), 1), len(levels) - 1)
    return at if levels[at] - value < value - levels[at - 1] else at - 1


def _escaped(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("\n", "\\n")


def _unescaped(line: str) -> str:
    return "\\".join(part.replace("\\n", "\n") for part in line.split("\\\\"))
