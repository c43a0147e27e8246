"""The tone of a sentence: what the scales count, and that they are read as they were written."""

from bot.desk.lint import Category
from bot.desk.manners.tone import ANY, CATEGORIES, Scale, Tone, has_tone, pieces, read_tone, written

OTHERS = tuple(Scale(category, -1.0, 0.0, 0.25) for category in CATEGORIES)
TONE = Tone(
    (Scale(ANY, -1.0, 0.5, 0.5, {"嫌烦": -0.25, "第一、最好": 1.5}), *OTHERS),
    {"活该": (300, 1, " ".join("0" for _ in CATEGORIES)), "\n": (1, 4, " ".join("0" for _ in CATEGORIES))},
)


def test_scales_are_read_as_they_were_written() -> None:
    assert read_tone(f"{line}\n" for line in written(TONE, ["made by hand", "| a | table |"])) == TONE


def test_a_hit_counts_for_as_much_as_its_rule_is_known_to() -> None:
    without, usual, doubtful, sure = (
        TONE.weighed("现在就给您下单", hits)[ANY]
        for hits in ((), [("rigid", "没听过的规则")], [("rigid", "嫌烦")], [("overpromise", "第一、最好")])
    )
    assert without < doubtful < usual < sure
    assert sure > 0


def test_a_rule_that_reports_two_categories_is_counted_once() -> None:
    once = TONE.weighed("现在就给您下单", [("impatient", "嫌烦")])
    assert TONE.weighed("现在就给您下单", [("impatient", "嫌烦"), ("rigid", "嫌烦")]) == once


def test_a_hit_counts_for_its_own_category_alone() -> None:
    told = TONE.weighed("活该", [(Category.BLAME, "您自己的错")])
    assert told[Category.BLAME] == told[Category.SHIRK] + 0.25


def test_whether_it_says_you_politely_changes_nothing_in_the_tone() -> None:
    assert pieces("你先把货收了", TONE.words) == pieces("您先把货收了", TONE.words)


def test_a_word_or_two_has_no_tone() -> None:
    assert not has_tone("好的。")
    assert has_tone("自己去找")
