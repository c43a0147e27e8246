"""Each sentence of a reply weighed by the tone; what that leaves in doubt is read again, as a whole.

The tone weighs a sentence in a tenth of a millisecond, alone and piece by piece. The second reader takes some
milliseconds and reads each character in the light of all others; so it is asked only when a sentence is near the
tone's limit or above it, which most kind replies are not. Its word is mixed with the tone's and the rules'.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.desk.manners.ports import SecondReader
from bot.desk.manners.tone import ANY, Hits, Tone, has_tone, told

READ_AGAIN: Final = 90
"""So many characters are read again at most, those around the sentence that is most in doubt: no text may make us slow.
"""


@dataclass(frozen=True)
class Sentence:
    """A sentence that has a tone: its scores, and how far above the limits of the scales it is."""

    text: str
    hits: Hits
    scores: Sequence[float]
    values: dict[str, float]


def ways(texts: Sequence[str], hits: Sequence[Hits], tone: Tone, reader: SecondReader | None) -> list[set[str] | None]:
    """In which ways each sentence of a reply is unkind, by its tone and what rules have found in it; None for one that
    is too short to have a tone.
    """
    seen = [_weighed(text, found, tone) if has_tone(text) else None for text, found in zip(texts, hits, strict=True)]
    if reader is not None and tone.again:
        seen = _again(texts, seen, tone, reader)
    return [_ways(one) for one in seen]


def _weighed(text: str, hits: Hits, tone: Tone) -> Sentence:
    scores = tone.scores(text)
    return Sentence(text, hits, scores, tone.values(scores, hits))


def _ways(one: Sentence | None) -> set[str] | None:
    if one is None:
        return None
    above = {name: value for name, value in one.values.items() if name != ANY}
    return told(above) if one.values[ANY] > 0 else set()


def _again(
    texts: Sequence[str], seen: list[Sentence | None], tone: Tone, reader: SecondReader
) -> list[Sentence | None]:
    """The sentences, those in doubt weighed once more with what the second reader says of them."""
    doubt = [one.values[ANY] if one else -tone.doubt for one in seen]
    worst = max(range(len(texts)), key=lambda at: doubt[at])
    if doubt[worst] <= -tone.doubt:
        return seen
    first, last = around(texts, worst)
    for at, said in enumerate(reader.read(texts[first:last]), start=first):
        one = seen[at]
        if one is not None and doubt[at] > -tone.doubt:
            scores = [*one.scores, *said]
            seen[at] = replace(one, scores=scores, values=tone.values_again(scores, one.hits))
    return seen


def around(texts: Sequence[str], at: int) -> tuple[int, int]:
    """Which sentences are read together with one: its neighbours on both sides, while there is room."""
    first, last, room = at, at + 1, READ_AGAIN - len(texts[at])
    while True:
        before = len(texts[first - 1]) if first > 0 else READ_AGAIN
        after = len(texts[last]) if last < len(texts) else READ_AGAIN
        if min(before, after) > room:
            return first, last
        if before <= after:
            first, room = first - 1, room - before
        else:
            last, room = last + 1, room - after
