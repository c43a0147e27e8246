"""A long text is cut where a reader would cut it, under Telegram's limit in UTF-16 units, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.split import LIMIT, pieces, units

SMILE = "\U0001f60a"
SIGNS = ["货", "a", " ", "\n", "\u3002", "\uff01", "\uff1f", "\uff1b", "\u201d", "\u0301", SMILE]
words = st.text(st.sampled_from(SIGNS), max_size=400)


@given(words, st.integers(4, 60))
def test_nothing_is_lost_and_every_piece_fits(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert "".join(parts) == text
    assert all(units(part) <= limit for part in parts)
    assert all(parts) or parts == [""]


@given(words, st.integers(4, 60))
def test_no_piece_is_needlessly_short(text: str, limit: int) -> None:
    assert all(units(part) >= limit // 4 for part in pieces(text, limit)[:-1])


@pytest.mark.parametrize("length", [LIMIT - 1, LIMIT, LIMIT + 1])
def test_the_limit_is_telegrams_own(length: int) -> None:
    assert len(pieces("货" * length)) == (1 if length <= 4096 else 2)


def test_signs_beyond_the_first_plane_count_twice_and_are_never_halved() -> None:
    parts = pieces(SMILE * 2049)
    assert [len(p) for p in parts] == [2048, 1]
    assert all(len(p.encode("utf-16-le")) // 2 == units(p) <= LIMIT for p in parts)
    assert pieces("a" + SMILE * 3, 4) == ["a" + SMILE, SMILE * 2]


CUTS = {
    "aaaaaa\nbb\ncccccc": ["aaaaaa\nbb\n", "cccccc"],
    "aaaaa\u3002\u201dbbbbbb": ["aaaaa\u3002\u201d", "bbbbbb"],
    "aaaaaa\uff01bbbbbb": ["aaaaaa\uff01", "bbbbbb"],
    "aaaaaa\uff1fbbbbbb": ["aaaaaa\uff1f", "bbbbbb"],
    "aaaaaa\uff1bbbbbbb": ["aaaaaa\uff1b", "bbbbbb"],
    "aaaaaa!?bbbbbb": ["aaaaaa!?", "bbbbbb"],
    "a\nbbbbbbbbbbbbbb": ["a\nbbbbbbbb", "bbbbbb"],
    "aaaaaa\u3002b\ncccccc": ["aaaaaa\u3002b\n", "cccccc"],
}


@pytest.mark.parametrize(("text", "cut"), CUTS.items())
def test_it_is_cut_after_a_paragraph_else_a_sentence_but_not_near_the_beginning(text: str, cut: list[str]) -> None:
    assert pieces(text, 10) == cut


def test_an_empty_text_is_one_empty_piece() -> None:
    assert pieces("") == [""]
