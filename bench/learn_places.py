"""Learn what stands beside the name of the store's place, from the labelled openings of tests/data.

python -m bench.learn_places            learn, write bot/language/surroundings.tsv and .json, print the table below
python -m bench.learn_places --check    print the table, write nothing

The table: what the rules had given at the first reading of an author's openings (before anybody saw their misses) and
what is left of it when it is weighed by what all other authors taught. Choices in here were made by it; of ways to
choose the limits several were tried with totals of scored files in view (docs/triage.md). The same openings give the
same files. It takes half a minute and needs `uv sync --group learn`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Final

import numpy
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench.openings import DATA, LEARNED, PLACES_FIRST, READ_FIRST, first_places, labels_of, none_if_dash
from bot.language import surroundings
from bot.language.places import Places
from bot.language.plain import plain
from bot.language.surroundings import Limits, Surroundings, limits_of, pieces_of
from bot.language.triage import ends

STRENGTH, TOLERANCE = 0.3, 1e-4
"""How little the weights are held near 0, and how exactly they are found."""
OFTEN: Final = 3
"""So often a piece must stand beside a name to be learned."""
DEARER: Final = 5
"""A wrong province costs as much as so many that are not found: there a colleague has to pass the case on and the
franchisee waits, here they press a button. The goals have it so: 5 of 100 may be missed, 1 of 100 wrongly given.
"""
USUAL: Final = READ_FIRST[-3:]
"""The newest whose authors wrote openings as they come; the others met rules that went wrong more often, or wrote to
mislead.
"""
STEPS: Final = range(-600, 601, 10)
"""Limits that are tried: log odds, in hundredths."""
NEAR: Final = range(-30, 31, 10)
"""A limit is as good as its neighbours are together: chance decides less."""


class Ruled(Enum):
    """A province that the rules found told as the store's, or else mentioned by itself; or that they left in doubt."""

    TOLD = "told"
    MENTIONED = "mentioned"
    DOUBTED = "doubted"


@dataclass(frozen=True)
class Named:
    """A name in an opening: what it stands for, whether it may be given when the rules are in doubt, whether they find
    it told as the store's place, its pieces, and is it the store's.
    """

    provinces: frozenset[str]
    may_be_given: bool
    is_told: bool
    pieces: frozenset[str]
    is_store: bool


@dataclass(frozen=True)
class Told:
    """An opening: its file, the province that it tells, the one given at the first reading, and the names in it."""

    file: str
    province: str | None
    first: str | None
    names: tuple[Named, ...]


@dataclass(frozen=True)
class Outcome:
    """A reading that the surroundings may change: their word, whether it is right, and what the rules made of it."""

    odds: float
    is_right: bool
    ruled: Ruled


def openings() -> list[Told]:
    """All labelled openings that may be learned from, also those with nothing but their provinces."""
    places = Places(surroundings=Surroundings({}, Limits()))
    rows = chain(_labelled(), _listed())
    return [Told(file, province, first, tuple(_names(places, text, province))) for file, text, province, first in rows]


def _labelled() -> Iterator[tuple[str, str, str | None, str | None]]:
    for name in LEARNED:
        first = _first(DATA / name) if name in READ_FIRST else {}
        for label in labels_of(DATA / name):
            yield name, label.text, label.province, first.get(label.id)


def _listed() -> Iterator[tuple[str, str, str | None, str | None]]:
    for path in sorted(DATA.glob("places_*.tsv")):
        if "scored" not in path.name:
            lines = path.read_text(encoding="utf-8").splitlines()
            first = first_places(path) if path.name in PLACES_FIRST else [(None, None)] * len(lines)
            for line, (by_rules, _) in zip(lines, first, strict=True):
                province, text = line.split("\t", maxsplit=1)
                yield path.name, text, none_if_dash(province), by_rules


def _first(path: Path) -> Mapping[str, str | None]:
    lines = path.with_name(f"{path.stem}_first.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["province"] for row in map(json.loads, lines)}


def _names(places: Places, text: str, province: str | None) -> Iterator[Named]:
    for one in places.judged(ends(plain(text))):
        if one.tells:
            is_store = province in one.mention.provinces
            pieces = pieces_of(one.window, one.mention)
            yield Named(one.mention.provinces, one.may_be_given, one.role.is_store, pieces, is_store)


def learned(told: Sequence[Told]) -> dict[str, int]:
    """The weights: the most likely ones that stay near 0."""
    names = [name for one in told for name in one.names]
    often = Counter(chain.from_iterable(sorted(name.pieces) for name in names))
    known = sorted(piece for piece, times in often.items() if times >= OFTEN)
    place = {piece: at for at, piece in enumerate(known)}
    found = [sorted(place[piece] for piece in name.pieces if piece in place) for name in names]
    flat, stops = list(chain.from_iterable(found)), numpy.cumsum([0, *map(len, found)])
    table = sparse.csr_matrix((numpy.ones(len(flat)), flat, stops), shape=(len(found), len(known)))
    model = LogisticRegression(C=STRENGTH, tol=TOLERANCE, max_iter=1000).fit(table, [name.is_store for name in names])
    weights = numpy.round(surroundings.UNIT * numpy.append(model.coef_[0], model.intercept_)).astype(int)
    return {piece: int(weight) for piece, weight in zip([*known, ""], weights, strict=True) if weight}


def outcomes(told: Sequence[Told], weights: Mapping[str, int]) -> Iterator[Outcome]:
    """What the surroundings say of openings that were read once by the rules alone."""
    for one in told:
        said = [(_odds(name, weights), name) for name in one.names]
        if one.first is None:
            likely = [(odds, name.provinces) for odds, name in said if name.may_be_given and odds >= 0]
            if likely and len({provinces for _, provinces in likely}) == 1:
                yield Outcome(max(odds for odds, _ in likely), one.province in likely[0][1], Ruled.DOUBTED)
        elif of_it := [(odds, name.is_told) for odds, name in said if one.first in name.provinces]:
            is_told = any(told for _, told in of_it)
            yield Outcome(max(of_it)[0], one.province == one.first, Ruled.TOLD if is_told else Ruled.MENTIONED)


def _odds(name: Named, weights: Mapping[str, int]) -> float:
    return (weights.get("", 0) + sum(weights.get(piece, 0) for piece in name.pieces)) / surroundings.UNIT


def best_limits(by_file: Mapping[str, Sequence[Outcome]]) -> dict[str, int]:
    """In hundredths, at the least cost: below which odds to deny what the rules take for told or mentioned, and from
    which on to give what they leave in doubt. By the rules of today hardly anything is told that was mended after a
    first reading, so that told ones are looked at where next to nothing was.
    """
    fresh = [one for file in PLACES_FIRST for one in by_file[file]]
    everybody = [one for said in by_file.values() for one in said]
    usual = [one for file in USUAL for one in by_file[file]]
    return {
        "denies_told": _cheapest(fresh, usual, Ruled.TOLD),
        "denies": _cheapest(everybody, usual, Ruled.MENTIONED),
        "gives": _cheapest(everybody, usual, Ruled.DOUBTED),
    }


def _cheapest(said: Sequence[Outcome], usual: Sequence[Outcome], ruled: Ruled) -> int:
    """The limit that costs least, its neighbours' costs added: right ones below it, and wrong ones from it on, which
    count as if there were no more of them than is usual.
    """
    right, wrong = _parted(said, ruled)
    weight = DEARER * _share(usual, ruled) / _share(said, ruled)
    return min(
        STEPS,
        key=lambda limit: sum(
            sum(odds < limit + near for odds in right) + weight * sum(odds >= limit + near for odds in wrong)
            for near in NEAR
        ),
    )


def _share(said: Sequence[Outcome], ruled: Ruled) -> float:
    """How many wrong ones there are for each right one. The rules' two ways to give are taken together: each alone goes
    wrong too seldom to count.
    """
    ways = (ruled,) if ruled is Ruled.DOUBTED else (Ruled.TOLD, Ruled.MENTIONED)
    right, wrong = (sum(map(len, some)) for some in zip(*(_parted(said, way) for way in ways), strict=True))
    return wrong / right


def _parted(said: Sequence[Outcome], ruled: Ruled) -> tuple[list[float], list[float]]:
    """The odds of right and of wrong ones, in hundredths."""
    ours = [one for one in said if one.ruled is ruled]
    return ([one.odds * surroundings.UNIT for one in ours if one.is_right],
            [one.odds * surroundings.UNIT for one in ours if not one.is_right])  # fmt: skip


def counts(said: Sequence[Outcome], limits: Limits) -> dict[str, int]:
    """What the surroundings do to the first readings of a file."""
    given = [(one.is_right, one.odds < limits.below(is_told=one.ruled is Ruled.TOLD)) for one in said
             if one.ruled is not Ruled.DOUBTED]  # fmt: skip
    doubted = [(one.is_right, one.odds >= limits.gives) for one in said if one.ruled is Ruled.DOUBTED]
    return {
        "right": sum(is_right for is_right, _ in given),
        "right_denied": sum(is_right and is_denied for is_right, is_denied in given),
        "wrong": sum(not is_right for is_right, _ in given),
        "wrong_denied": sum(not is_right and is_denied for is_right, is_denied in given),
        "right_given": sum(is_right and is_given for is_right, is_given in doubted),
        "wrong_given": sum(not is_right and is_given for is_right, is_given in doubted),
    }


def write(told: Sequence[Told], limits: Mapping[str, int], table: Mapping[str, Mapping[str, int]]) -> None:
    """Both data files."""
    surroundings.DATA.write_text(surroundings.written(learned(told)), encoding="utf-8")
    kept = {"made_by": "python -m bench.learn_places", **limits, "left_out": table}
    surroundings.LIMITS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.learn_places", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    told = openings()
    by_file = {}
    for file in (*READ_FIRST, *PLACES_FIRST):
        weights = learned([one for one in told if one.file != file])
        by_file[file] = list(outcomes([one for one in told if one.file == file], weights))
    limits = best_limits(by_file)
    table = {file: counts(said, limits_of(limits)) for file, said in by_file.items()}
    print(json.dumps({**limits, "left_out": table}, indent=1))
    if not options.check:
        write(told, limits, table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
