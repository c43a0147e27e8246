"""What a franchisee says that ends a matter, and what only sounds like it; telephone numbers that stay inside."""

import pytest

from bot.desk.assist import without_phones
from bot.desk.labels import parse_labels
from bot.desk.settled import says_settled
from bot.language.script_files import FOLDER

LABELS = parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8"))
YES = [
    "解决了",
    "收到了，问题解决了",
    "谢谢，已经弄好了",
    "搞定了！",
    "机器恢复正常，辛苦",
    "好的 没问题了",
    "修好了，谢谢您",
]
NO = [
    "", "没解决", "还没解决了", "解决了吗", "不能用了", "什么时候能修好了", "解决了一半但还差一箱", "等解决了再说",
    "没有恢复正常",
    "谢谢", "收到", "要是搞定了告诉我", "这个解决了，另外一件还要问", "解决了" + "啊" * 60,
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_settled(text: str) -> None:
    assert says_settled(text, words=LABELS.settled, doubts=LABELS.doubts)


@pytest.mark.parametrize("text", NO)
def test_when_in_doubt_it_is_not_settled(text: str) -> None:
    assert not says_settled(text, words=LABELS.settled, doubts=LABELS.doubts)


PHONES = [
    "19000020001", "190 0002 0001", "190-0002-0001", "+8619000020001", "+86 190 0002 0001", "１９０００００００１１",
    "0571-88886666", "01088886666", "028 8888 6666", "190.0002.0001",
]  # fmt: skip
KEPT = ["订单 202611230001 少两箱", "12 箱 34 袋", "11-25 15:00", "CD001", "金额 1234567.89", "3000020001234567"]


@pytest.mark.parametrize("phone", PHONES)
def test_every_telephone_number_is_taken_out(phone: str) -> None:
    assert without_phones(f"请联系{phone}，谢谢", "□") == "请联系□，谢谢"
    assert without_phones(f"{phone}或者{phone}", "□") == "□或者□"


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_stay(text: str) -> None:
    assert without_phones(text, "□") == text
