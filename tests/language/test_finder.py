"""Many words in one pass: where each occurrence ends, whatever bytes its characters are made of."""

from bot.language.finder import make_finder


def test_words_within_words_are_all_found_where_they_end() -> None:
    assert sorted(make_finder({"不归": 1, "不归我管": 2, "我": 3}).iter("这不归我管")) == [(2, 1), (3, 3), (4, 2)]


def test_what_begins_within_a_character_is_no_word() -> None:
    word, text = "\u4e4e", "\u014e\u4e02"  # the bytes 4e 4e stand in the middle of the text's 01 4e 4e 02
    assert word not in text
    assert list(make_finder({word: 1}).iter(text)) == []


def test_a_character_of_four_bytes_is_one_character() -> None:
    assert list(make_finder({"归我": 1}).iter("𠮷𠮷不归我管")) == [(4, 1)]
    assert list(make_finder({"归我": 1}).iter("\ud842不归我管")) == [(3, 1)]


def test_with_no_words_nothing_is_found() -> None:
    assert list(make_finder({}).iter("不归我管")) == []
