"""Courtesy after the goodbye opens no case; a matter, however politely put, does."""

import pytest

from bot.desk.thanks import is_thanks

ONLY_COURTESY = [
    "谢谢", "谢谢您", "非常感谢！", "好的，谢谢", "好的好的", "OK", "ok 👌 谢谢", "收到，辛苦了", "知道了", "嗯嗯",
    "再见", "Thank you", "thx!!!", "好嘞~", "明白了，麻烦您了",
    "没事了，谢谢老师", "谢谢客服，祝生意兴隆", "。。。好。。。",
]  # fmt: skip
A_MATTER = [
    "", "   ", "？", "谢谢，但是货还没到", "好的，那发票呢", "还没好", "不行", "不可以", "不知道", "没收到", "退款",
    "谢谢您帮我查一下订单", "好的" * 13, "可以退吗", "你好", "您好！", "老师好", "👍", "收到货了吗", "好吗",
]  # fmt: skip


@pytest.mark.parametrize("text", ONLY_COURTESY)
def test_a_thank_you_is_one(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize("text", A_MATTER)
def test_a_matter_is_none(text: str) -> None:
    assert not is_thanks(text)
