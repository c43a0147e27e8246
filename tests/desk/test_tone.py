"""The tone of a sentence: how the scales mix what a reader says with what rules have found."""

from dataclasses import replace

import pytest

from bot.desk.lint import Category
from bot.desk.manners.tone import ANY, CATEGORIES, MODELS, Hits, Scale, Tone, has_tone, plain
from bot.language.tone_file import read_tone, written
from tests.desk.readers import ByWords

NONE = [0.0] * len(MODELS)
ALL = (1.0, *NONE[1:], 1.0)
"""Whether it is unkind at all, and in the likeliest way."""


def own(category: str) -> tuple[float, ...]:
    return (*(float(model == category) for model in MODELS), 0.0)


QUICK = ByWords({"活该": {ANY: 2.0, "blame": 2.0}, "自己": {ANY: 0.5, "shirk": 0.5}})
TONE = Tone(
    (
        Scale(ANY, 1.5, 0.5, ALL, {"嫌烦": -0.25, "第一、最好": 1.5}),
        *(Scale(category, 0.0, 0.25, own(category)) for category in CATEGORIES),
    ),
    QUICK,
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
    return tone.values(tone.scores([text])[0], hits)


@pytest.mark.parametrize("tone", [TONE, AGAIN])
def test_scales_are_read_as_they_were_written(tone: Tone) -> None:
    lines = written(tone, ["made by hand", "| a | table |"])
    read = read_tone("".join(f"{line}\n" for line in lines), QUICK)
    assert read == replace(tone, scales=listed(tone.scales), again=listed(tone.again))


def test_scales_of_which_one_is_missing_are_refused() -> None:
    lines = [*written(replace(TONE, scales=TONE.scales[:-1]), [])]
    with pytest.raises(ValueError, match="one for each"):
        read_tone("".join(f"{line}\n" for line in lines), QUICK)


def listed(scales: tuple[Scale, ...]) -> tuple[Scale, ...]:
    return tuple(replace(scale, mix=list(scale.mix)) for scale in scales)


def test_the_greatest_score_of_a_category_is_the_last_one() -> None:
    assert TONE.scores(["自己去找", "货坏了活该"]) == [
        [0.5, *(0.5 * (category == "shirk") for category in CATEGORIES), 0.5],
        [2.0, *(2.0 * (category == "blame") for category in CATEGORIES), 2.0],
    ]


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


@pytest.mark.parametrize(("one", "other"), [("你先把货收了", "您先把货收了"), ("差27箱", "差3箱")])
def test_how_it_says_you_and_which_figures_it_names_changes_nothing_in_the_tone(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_word_or_two_has_no_tone() -> None:
    assert not has_tone("好的。")
    assert has_tone("自己去找")
