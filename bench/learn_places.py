"""Learn what stands beside the name of the store's place, from the labelled openings of tests/data.

python -m bench.learn_places            learn, write bot/language/surroundings.tsv and .json, print the table below
python -m bench.learn_places --check    print the table, write nothing

The table: what the rules had given at the first reading of an author's openings (before anybody saw their misses) and
what is left of it when it is weighed by what all other authors taught. Every choice in here was made by it. The same
openings give the same files. It takes half a minute and needs `uv sync --group learn`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench.openings import DATA, LEARNED, READ_FIRST, labels_of
from bot.language import surroundings
from bot.language.places import Places
from bot.language.plain import plain
from bot.language.surroundings import Limits, Surroundings, pieces_of
from bot.language.triage import ends

STRENGTH, TOLERANCE = 0.3, 1e-4
"""How little the weights are held near 0, and how exactly they are found."""
OFTEN: Final = 3
"""So often a piece must stand beside a name to be learned."""
DEARER: Final = 3
"""A wrong province costs as much as so many that are not found: there a colleague has to pass the case on and the
franchisee waits, here they press a button.
"""
STEPS: Final = range(-600, 601, 10)
"""Limits that are tried: log odds, in hundredths."""
NEAR: Final = range(-30, 31, 10)
"""A limit is as good as its neighbours are together: chance decides less."""


@dataclass(frozen=True)
class Named:
    """A name in an opening: what it stands for, whether it decides by itself, its pieces, and is it the store's."""

    provinces: frozenset[str]
    is_decisive: bool
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
    """A reading that the surroundings may change: their word, and what becomes of it."""

    odds: float
    is_right: bool
    is_given: bool


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


def _listed() -> Iterator[tuple[str, str, str | None, None]]:
    for path in sorted(DATA.glob("places_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines() if "scored" not in path.name else ():
            province, tab, text = line.partition("\t")
            if tab:
                yield path.name, text, province if province != "-" else None, None


def _first(path: Path) -> Mapping[str, str | None]:
    lines = path.with_name(f"{path.stem}_first.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["province"] for row in map(json.loads, lines)}


def _names(places: Places, text: str, province: str | None) -> Iterator[Named]:
    for one in places.judged(ends(plain(text))):
        if one.tells:
            is_store = province in one.mention.provinces
            pieces = pieces_of(one.window, one.mention)
            yield Named(one.mention.provinces, one.mention.is_decisive, pieces, is_store)


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
            decisive = [pair for pair in said if pair[1].is_decisive]
            if decisive:
                odds, best = max(decisive, key=lambda pair: pair[0])
                yield Outcome(odds, one.province in best.provinces, is_given=False)
        elif odds_of_it := [odds for odds, name in said if one.first in name.provinces]:
            yield Outcome(max(odds_of_it), one.province == one.first, is_given=True)


def _odds(name: Named, weights: Mapping[str, int]) -> float:
    return (weights.get("", 0) + sum(weights.get(piece, 0) for piece in name.pieces)) / surroundings.UNIT


def best_limits(said: Sequence[Outcome]) -> tuple[int, int]:
    """Below which odds to deny and from which on to give, in hundredths, at the least cost."""
    denies = min(STEPS, key=lambda limit: _cost(said, limit, is_given=True))
    return denies, min(STEPS, key=lambda limit: _cost(said, limit, is_given=False))


def _cost(said: Sequence[Outcome], limit: int, *, is_given: bool) -> float:
    """Of all readings that come above the limit, wrong ones, and below it, right ones; its neighbours' too."""
    ours = [one for one in said if one.is_given is is_given]
    return sum(
        DEARER if not one.is_right else 0 if one.odds * surroundings.UNIT >= limit + near else 1
        for near in NEAR
        for one in ours
        if one.is_right or one.odds * surroundings.UNIT >= limit + near
    )


def counts(said: Sequence[Outcome], denies: float, gives: float) -> dict[str, int]:
    """What the surroundings do to the first readings of a file."""
    given, doubted = [one for one in said if one.is_given], [one for one in said if not one.is_given]
    return {
        "right": sum(one.is_right for one in given),
        "right_denied": sum(one.is_right and one.odds < denies for one in given),
        "wrong": sum(not one.is_right for one in given),
        "wrong_denied": sum(not one.is_right and one.odds < denies for one in given),
        "right_given": sum(one.is_right and one.odds >= gives for one in doubted),
        "wrong_given": sum(not one.is_right and one.odds >= gives for one in doubted),
    }


def write(told: Sequence[Told], limits: tuple[int, int], table: Mapping[str, Mapping[str, int]]) -> None:
    """Both data files."""
    surroundings.DATA.write_text(surroundings.written(learned(told)), encoding="utf-8")
    kept = {"made_by": "python -m bench.learn_places", "denies": limits[0], "gives": limits[1], "left_out": table}
    surroundings.LIMITS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.learn_places", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    told = openings()
    by_file = {}
    for file in READ_FIRST:
        weights = learned([one for one in told if one.file != file])
        by_file[file] = list(outcomes([one for one in told if one.file == file], weights))
    limits = best_limits([one for said in by_file.values() for one in said])
    denies, gives = (limit / surroundings.UNIT for limit in limits)
    table = {file: counts(said, denies, gives) for file, said in by_file.items()}
    print(f"denied below {denies}, given from {gives} on")
    print(json.dumps(table, indent=1))
    if not options.check:
        write(told, limits, table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
