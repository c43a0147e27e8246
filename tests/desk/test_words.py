"""Thank-yous that open no case, and long texts cut where a reader would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.split import LIMIT, pieces, units
from bot.desk.thanks import is_thanks


@pytest.mark.parametrize(
    "text",
    [
        "谢谢",
        "谢谢您!",
        "好的,谢谢",
        "OK",
        "ok 👌",
        "收到,辛苦了",
        "嗯嗯",
        "明白了,非常感谢!!",
        "好嘞~",
        "再见",
        "Thank you",
    ],
)
def test_courtesy_after_the_goodbye_is_recognised(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "谢谢,不过机器又坏了",
        "好的那货什么时候到",
        "收到货了但是少了两箱",
        "不行",
        "谢谢你们的垃圾服务",
        "可以退款吗",
        "好" * 30,
    ],
)
def test_what_holds_a_matter_is_no_courtesy(text: str) -> None:
    assert not is_thanks(text)


def test_a_text_within_the_limit_stays_whole() -> None:
    assert pieces("您好。" * 10) == ["您好。" * 10]


def test_a_long_text_is_cut_after_a_sentence() -> None:
    parts = pieces("第一句话。" * 2000)
    assert all(p.endswith("。") for p in parts)
    assert "".join(parts) == "第一句话。" * 2000


@given(st.text(alphabet=st.sampled_from("啊。\n😀a!"), max_size=400), st.integers(min_value=4, max_value=50))
def test_no_piece_is_over_the_limit_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert "".join(parts) == text
    assert all(units(p) <= limit for p in parts)


def test_a_megabyte_is_cut_into_messages() -> None:
    parts = pieces("很" * 1_000_000)
    assert sum(map(len, parts)) == 1_000_000
    assert max(map(units, parts)) <= LIMIT
