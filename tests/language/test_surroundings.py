"""What stands beside a name may deny that the store is there, or say so where the rules are in doubt."""

import json
from pathlib import Path

import pytest

from bench.openings import DATA, PLACES_FIRST, READ_FIRST, first_places
from bot.language import surroundings
from bot.language.mentions import Mention
from bot.language.place_roles import THIS
from bot.language.places import Places
from bot.language.segmenter import JiebaSegmenter
from bot.language.surroundings import Limits, Surroundings, load, pieces_of, written

NAME = Mention(0, 2, (), is_decisive=True)
OURS, MENTIONED, DOUBTED = "我是长沙的,机器坏了", "浏阳的机器坏了", "我想问下上次说的那个长沙的事"


def read(segmenter: JiebaSegmenter, text: str, weights: dict[str, int], limits: Limits) -> str | None:
    return Places(segmenter, (), Surroundings(weights, limits)).guess(text).province


@pytest.mark.parametrize(
    ("odds", "limits", "province"),
    [
        (-200, Limits(), "湖南"),
        (-200, Limits(denies_told=-1.9), None),
        (-200, Limits(denies_told=-2.1), "湖南"),
        (-200, Limits(denies=-1.9), "湖南"),
    ],
)
def test_what_is_told_in_so_many_words_has_a_limit_of_its_own(
    segmenter: JiebaSegmenter, odds: int, limits: Limits, province: str | None
) -> None:
    assert read(segmenter, OURS, {"": odds}, limits) == province


@pytest.mark.parametrize(("limits", "province"), [(Limits(denies=-1.9), None), (Limits(denies_told=-1.9), "湖南")])
def test_what_is_only_mentioned_has_the_other_limit(
    segmenter: JiebaSegmenter, limits: Limits, province: str | None
) -> None:
    assert read(segmenter, MENTIONED, {"": -200}, limits) == province


@pytest.mark.parametrize(("odds", "province"), [(199, None), (200, "湖南")])
def test_what_the_rules_leave_in_doubt_is_given_from_a_limit_on(
    segmenter: JiebaSegmenter, odds: int, province: str | None
) -> None:
    assert read(segmenter, DOUBTED, {}, Limits()) is None
    assert read(segmenter, DOUBTED, {"": odds}, Limits(gives=2.0)) == province


def test_of_two_likely_provinces_none_is_given(segmenter: JiebaSegmenter) -> None:
    assert read(segmenter, "长沙和成都的合同", {"": 300}, Limits(gives=2.0)) is None


def test_a_place_that_the_writer_denies_is_not_given(segmenter: JiebaSegmenter) -> None:
    assert read(segmenter, "我不是长沙的", {"": 300}, Limits(gives=2.0)) is None


def test_the_reason_says_that_it_was_said_in_passing(segmenter: JiebaSegmenter) -> None:
    guess = Places(segmenter, (), Surroundings({"": -900}, Limits(denies_told=0.0))).guess(OURS)
    assert (guess.province, guess.region, guess.reasons) == (None, None, ("长沙前后的话不像在说门店，不能单独作数",))


def test_pieces_are_what_stands_beside_the_name_marked_by_where() -> None:
    pieces = pieces_of(f"\n在{THIS}开12年\n", NAME)
    assert {"#001", "<在", "<^在", ">开", ">开0", "在|开", "(在", ")年^", "[^在", "]开0"} <= pieces
    assert not any("12" in piece for piece in pieces)
    assert "#first" in pieces_of(f"\n{THIS}的店", NAME)


def test_odds_are_the_sum_of_what_is_known() -> None:
    told = Surroundings({"": -50, "<在": 120, ">的": 30, ">店": 999}, Limits())
    assert told.odds(f"在{THIS}的", NAME) == pytest.approx(1.0)


@pytest.mark.parametrize("piece", ["", "\\", "<货到", ")^", "在|的店", " ", "a b"])
def test_the_table_is_read_as_it_was_written(piece: str, tmp_path: Path) -> None:
    table, limits = tmp_path / "a.tsv", tmp_path / "a.json"
    table.write_text(written({piece: -7, "<x": 3}), encoding="utf-8")
    limits.write_text(json.dumps({"denies_told": -110, "denies": 40, "gives": 170}))
    again = load(table, limits)
    assert (again._weights, again.limits) == ({piece: -7, "<x": 3}, Limits(-1.1, 0.4, 1.7))


def test_signs_of_the_table_in_a_message_break_nothing(segmenter: JiebaSegmenter) -> None:
    """Whatever is written there, a guess comes of it."""
    for text in ("\x00\x01长沙\x00店\x01", "#first长沙|店", "长沙" * 40, "\t\n\r长沙\u2028店"):
        assert isinstance(Places(segmenter).guess(text).reasons, tuple)


LEFT_OUT = json.loads(surroundings.LIMITS.read_text(encoding="utf-8"))["left_out"]


def test_the_kept_table_is_of_every_author_that_was_read_first() -> None:
    assert set(LEFT_OUT) == {*READ_FIRST, *PLACES_FIRST}
    for file in PLACES_FIRST:
        given = sum(by_rules is not None for by_rules, _ in first_places(DATA / file))
        assert LEFT_OUT[file]["right"] + LEFT_OUT[file]["wrong"] == given


def test_authors_of_whom_nothing_was_learned_are_read_better_than_by_the_rules_alone() -> None:
    total = {key: sum(row[key] for row in LEFT_OUT.values()) for key in LEFT_OUT[READ_FIRST[0]]}
    assert total["wrong_denied"] - total["wrong_given"] > total["wrong"] / 2
    assert total["right_denied"] - total["right_given"] < total["right"] / 200
