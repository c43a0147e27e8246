"""The close reader: that it computes what a transformer is, and what it makes of odd replies."""

import math

import numpy
import pytest

from bot.desk.manners.tone import MODELS
from bot.language.close_reader import END, HEADS, LONGEST, SILENT, START, UNKNOWN, TransformerReader, load
from bot.language.engine_files import READER

CHARACTERS = "您我不管看,0"
WIDTH = 2 * HEADS
Rows = list[list[float]]


def weights(layers: int = 2) -> dict[str, numpy.ndarray]:
    """A tiny reader of whole numbers drawn by lot."""
    lot = numpy.random.default_rng(7)

    def table(*shape: int) -> numpy.ndarray:
        return lot.integers(-127, 128, shape).astype(numpy.int8)

    def steps(count: int) -> numpy.ndarray:
        return (lot.random(count) / 100).astype(numpy.float32)

    def norm() -> numpy.ndarray:
        return lot.normal(1, 0.3, (2, WIDTH)).astype(numpy.float32)

    rows = len(CHARACTERS) + 3
    made = {
        "characters": numpy.array([ord(one) for one in CHARACTERS]), "embedding": table(rows, WIDTH),
        "embedding_steps": steps(rows), "norm": norm(), "layers": numpy.array(layers),
        "head": lot.normal(0, 1, (WIDTH, len(MODELS))).astype(numpy.float32),
        "head_bias": lot.normal(0, 1, len(MODELS)).astype(numpy.float32),
    }  # fmt: skip
    sizes = {"look": (WIDTH, 3 * WIDTH), "out": (WIDTH, WIDTH), "up": (WIDTH, 4 * WIDTH), "down": (4 * WIDTH, WIDTH)}
    for number in range(layers):
        for name, size in sizes.items():
            made |= {f"layer{number}_{name}": table(*size), f"layer{number}_{name}_steps": steps(size[1])}
            made[f"layer{number}_{name}_bias"] = lot.normal(0, 0.2, size[1]).astype(numpy.float32)
        made |= {f"layer{number}_look_norm": norm(), f"layer{number}_think_norm": norm()}
    return made


def by_hand(made: dict[str, numpy.ndarray], rows: list[int], start: int, end: int) -> list[float]:
    """What the tiny reader says of the characters from `start` to `end`, worked out number by number."""
    told = {name: value.astype(float).tolist() for name, value in made.items()}
    seen = [[x * told["embedding_steps"][row] for x in told["embedding"][row]] for row in rows]
    seen = [normed(one, told["norm"]) for one in seen]
    for number in range(int(told["layers"])):
        seen = layer_by_hand({n.split("_", 1)[1]: v for n, v in told.items() if n.startswith(f"layer{number}_")}, seen)
    mean = [sum(column) / (end - start) for column in zip(*seen[start:end], strict=True)]
    return [x + b for x, b in zip(times(mean, told["head"]), told["head_bias"], strict=True)]


def layer_by_hand(own: dict[str, list], seen: Rows) -> Rows:
    def dense(one: list[float], name: str) -> list[float]:
        sums = times(one, own[name])
        return [x * step + b for x, step, b in zip(sums, own[f"{name}_steps"], own[f"{name}_bias"], strict=True)]

    made = []
    looks = [dense(one, "look") for one in seen]
    for at, one in enumerate(seen):
        looked: list[float] = []
        for head in range(HEADS):
            asked, told = turned(looks[at], head, 0, at), [turned(look, head, 1, k) for k, look in enumerate(looks)]
            near = [math.exp((asked * other.conjugate()).real / math.sqrt(2)) for other in told]
            of = [look[2 * WIDTH + 2 * head : 2 * WIDTH + 2 * head + 2] for look in looks]
            looked += [sum(n * pair[k] for n, pair in zip(near, of, strict=True)) / sum(near) for k in (0, 1)]
        after = normed([x + y for x, y in zip(one, dense(looked, "out"), strict=True)], own["look_norm"])
        thought = dense([gelu(x) for x in dense(after, "up")], "down")
        made.append(normed([x + y for x, y in zip(after, thought, strict=True)], own["think_norm"]))
    return made


def turned(look: list[float], head: int, part: int, place: int) -> complex:
    """A head of width two is one complex number, turned by one radian for each place."""
    at = part * WIDTH + 2 * head
    return complex(look[at], look[at + 1]) * complex(math.cos(place), math.sin(place))


def times(one: list[float], table: Rows) -> list[float]:
    return [sum(x * y for x, y in zip(one, column, strict=True)) for column in zip(*table, strict=True)]


def normed(one: list[float], norm: Rows) -> list[float]:
    mean = sum(one) / len(one)
    spread = math.sqrt(sum((x - mean) ** 2 for x in one) / len(one) + 1e-7)
    return [(x - mean) / spread * scale + shift for x, scale, shift in zip(one, *norm, strict=True)]


def gelu(x: float) -> float:
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def test_it_computes_what_is_computed_by_hand() -> None:
    made = weights()
    first, second = TransformerReader(made).read(["我不管,", "您 看喵12"])
    at = {character: 3 + row for row, character in enumerate(CHARACTERS)}
    rows = [START, *(at[one] for one in "我不管,您看"), UNKNOWN, at["0"], END]
    assert first == pytest.approx(by_hand(made, rows, 1, 5), rel=1e-3, abs=1e-3)
    assert second == pytest.approx(by_hand(made, rows, 5, 9), rel=1e-3, abs=1e-3)


def test_of_a_sentence_without_a_character_to_read_nothing_is_said() -> None:
    reader = TransformerReader(weights())
    assert reader.read(["我", " \u3000", ""])[1:] == [[SILENT] * len(MODELS)] * 2
    assert reader.read([]) == []


def test_what_is_too_long_is_cut_off_and_every_sentence_still_has_a_row() -> None:
    reader = TransformerReader(weights())
    whole = reader.read(["我" * (LONGEST - 1), "您" * 50, "看"])
    assert whole[1] == pytest.approx(reader.read(["我" * (LONGEST - 1), "您"])[1], abs=1e-4)
    assert whole[2] == [SILENT] * len(MODELS)


@pytest.fixture(scope="module")
def reader() -> TransformerReader:
    return load(READER)


@pytest.mark.parametrize(
    ("one", "other"),
    [("你先看公告第3条", "您先看公告第 27 条"), ("OK您稍等", "ok您稍等"), ("请 您 稍 等", "请您稍等")],
)
def test_figures_you_case_and_blanks_are_the_same_to_it(reader: TransformerReader, one: str, other: str) -> None:
    assert reader.read([one]) == reader.read([other])


def test_the_same_characters_in_another_order_are_another_sentence(reader: TransformerReader) -> None:
    (one,), (other,) = reader.read(["这真不怪您,是我们漏发了"]), reader.read(["是您漏发了,这真不怪我们"])
    assert one[MODELS.index("blame")] + 1 < other[MODELS.index("blame")]


def test_the_sentences_around_it_are_read_along(reader: TransformerReader) -> None:
    alone, beside = reader.read(["这个退不了。"])[0], reader.read(["这个退不了。", "我给您申请换货,下午回您。"])[0]
    assert beside != pytest.approx(alone, abs=0.01)
