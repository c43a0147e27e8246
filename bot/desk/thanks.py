"""Is this only a thank-you or an OK? Such words after the goodbye open no case and reopen none (design §4.6)."""

import re
from typing import Final

_POLITE: Final = (
    "谢谢", "多谢", "感谢", "谢了", "谢啦", "谢", "辛苦", "麻烦", "好的", "好滴", "好嘞", "好", "行", "可以", "收到",
    "知道了", "知道", "明白了", "明白", "了解", "嗯", "哦", "噢", "ok", "okay", "thanks", "thankyou", "thx", "再见",
    "拜拜", "拜", "您", "你们", "你", "了", "啦", "哈", "的", "啊", "呀", "哟", "非常", "太", "十分", "客服", "老师",
    "没事", "没问题", "回头见", "祝", "生意兴隆", "晚安", "早安",
)  # fmt: skip
_ONLY_POLITE: Final = re.compile("(?:" + "|".join(sorted(map(re.escape, _POLITE), key=len, reverse=True)) + ")+")
_GREETING: Final = re.compile("(?:您|你|你们|老师|客服)好(?:啊|呀)?")
"""Who greets comes with a matter, and will name it next."""
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


def is_thanks(text: str) -> bool:
    """True when nothing but courtesy is left of the text; an empty text (a photo, say) is not courtesy."""
    letters = _NOT_A_LETTER.sub("", text).casefold()
    is_short = 0 < len(letters) <= 24
    return is_short and _ONLY_POLITE.fullmatch(letters) is not None and _GREETING.fullmatch(letters) is None
