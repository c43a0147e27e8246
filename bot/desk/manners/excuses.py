"""Why words that look unkind are not: the vetoes, asked in a fixed order; the words that tell are data."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.desk.manners.expression import BREAKS
from bot.desk.manners.rules import Excuse
from bot.desk.manners.scene import Scene

Span = tuple[int, int]
CUES: Final = (
    "turns", "negators", "pleas", "prohibitions", "rhetorical", "after_negators", "speakers", "no_speakers",
    "own_words", "mentions_before", "mentions_after", "own_side", "other_side", "franchisee", "self_reproach",
    "conditions", "consequents", "follow_ups", "no_follow_ups", "warnings", "no_warnings",
)  # fmt: skip
"""The lists of bot/scripts/forbidden/words/excuses.toml."""
_NEAR: Final = 12
_QUOTED_NAME: Final = 12
_MOST_QUOTES: Final = 12
"""So many quotations are looked at: no text may make us slow."""


@dataclass(frozen=True)
class Hit:
    """A place where a rule's pattern fits: the whole, its stretches between gaps, and fixed words of the text."""

    start: int
    end: int
    stretches: Sequence[Span]


class Excuses:
    """Answers whether a hit is excused; safe to share."""

    def __init__(self, cues: Mapping[str, re.Pattern[str]]) -> None:
        self._cues = cues
        self._asks: Mapping[Excuse, Callable[[Scene, Hit], bool]] = {
            Excuse.QUOTED: self._is_quoted,
            Excuse.NEGATED: self._is_negated,
            Excuse.PLEA: self._is_plea,
            Excuse.WARNING: self._is_warning,
            Excuse.REPROACH: self._is_reproach,
            Excuse.SELF: self._is_self,
            Excuse.CONDITION: self._is_condition,
            Excuse.FOLLOW_UP: self._is_followed_up,
            Excuse.BOUNDARY: self._cuts_a_word,
        }

    @property
    def turns(self) -> re.Pattern[str]:
        """The words after which is judged anew."""
        return self._cues["turns"]

    def excuse(self, scene: Scene, hit: Hit, asked: Sequence[Excuse]) -> Excuse | None:
        """The first excuse that holds, of those asked; None: the hit stands. (Fixed words are the judge's.)"""
        return next((e for e in asked if e in self._asks and self._asks[e](scene, hit)), None)

    def mentions(self, scene: Scene) -> Sequence[Span]:
        """The quotations, marks included, that are somebody else's words or a name; of many the first ones."""
        return [quote for quote in scene.quotes[:_MOST_QUOTES] if self._is_mention(scene, quote)]

    def _has(self, cue: str, text: str) -> bool:
        return self._cues[cue].search(text) is not None

    def _is_quoted(self, scene: Scene, hit: Hit) -> bool:
        quote = scene.quote(hit.start, hit.end)
        return self._is_mention(scene, quote) if quote else self._is_reported(scene, hit)

    def _is_mention(self, scene: Scene, quote: Span) -> bool:
        """Whether the words in quotation marks are somebody else's, or a name."""
        start, end = quote
        if scene.text[start] == "《":
            return True
        first, last = scene.sentence(start, end)
        before, after = scene.text[first:start], scene.text[end:last]
        if self._has("own_words", before):
            return False
        if self._has("speakers", before) or self._has("mentions_before", before) or self._has("mentions_after", after):
            return True
        return end - start <= _QUOTED_NAME and bool((before + after).strip(BREAKS + " ")) and not before.endswith(":")

    def _is_reported(self, scene: Scene, hit: Hit) -> bool:
        """Whether somebody else is said to say it, without quotation marks, up to the clause's end."""
        start, _ = scene.clause(hit.start, hit.end)
        before = scene.text[start : hit.start]
        return self._has("speakers", before) and not self._has("no_speakers", scene.text[start : hit.start + 2])

    def _is_negated(self, scene: Scene, hit: Hit) -> bool:
        """Whether it is said not to be so; what only sounds like a negation (难道不是…吗) is none."""
        start, end = scene.clause(hit.start, hit.end)
        before, after = scene.text[start : hit.start], scene.text[hit.end : end + 1]
        if self._has("rhetorical", scene.text[start : end + 1]):
            return False
        return (
            self._begins("negators", scene, hit)
            or self._has("prohibitions", before)
            or self._has("after_negators", after)
        )

    def _is_plea(self, scene: Scene, hit: Hit) -> bool:
        """Whether the franchisee is asked not to do it: 别加微信."""
        return self._begins("pleas", scene, hit)

    def _begins(self, cue: str, scene: Scene, hit: Hit) -> bool:
        """Whether a cue begins shortly before the hit, within its clause."""
        start, _ = scene.clause(hit.start, hit.end)
        near = scene.text[max(start, hit.start - _NEAR) : hit.start]
        opened = near + scene.text[hit.start : hit.start + 1]
        return any(found.start() < len(near) for found in self._cues[cue].finditer(opened))

    def _is_warning(self, scene: Scene, hit: Hit) -> bool:
        """Whether the sentence warns of it: 谨防, 别信, 是诈骗."""
        start, end = scene.sentence(hit.start, hit.end)
        text = scene.text[start:end]
        return self._has("warnings", text) and not self._has("no_warnings", text)

    def _is_reproach(self, scene: Scene, hit: Hit) -> bool:
        """Whether the sentence takes the fault on one's own side, or comforts."""
        first, last = scene.sentence(hit.start, hit.end)
        return self._has("self_reproach", scene.text[first:last])

    def _is_self(self, scene: Scene, hit: Hit) -> bool:
        """Whether it is one's own side that is spoken of, or somebody who isn't the franchisee."""
        start, _ = scene.clause(hit.start, hit.end)
        if self._has("franchisee", scene.text[start : hit.end]):
            return False
        return self._blamed_in(scene.text[start : hit.start]) in ("own_side", "other_side")

    def _blamed_in(self, before: str) -> str:
        """Who is spoken of last before the hit."""
        last = {
            who: max((m.end() for m in self._cues[who].finditer(before)), default=-1)
            for who in ("own_side", "other_side", "franchisee")
        }
        who = max(last, key=lambda name: last[name])
        return who if last[who] >= 0 else ""

    def _is_condition(self, scene: Scene, hit: Hit) -> bool:
        """Whether it is only supposed: 如果不归我们管; what follows from the supposition is no supposition."""
        start, _ = scene.clause(hit.start, hit.end)
        before = scene.text[start : hit.start]
        found = [m.end() for m in self._cues["conditions"].finditer(before)]
        return bool(found) and not self._has("consequents", before[found[-1] :])

    def _is_followed_up(self, scene: Scene, hit: Hit) -> bool:
        """Whether help is offered afterwards."""
        after = scene.text[hit.end : hit.end + 2 * FOLLOWING]
        return self._has("follow_ups", after) and not self._has("no_follow_ups", after)

    def _cuts_a_word(self, scene: Scene, hit: Hit) -> bool:
        """Whether a word of the hit is no word in this text: 没办|法人授权书. A veto only, never a condition."""
        (start, first_end), (last_start, end) = hit.stretches[0], hit.stretches[-1]
        left, right = scene.word_over(start), scene.word_over(end)
        if left and scene.is_word_from(start, left[1] + 1, first_end):
            return True
        if right is None or scene.text[end] == scene.text[end - 1] or _is_verb_denied(scene.text[last_start:end]):
            return False
        return scene.is_word_until(end, last_start, right[0] - 1)


def _is_verb_denied(words: str) -> bool:
    """没看 before 清: what was denied only goes on."""
    return len(words) > 1 and words[-2] in "不没" and words[-1] not in _NOUNS


_NOUNS: Final = frozenset("门空货钱事人")
FOLLOWING: Final = 60
