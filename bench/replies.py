"""A labelled reply as it is weighed and learned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.agreed import HELD


@dataclass(frozen=True)
class Reply:
    """A labelled reply by sentences, with what rules found in each (categories and rules' names).

    `author`: who wrote it, when no rule was made from it, else empty; `is_firm`: a rule alone holds it; `is_whole`:
    that it is rigid, too, would stand in `wanted`, which authors who had another category in mind seldom said;
    `is_apart`: the close reader has learned nothing of its author, when the scales are learned.
    """

    sentences: Sequence[str]
    hits: Sequence[frozenset[tuple[str, str]]]
    wanted: frozenset[str]
    author: str
    is_firm: bool
    is_whole: bool = True
    is_apart: bool = False

    @property
    def texts(self) -> Iterable[str]:
        """The whole and each sentence."""
        return dict.fromkeys(("".join(self.sentences), *self.sentences))

    @property
    def is_unkind(self) -> bool:
        """Whether it must be held back."""
        return bool(self.wanted & HELD)
