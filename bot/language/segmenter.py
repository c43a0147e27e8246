"""Cut Chinese into words with jieba: loaded on demand, once, whichever thread asks first."""

import functools
import itertools
import logging
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

WORDS: Final = Path(__file__).with_name("words.txt")
"""The trade's own words: one a line, `#` begins a comment."""
LINT_WORDS: Final = WORDS.parent.parent / "scripts" / "forbidden" / "words" / "dictionary.txt"
"""Words that the lint must see whole; supervisors add to them beside the rules."""
_FREQUENCY: Final = 20_000
"""How common a trade word is taken to be: above the pieces that the general dictionary would cut it into."""


class JiebaSegmenter:
    """The `Segmenter` of the desk.

    HMM is off: guessing new words glues together what the lint must see apart ("这不归我管" becomes 这不归/我管).
    The dictionary (about 1 s, 60 MB) is read by `warm`, in a thread at start; without that, by the first `words`.
    """

    def __init__(self, *trade_words: Path) -> None:
        self._trade_words = trade_words or (WORDS, LINT_WORDS)
        self._lock = threading.Lock()
        self._tokenizer: Any = None

    def warm(self) -> None:
        """Load the dictionary unless it is loaded; any number of threads may call this, one does the work."""
        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = _loaded(*self._trade_words)

    @property
    def is_warm(self) -> bool:
        """Whether `words` answers at once."""
        return self._tokenizer is not None

    def frequency(self, word: str) -> int:
        """How often the general dictionary has seen a word; 0 for what is none."""
        self.warm()
        return int(self._tokenizer.FREQ.get(word, 0))

    def words(self, text: str) -> list[str]:
        """The words of a text in order, blanks and punctuation included: joined, they are the text again."""
        if self._tokenizer is None:
            self.warm()
        return [str(word) for word in self._tokenizer.cut(text, HMM=False)]


@functools.cache
def _loaded(*trade_words: Path) -> Any:
    """A tokenizer of our own, with the dictionary read from the package: one a process, whoever asks (60 MB).

    jieba would first look for a cache in the machine's common temporary folder and trust what it finds there, whoever
    put it; the cache saves 15 % of the loading time. So the dictionary is read as jieba itself reads it, without one.
    """
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in itertools.chain.from_iterable(map(_listed, trade_words)):
        tokenizer.add_word(word, _FREQUENCY)
    return tokenizer


def _jieba() -> Any:
    """The library, imported only now (0.3 s), without its own logging to stderr and its packaging warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    logging.getLogger("jieba").setLevel(logging.WARNING)
    return jieba


def _listed(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield from line.split("#")[0].split()
