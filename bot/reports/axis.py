"""The axis of a plot: round steps from zero (or below it) to above all."""

from collections.abc import Iterable
from dataclasses import dataclass

STEPS = 4
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Axis:
    """From zero (or below it, after refunds) to a round number above all: where an amount stands in a box."""

    least: int
    most: int
    step: int

    def y(self, amount: int, box: Box) -> float:
        """The height of an amount in a box."""
        return box[3] - (amount - self.least) / (self.most - self.least) * (box[3] - box[1])

    def ticks(self) -> list[int]:
        """The amounts that get a line."""
        return list(range(self.least, self.most + 1, self.step))


def axis_over(values: Iterable[int]) -> Axis:
    """Steps of 1, 2 or 5 times a power of ten."""
    found = list(values)
    most, least = max([1, *found]), min([0, *found])
    rough = max(1, (most - least) / STEPS)
    power = 10 ** (len(str(int(rough))) - 1)
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    return Axis(least // step * step, -(-most // step) * step, step)
