"""Does the franchisee say themselves that the matter is settled? Then nobody else needs to confirm the closing."""

import unicodedata
from collections.abc import Sequence
from typing import Final

LONGEST: Final = 40
"""Characters; whoever writes more has more to say than yes."""


def says_settled(text: str, *, words: Sequence[str], doubts: Sequence[str]) -> bool:
    """One of `words` is said and, beside it, none of `doubts` (negation, question, condition): when in doubt, no."""
    rest = unicodedata.normalize("NFKC", text).strip()
    said = sorted((w for w in words if w in rest), key=len, reverse=True)
    if not said or len(rest) > LONGEST:
        return False
    for word in said:
        rest = rest.replace(word, " ")
    return not any(unicodedata.normalize("NFKC", doubt) in rest for doubt in doubts)
