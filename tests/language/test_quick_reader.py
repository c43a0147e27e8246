"""The quick reader: what the pieces of a sentence are, and that it counts each for what it weighs."""

from collections import Counter

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.manners.tone import MODELS
from bot.language.engine_files import QUICK
from bot.language.quick_reader import FOLLOWING, NOTHING, PLACES, PieceReader, Words, load, pieces, place, written

WORDS = Words(["自己", "办法", "没办法", "活该", "我们"])


def counted(text: str, words: Words = WORDS) -> Counter[int]:
    return listed(pieces([text], words)[0])


def listed(found: numpy.ndarray) -> Counter[int]:
    return Counter(found[found != NOTHING].tolist())


def new_in(text: str, without: str) -> set[int]:
    return counted(text).keys() - counted(without).keys()


@pytest.fixture(scope="module")
def shipped() -> PieceReader:
    return load(QUICK)


def test_a_text_is_cut_into_the_longest_words_that_are_known() -> None:
    assert WORDS.cut("我们自己没办法,办法") == ["我们", "自己", "没办法", ",", "办法"]


def test_words_that_share_a_beginning_are_told_apart() -> None:
    words = Words(["没办法", "没办", "没"])
    assert words.cut("没办好没办法没") == ["没办", "好", "没办法", "没"]


def test_words_that_stand_apart_are_a_pair_in_their_order_alone() -> None:
    pair = new_in("自己x办法", "自己x") & new_in("自己x办法", "x办法")
    near = counted("您自己去想点办法")
    assert len(pair & near.keys()) == 1
    assert not pair & counted("办法您自己去想").keys()
    assert not pair & counted(f"您自己{'先' * FOLLOWING}办法").keys()
    assert pair & counted(f"您自己{'先' * (FOLLOWING - 1)}办法").keys()


def test_a_piece_is_counted_as_often_as_it_is_met_with() -> None:
    often = counted("活该,活该,活该")
    thrice = [piece for piece in counted("活该") if often[piece] == 3]
    assert len(thrice) == 4, "the run, the word, and its pairs with the beginning and the end"


def test_a_sentence_is_weighed_alone(shipped: PieceReader) -> None:
    kind, unkind = "请您放心,我下午给您回复。", "货坏了是您自己活该"
    together = shipped.read([kind, unkind, kind])
    for at, text in enumerate((kind, unkind, kind)):
        assert together[at] == pytest.approx(shipped.read([text])[0], abs=1e-4)
    assert together[1][0] > together[0][0]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_the_pieces_of_several_sentences_are_those_of_each(texts: list[str]) -> None:
    found, of = pieces(texts, WORDS)
    for at, text in enumerate(texts):
        assert listed(found[of == at]) == counted(text)


def test_a_piece_that_has_anothers_place_counts_for_nothing() -> None:
    run = pieces(["活该"], WORDS)[0][1]
    other = numpy.array([run ^ 1], dtype=numpy.uint32)
    assert place(other)[0] == place(run)
    for found, score in ((numpy.array([run]), 1.0), (other, 0.0)):
        made = written(WORDS, found, numpy.ones(1), numpy.ones((1, len(MODELS))), numpy.zeros(len(MODELS)))
        assert PieceReader(made).read(["活该"])[0] == pytest.approx([score] * len(MODELS))


def learned(weights: dict[str, list[float]], length: float) -> PieceReader:
    """A reader that knows nothing but these runs of two characters, each with its weights by model."""
    found = numpy.array([pieces([text], WORDS)[0][1] for text in weights], dtype=numpy.uint32)
    table = numpy.array(list(weights.values()), dtype=float)
    return PieceReader(written(WORDS, found, numpy.full(len(found), length), table, numpy.zeros(len(MODELS))))


def test_a_score_is_what_the_known_pieces_weigh_over_the_root_of_what_they_count_for() -> None:
    weights = {"活该": [2.0, *[0.0] * (len(MODELS) - 2), 1.0], "办法": [-1.0, *[0.0] * (len(MODELS) - 1)]}
    reader = learned(weights, 4.0)
    (one,) = reader.read(["活该"])
    assert one[0] == pytest.approx(2.0 / 2, abs=0.02) and one[-1] == pytest.approx(1.0 / 2, abs=0.02)
    (both,) = reader.read(["活该,办法"])
    assert both[0] == pytest.approx((2.0 - 1.0) / 8**0.5, abs=0.02)
    assert reader.read(["货到了请查收"]) == [[0.0] * len(MODELS)]


def test_of_two_pieces_that_claim_one_place_the_last_has_it() -> None:
    found = numpy.array([5, (1 << (32 - PLACES)) - 1, 1 << 31], dtype=numpy.uint32)
    assert place(found).tolist() == [0, 0, 1 << (PLACES - 1)]
    kept = written(WORDS, found, numpy.ones(3), numpy.ones((3, len(MODELS))), numpy.zeros(len(MODELS)))
    assert sorted(kept["pieces"].tolist()) == sorted(found[1:].tolist())


def test_no_text_is_read_farther_than_its_first_six_hundred_characters(shipped: PieceReader) -> None:
    assert shipped.read(["货" * 600 + "活该"]) == shipped.read(["货" * 4096])
