"""The tone of a sentence: what the scales count, how they are mixed, and that they are read as they were written."""

from dataclasses import replace

import pytest

from bot.desk.lint import Category
from bot.desk.manners.tone import ANY, CATEGORIES, MODELS, Hits, Lexicon, Scale, Tone, has_tone, pieces
from bot.desk.manners.tone_file import LENGTHS, WEIGHTS, parted, read_tone, rounded, written

NONE = [0.0] * len(MODELS)
ALL = (1.0, *NONE[1:], 1.0)
"""Whether it is unkind at all, and in the likeliest way."""


def weights(**by_model: float) -> list[float]:
    return [by_model.get(model, 0.0) for model in MODELS]


def own(category: str) -> tuple[float, ...]:
    return (*(float(model == category) for model in MODELS), 0.0)


KNOWN = {
    "活该": rounded(400, weights(any=800, blame=800)),
    "#自己": rounded(400, NONE),
    "#办法": rounded(400, NONE),
    "#自己~#办法": rounded(400, weights(any=800, shirk=800)),
    "\n": rounded(4, weights(any=13)),
    "a\\n": rounded(4, weights(any=13)),
}
TONE = Tone(
    (
        Scale(ANY, 1.5, 0.5, ALL, {"嫌烦": -0.25, "第一、最好": 1.5}),
        *(Scale(category, 0.0, 0.25, own(category)) for category in CATEGORIES),
    ),
    tuple(NONE),
    tuple(0.05 for _ in MODELS),
    *parted(KNOWN.items()),
)


AGAIN = replace(
    TONE,
    doubt=1.0,
    again=tuple(
        Scale(scale.name, 0.0, 0.0, (*(0.0 for _ in scale.mix), *own(scale.name)[:-1])) for scale in TONE.scales
    ),
)
"""Of what is read again the close reader's word alone counts."""


def weighed(tone: Tone, text: str, hits: Hits = ()) -> dict[str, float]:
    return tone.values(tone.scores(text), hits)


def test_scales_are_read_as_they_were_written() -> None:
    assert read_tone("".join(f"{line}\n" for line in written(TONE, ["made by hand", "| a | table |"]))) == TONE


def test_scales_for_what_is_read_again_are_read_as_they_were_written() -> None:
    assert read_tone("".join(f"{line}\n" for line in written(AGAIN, []))) == AGAIN


@pytest.mark.parametrize("value", [0.0, 5.0, -90.0, 1234.0, -8191.0, 90_000.0])
def test_a_weight_is_written_as_the_nearest_level(value: float) -> None:
    tone = replace(TONE, rows={"活该": rounded(400, weights(any=value))}, steps=(1.0,) * len(MODELS))
    nearest = min(WEIGHTS, key=lambda level: abs(level - value))
    length = min(LENGTHS, key=lambda level: abs(level - 400))
    assert tone.scores("活该")[0] == pytest.approx(nearest / length**0.5)


def test_what_is_known_of_a_text_is_the_sum_of_its_pieces() -> None:
    text = "您自己想办法,自己去想办法,活该"
    found = pieces(text, TONE.words)
    assert TONE.known(text) == sum(KNOWN.get(piece, 0) for piece in found)
    assert found.count("#自己~#办法") == 3
    assert found.count("办法") == 1


def test_words_that_stand_apart_are_a_pair_in_their_order_alone() -> None:
    words = Lexicon(["自己", "办法"])
    assert "#自己~#办法" in pieces("您自己去想点办法", words)
    assert "#自己~#办法" not in pieces("办法您自己去想", words)
    assert "#自己~#办法" not in pieces("您自己先不要着急慢慢地等着总有办法", words)


def test_a_sentence_is_unkind_in_the_likeliest_way() -> None:
    said = weighed(TONE, "货坏了您活该啊")
    assert said[ANY] > 0
    assert max(CATEGORIES, key=lambda category: said[category]) is Category.BLAME
    assert weighed(TONE, "货到了请您查收").keys() == {ANY}
    alone = replace(TONE, scales=(replace(TONE.scales[0], mix=(1.0, *NONE[1:], 0.0)), *TONE.scales[1:]))
    assert weighed(alone, "货坏了您活该啊")[ANY] < said[ANY]


def test_a_hit_counts_for_as_much_as_its_rule_is_known_to() -> None:
    without, usual, doubtful, sure = (
        weighed(TONE, "现在就给您下单", hits)[ANY]
        for hits in ((), [("rigid", "没听过的规则")], [("rigid", "嫌烦")], [("overpromise", "第一、最好")])
    )
    assert without < doubtful < usual < sure
    assert sure > 0


def test_a_rule_that_reports_two_categories_is_counted_once() -> None:
    once = weighed(TONE, "现在就给您下单", [("impatient", "嫌烦")])
    assert weighed(TONE, "现在就给您下单", [("impatient", "嫌烦"), ("rigid", "嫌烦")]) == once


def test_a_hit_counts_for_its_own_category_alone() -> None:
    told = weighed(TONE, "活该", [(Category.SHIRK, "不归我管")])
    assert told[Category.SHIRK] == told[Category.PRIVATE] + 0.25


def test_whether_it_says_you_politely_changes_nothing_in_the_tone() -> None:
    assert sorted(pieces("你先把货收了", TONE.words)) == sorted(pieces("您先把货收了", TONE.words))


def test_a_word_or_two_has_no_tone() -> None:
    assert not has_tone("好的。")
    assert has_tone("自己去找")
