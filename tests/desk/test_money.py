"""Money as people write it, in fen; what is no money, or finer than a fen, is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.money import read_money, short_yuan, yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.5", 123_450), ("1,234.50", 123_450), ("¥1,234.50", 123_450), ("￥ 1234.5元", 123_450),
        ("１２３４．５０", 123_450), ("１，２３４", 123_400), ("RMB 88", 8_800), ("人民币88元", 8_800), ("0", 0),
        (".5", 50),
        ("1.2万", 1_200_000), ("1.23456万元", 1_234_560), ("3w", 3_000_000), ("2百万", 200_000_000),
        ("0.5亿", 5_000_000_000),
        ("5千", 500_000), ("-12.30", -1_230), ("¥-12.30", -1_230), ("−8", -800), ("(1,200.00)", -120_000),
        ("（300）", -30_000), ("+7", 700), ("1234.5600000000001", 123_456), ("0.30000000000000004", 30), ("12.", 1_200),
    ],
)  # fmt: skip
def test_what_is_money(text: str, fen: int) -> None:
    assert read_money(text) == fen


@pytest.mark.parametrize(
    "text",
    ["", "元", "一万二", "3万5", "1,23", "12,3456", "1.2.3", "12.345", "0.001", "1e5", "#N/A", "是", "--5", "-¥-5",
     "12万亿",
     "10000000000000.01", "1/2", "¥"],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        read_money(text)


@given(st.integers(-(10**14), 10**14))
def test_what_is_shown_is_read_back(fen: int) -> None:
    assert read_money(yuan(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(0, "0.00"), (999_999, "9,999.99"), (1_000_000, "1.00万"), (1_234_560, "1.23万"), (-1_235_000, "−1.24万"),
     (12_345_678_901, "1.23亿"), (5, "0.05")],
)  # fmt: skip
def test_how_it_is_said(fen: int, shown: str) -> None:
    assert short_yuan(fen) == shown
