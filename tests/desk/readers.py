"""A reader for tests: what it says of a sentence follows from the words in it."""

from collections.abc import Mapping, Sequence

from bot.desk.manners.tone import MODELS


class ByWords:
    """Says of a sentence the sum of what its words weigh, by model."""

    def __init__(self, words: Mapping[str, Mapping[str, float]]) -> None:
        self._words = words

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[float]]:
        return [[self._sum(text, model) for model in MODELS] for text in sentences]

    def _sum(self, text: str, model: str) -> float:
        return sum(weighs.get(model, 0.0) for word, weighs in self._words.items() if word in text)
