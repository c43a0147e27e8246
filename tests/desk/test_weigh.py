"""What is in doubt is read again: which sentences are, together with which others, and whose word then counts."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.lint import Category
from bot.desk.manners.tone import ANY, CATEGORIES, MODELS, Scale, Tone
from bot.desk.manners.weigh import AT_MOST, NOT_AGAIN_FROM, TOGETHER, around, ways
from tests.desk.readers import ByWords

KIND, DOUBTFUL, UNKIND = "货今天就发出请您查收", "这件事您自己再想想吧", "货坏了那是您活该啊"


def one(model: str, places: int, at: int) -> tuple[float, ...]:
    return tuple(float(place == at + MODELS.index(model)) for place in range(places))


def tone(doubt: float) -> Tone:
    """Unkind is 活该 and, a little, 自己; of what is read again the close reader's word alone counts."""
    quick = ByWords(
        {"活该": dict.fromkeys((ANY, Category.BLAME), 2.0), "自己": dict.fromkeys((ANY, Category.BLAME), 0.5)}
    )
    names = (ANY, *CATEGORIES)
    first = tuple(Scale(name, 1.0, 0.0, one(name, len(MODELS) + 1, 0)) for name in names)
    again = tuple(Scale(name, 0.0, 0.0, one(name, 2 * len(MODELS) + 1, len(MODELS) + 1)) for name in names)
    return Tone(first, quick, doubt, again)


class Told:
    """A close reader that says the same of every sentence, and remembers what it was given."""

    def __init__(self, **scores: float) -> None:
        self.scores = [scores.get(model, -1.0) for model in MODELS]
        self.given: list[list[str]] = []

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[float]]:
        self.given.append(list(sentences))
        return [self.scores] * len(sentences)


def judged(texts: Sequence[str], reader: Told | None, doubt: float = 1.0) -> list[set[str] | None]:
    return ways(texts, [()] * len(texts), tone(doubt), reader)


def test_a_reply_that_is_kind_beyond_doubt_is_not_read_again() -> None:
    reader = Told(any=5.0, rigid=5.0)
    assert judged([KIND, KIND], reader, doubt=0.9) == [set(), set()]
    assert reader.given == []


def test_without_a_close_reader_the_tone_alone_weighs() -> None:
    assert judged([KIND, DOUBTFUL, UNKIND], None) == [set(), set(), {Category.BLAME}]


@pytest.mark.parametrize("text", [DOUBTFUL, UNKIND])
def test_of_what_is_read_again_the_close_reader_has_a_say(text: str) -> None:
    assert judged([text], Told(any=5.0, shirk=5.0)) == [{Category.SHIRK}]
    assert judged([text], Told()) == [set()]


def test_a_kind_sentence_beside_a_doubtful_one_is_read_with_it_and_stays_kind() -> None:
    reader = Told(any=5.0, rigid=5.0)
    assert judged([KIND, DOUBTFUL], reader, doubt=0.9) == [set(), {Category.RIGID}]
    assert reader.given == [[KIND, DOUBTFUL]]


def test_the_impatient_is_rigid_too_when_read_again() -> None:
    assert judged([UNKIND], Told(any=5.0, impatient=5.0)) == [{Category.IMPATIENT, Category.RIGID}]


def test_a_word_or_two_is_left_to_the_rules_even_when_its_neighbour_is_read_again() -> None:
    assert judged(["好的", UNKIND], Told(any=5.0, shirk=5.0)) == [None, {Category.SHIRK}]


LONG_KIND = "货今天就发出请您查收，" * 12
"""A sentence longer than what is read at once."""


def test_a_sentence_too_long_to_be_read_whole_is_left_to_the_tone() -> None:
    reader = Told()
    assert judged([LONG_KIND + UNKIND], reader) == [{Category.BLAME}]
    assert reader.given == []


def test_a_doubtful_sentence_far_from_the_worst_is_read_too() -> None:
    reader = Told(any=5.0, shirk=5.0)
    far = ["货今天就发出请您查收" * 4] * 3
    assert judged([UNKIND, *far, DOUBTFUL], reader, doubt=0.9) == [{Category.SHIRK}, *[set()] * 3, {Category.SHIRK}]
    assert [UNKIND in given or DOUBTFUL in given for given in reader.given] == [True, True]


def test_a_reply_of_a_score_of_sentences_is_left_to_the_tone() -> None:
    reader = Told()
    sentences = [UNKIND, *[KIND] * (NOT_AGAIN_FROM // len(KIND))]
    assert judged(sentences, reader)[0] == {Category.BLAME}
    assert reader.given == []
    assert judged(sentences[:-10], reader)[0] == set()


def test_no_more_is_read_than_there_is_room_for_and_the_rest_is_left_to_the_tone() -> None:
    reader = Told()
    told = judged([UNKIND] * 40, reader)
    assert sum(len(text) for given in reader.given for text in given) <= AT_MOST
    assert set() in told and {Category.BLAME} in told


@given(st.lists(st.integers(0, 130), min_size=1, max_size=8), st.data())
def test_neighbours_are_read_along_while_there_is_room(lengths: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lengths) - 1))
    first, last = around(["货" * length for length in lengths], at, TOGETHER)
    assert 0 <= first <= at < last <= len(lengths)
    assert last - first == 1 or sum(lengths[first:last]) <= TOGETHER
    following = min((lengths[k] for k in (first - 1, last) if 0 <= k < len(lengths)), default=None)
    assert following is None or sum(lengths[first:last]) + following > TOGETHER
