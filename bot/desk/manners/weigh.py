"""Each sentence of a reply weighed by the tone; what that leaves in doubt is read again, among its neighbours.

The quick reader weighs a sentence in hundredths of a millisecond, alone and piece by piece. The close reader takes a
tenth of a millisecond for each character and reads it in the light of all others; so it is asked only when a sentence
is near the tone's limit or above it, which most kind replies are not. Its word is mixed with the tone's and the rules'.
Where it has not read a sentence the tone's own limit holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.desk.manners.ports import Reader
from bot.desk.manners.tone import ANY, Hits, Tone, has_tone, told

AT_MOST: Final = 80
"""So many characters of a reply are read again at most, the worst sentences first: no text may make us slow."""
NOT_AGAIN_FROM: Final = 600
"""A reply of so many characters, which are a score of sentences, is not read again: the few that there would be time
for make it no likelier to be judged rightly.
"""
TOGETHER: Final = 80
"""So long a sentence is with the neighbours that are read along; a longer one is read alone."""


@dataclass(frozen=True)
class Sentence:
    """A sentence that has a tone: its scores, and how far above the limits of the scales it is."""

    hits: Hits
    scores: Sequence[float]
    values: dict[str, float]


def ways(texts: Sequence[str], hits: Sequence[Hits], tone: Tone, reader: Reader | None) -> list[set[str] | None]:
    """In which ways each sentence of a reply is unkind, by its tone and what rules have found in it; None for one that
    is too short to have a tone.
    """
    seen = _weighed(texts, hits, tone)
    if reader is not None and tone.again and sum(map(len, texts)) < NOT_AGAIN_FROM:
        seen = _again(texts, seen, tone, reader)
    return [_ways(one) for one in seen]


def _weighed(texts: Sequence[str], hits: Sequence[Hits], tone: Tone) -> list[Sentence | None]:
    """Every sentence that has a tone, weighed; all at once, for the quick reader is quicker so."""
    long = [at for at, text in enumerate(texts) if has_tone(text)]
    scores = dict(zip(long, tone.scores([texts[at] for at in long]) if long else (), strict=True))
    return [
        Sentence(found, scores[at], tone.values(scores[at], found)) if at in scores else None
        for at, found in enumerate(hits)
    ]


def _ways(one: Sentence | None) -> set[str] | None:
    if one is None:
        return None
    above = {name: value for name, value in one.values.items() if name != ANY}
    return told(above) if one.values[ANY] > 0 else set()


def _again(texts: Sequence[str], seen: Sequence[Sentence | None], tone: Tone, reader: Reader) -> list[Sentence | None]:
    """The sentences, those in doubt weighed once more with what the close reader says of them, while there is room."""
    doubtful = {at: one for at, one in enumerate(seen) if one is not None and one.values[ANY] > -tone.doubt}
    made, left = list(seen), AT_MOST
    for at in sorted(doubtful, key=lambda at: -doubtful[at].values[ANY]):
        if made[at] is seen[at] and len(texts[at]) <= left:
            first, last = around(texts, at, min(TOGETHER, left))
            left -= sum(map(len, texts[first:last]))
            for other, said in enumerate(reader.read(texts[first:last]), start=first):
                if other in doubtful:
                    made[other] = _with(doubtful[other], said, tone)
    return made


def _with(one: Sentence, said: Sequence[float], tone: Tone) -> Sentence:
    scores = [*one.scores, *said]
    return replace(one, scores=scores, values=tone.values_again(scores, one.hits))


def around(texts: Sequence[str], at: int, together: int) -> tuple[int, int]:
    """Which sentences are read together with one: its neighbours on both sides, the shorter first, while all are no
    longer than `together`.
    """
    first, last, room = at, at + 1, together - len(texts[at])
    for length, is_before in _neighbours(texts, at):
        if length > room:
            break
        first, last, room = first - is_before, last + (not is_before), room - length
    return first, last


def _neighbours(texts: Sequence[str], at: int) -> Iterator[tuple[int, bool]]:
    """The lengths of the sentences around one, outwards, the shorter of the two next ones first, and on which side."""
    before, after = at - 1, at + 1
    while before >= 0 or after < len(texts):
        is_before = after >= len(texts) or (before >= 0 and len(texts[before]) <= len(texts[after]))
        yield (len(texts[before]), True) if is_before else (len(texts[after]), False)
        before, after = before - is_before, after + (not is_before)
