"""Words written by their sound, read as the rules know them: 不gui我管, bu gui wo guan, 不归窝管, 关我p事.

Nothing is listed: the phrases come from the rules, the readings from a table of pronunciations.
"""

import heapq
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.desk.manners.folded import Folded
from bot.desk.manners.ports import Finder, MakeFinder, Sounds, Vocabulary

_RUN: Final = re.compile("[a-z]+|[^a-z]+")
_DEAF: Final = "\uf8ff"
"""Sounds like nothing that is known."""
_NO_SOUND: Final = re.compile("[^\ue000-\uf8fe]")
_LATIN: Final = re.compile("[a-z]")
_PRIVATE: Final = 0xE000
"""Syllables are written as one private-use character each, so that sounds can be searched as text."""
_MUCH_RARER: Final = 15
_RARE: Final = 1000
_NEVER: Final = frozenset("你您的了不")
"""Characters that no other is taken for."""
_LONGEST_RUN: Final = 60
_MOST_SOUNDS: Final = 2000
_MOST_TRIED: Final = 12
"""So many places of a text are looked at closely: no text may make us slow."""
_READINGS: Final = 4
_ALL_OPEN: Final = 3
"""From so many characters on a phrase is told by its sound alone; a shorter one must not be made of other words."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A text with syllables in Latin letters as it sounds: a private character for each character or syllable, where
    that begins and ends in the text, and whether it is in Latin letters. Blanks around syllables are left out.
    """

    text: str
    sound: str
    starts: Sequence[int]
    ends: Sequence[int]
    latin: Sequence[bool]

    def differing(self, first: int, last: int, phrase: str) -> int:
        """How many of the characters that are not in Latin letters are others than the phrase has."""
        places = zip(range(first, last), phrase, strict=True)
        return sum(not self.latin[at] and self.text[self.starts[at]] != ch for at, ch in places)


class _Codes(dict[int, str]):
    """For each character, by its code point, what stands for its usual reading (`str.translate`), found out when it is
    first met: the private character of a syllable; a character that has none stands for itself.
    """

    def __init__(self, sounds: Sounds) -> None:
        super().__init__()
        self._sounds = sounds
        self._of: dict[str, str] = {}

    def __missing__(self, character: int) -> str:
        usual = self._sounds.usual(chr(character))
        self[character] = self.of(usual) if usual else chr(character)
        return self[character]

    def of(self, syllable: str) -> str:
        """The private character of a syllable."""
        return self._of.setdefault(syllable, chr(_PRIVATE + len(self._of)))


class Restorer:
    """Reads what is written by sound; unchanging, safe to share."""

    def __init__(
        self, phrases: Iterable[str], *, sounds: Sounds, vocabulary: Vocabulary, make_finder: MakeFinder,
        ordinary: frozenset[frozenset[str]] = frozenset(), singles: frozenset[str] = frozenset(),
        short: frozenset[str] = frozenset(), several: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._sounds = sounds
        self._vocabulary = vocabulary
        self._short = short
        self._several = several
        self._ordinary = ordinary
        self._codes = _Codes(sounds)
        known = self._by_sound([word for word, _ in Counter([*phrases, *singles]).most_common()])
        self._long: Finder[tuple[str, ...]] = make_finder({k: v for k, v in known.items() if len(k) > 1})
        self._singles: Finder[tuple[str, ...]] = make_finder({k: v for k, v in known.items() if len(k) == 1})

    def restored(self, folded: Folded) -> Folded | None:
        """The text with what is written by sound read as words of the rules; None when there is nothing of it."""
        heard = self._heard(folded.text) if _LATIN.search(folded.text) else None
        found = self._windows(folded.text, heard)
        return replace(folded.replaced(found), news=_news(found)) if found else None

    def _by_sound(self, phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
        known: dict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            for sound in self._sounds_of(phrase):
                known[sound].append(phrase)
        return {sound: tuple(words) for sound, words in known.items()}

    def _sounds_of(self, phrase: str) -> Iterator[str]:
        """How a phrase may sound; a few readings of characters that have several."""
        if self._several.isdisjoint(phrase):
            sound = phrase.translate(self._codes)
            if _NO_SOUND.search(sound) is None:
                yield sound
            return
        readings = [self._readings(ch) for ch in phrase]
        if all(readings):
            for chosen in itertools.islice(itertools.product(*readings), _READINGS):
                yield "".join(map(self._codes.of, chosen))

    def _readings(self, character: str) -> tuple[str, ...]:
        """The usual reading; of the characters that are really read in several ways, two."""
        return self._sounds.all(character)[: 2 if character in self._several else 1]

    def _heard(self, text: str) -> _Heard:
        sounds: list[str] = []
        places: list[int] = []
        ends: list[int] = []
        latin: list[bool] = []
        for found in _RUN.finditer(text):
            start, end = found.span()
            is_latin = "a" <= text[start] <= "z"
            if is_latin:
                pieces, sound = self._syllables(found[0])
                bounds = list(itertools.accumulate(map(len, pieces), initial=start))
            else:
                start += start > 0 and text[start] == " "
                end -= start < end < len(text) and text[end - 1] == " "
                bounds, sound = list(range(start, end + 1)), text[start:end].translate(self._codes)
            sounds.append(sound)
            places += bounds[:-1]
            ends += bounds[1:]
            latin += [is_latin] * (len(bounds) - 1)
        return _Heard(text, "".join(sounds), places, ends, latin)

    def _syllables(self, letters: str) -> tuple[list[str], str]:
        """A run of letters cut into syllables, and how they sound; one piece of no sound when it can't be."""
        cut = _cut(letters, self._sounds) if len(letters) <= _LONGEST_RUN else None
        return (cut, "".join(map(self._codes.of, cut))) if cut else ([letters], _DEAF)

    def _windows(self, text: str, heard: _Heard | None) -> list[tuple[int, int, str]]:
        """What is to be read as what, from the left, the longest first, without overlap."""
        places = (
            (end + 1 - len(phrase), end + 1, phrase)
            for end, phrases in itertools.islice(self._sounding(text, heard), _MOST_SOUNDS)
            for phrase in phrases
        )
        told = (place for place in places if self._may_fit(text, heard, place))
        options = [place for place in itertools.islice(told, _MOST_TRIED) if self._fits(text, heard, place)]
        return [_placed(heard, option) for option in _apart(options)]

    def _sounding(self, text: str, heard: _Heard | None) -> Iterable[tuple[int, tuple[str, ...]]]:
        """Where which phrases sound alike, from the left; single characters only among what is in Latin letters."""
        if heard is None:
            return self._long.iter(text.translate(self._codes))
        singles = list(self._singles.iter(heard.sound))
        found = self._long.iter(heard.sound)
        return heapq.merge(found, singles) if singles else found

    def _may_fit(self, text: str, heard: _Heard | None, place: tuple[int, int, str]) -> bool:
        """Whether a phrase that sounds so could stand there, by the characters alone."""
        first, last, phrase = place
        if heard is None:
            return self._may_be_homophone(text, first, phrase)
        if True not in heard.latin[first:last]:
            start = heard.starts[first]
            return heard.ends[last - 1] - start == len(phrase) > 1 and self._may_be_homophone(text, start, phrase)
        differs = heard.differing(first, last, phrase)
        return differs == 0 or (differs == 1 and phrase in self._short)

    def _may_be_homophone(self, text: str, start: int, phrase: str) -> bool:
        """Whether few characters differ, and none of those that are never meant or always confused."""
        if text.startswith(phrase, start):
            return False
        other = _differing(text, start, phrase)
        if len(other) * 2 > len(phrase) + 1:
            return False
        if len(phrase) < _ALL_OPEN and (len(other) > 1 or phrase not in self._short):
            return False
        pairs = ((text[start + at], phrase[at]) for at in other)
        return not any(meant in _NEVER or frozenset((said, meant)) in self._ordinary for said, meant in pairs)

    def _fits(self, text: str, heard: _Heard | None, place: tuple[int, int, str]) -> bool:
        """Whether the phrase was meant: what is written in Latin letters was, other characters must be no words."""
        first, last, phrase = place
        if heard is not None:
            if True in heard.latin[first:last]:
                return True
            first, last = heard.starts[first], heard.ends[last - 1]
        other = _differing(text, first, phrase)
        is_open = self._are_no_words(text, first, [first + at for at in other], last)
        return is_open and self._is_likelier(text, first, last, phrase, other)

    def _is_likelier(self, text: str, start: int, end: int, phrase: str, other: Sequence[int]) -> bool:
        """Whether the phrase is what people write: a word where there was none (保证), or a more usual character."""
        before, after = text[max(0, start - 8) : start], text[end : end + 8]
        in_words: set[int] = set()
        at = -len(before)
        for word in self._vocabulary.words(before + phrase + after):
            if len(word) > 1 and at >= 0 and at + len(word) <= len(phrase):
                in_words.update(range(at, at + len(word)))
            at += len(word)
        return all(i in in_words or self._is_rarer(text[start + i], phrase[i]) for i in other)

    def _is_rarer(self, written: str, meant: str) -> bool:
        often = self._vocabulary.frequency(written)
        return often < _RARE or often * _MUCH_RARER < self._vocabulary.frequency(meant)

    def _are_no_words(self, text: str, start: int, other: Sequence[int], end: int) -> bool:
        """Whether the segmenter leaves each differing character alone: 保正 is no word, 威信 is one."""
        first = max(0, start - 8)
        at, singles = first, set()
        for word in self._vocabulary.words(text[first : end + 8]):
            if len(word) == 1:
                singles.add(at)
            at += len(word)
        wanted = other if end - start >= _ALL_OPEN else range(start, end)
        return all(place in singles for place in wanted)


def _differing(text: str, start: int, phrase: str) -> list[int]:
    return [at for at in range(len(phrase)) if text[start + at] != phrase[at]]


def _cut(letters: str, sounds: Sounds) -> list[str] | None:
    """Letters as the fewest syllables; None when they are none."""
    best: list[list[str] | None] = [[], *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is not None and sounds.is_syllable(letters[start:end]):
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = [*before, letters[start:end]]
    return best[-1]


def _apart(options: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Options without overlap, longer ones first; in the order of the text."""
    taken: set[int] = set()
    chosen = []
    for first, last, phrase in sorted(options, key=lambda o: (o[0] - o[1], o[0])):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            chosen.append((first, last, phrase))
    return sorted(chosen)


def _placed(heard: _Heard | None, option: tuple[int, int, str]) -> tuple[int, int, str]:
    """An option's place in the text."""
    first, last, phrase = option
    return option if heard is None else (heard.starts[first], heard.ends[last - 1], phrase)


def _news(pieces: Sequence[tuple[int, int, str]]) -> tuple[int, ...]:
    """Where the words of pieces stand once they are read instead of what was written."""
    news: list[int] = []
    shift = 0
    for start, end, words in pieces:
        news += range(start + shift, start + shift + len(words))
        shift += len(words) - (end - start)
    return tuple(news)


def homophones_apart(words: Mapping[str, Sequence[str]]) -> frozenset[frozenset[str]]:
    """Pairs of characters that ordinary writing confuses (定 and 订), from lists of them."""
    return frozenset(frozenset(pair) for group in words.values() for pair in itertools.combinations("".join(group), 2))
