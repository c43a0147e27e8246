"""Is a deed ours, and is it promised? Rules on a clause and on what its sentence said before."""

import re
from dataclasses import dataclass
from typing import Final

from bot.desk import promise_lexicon as words


@dataclass(frozen=True)
class Deed:
    """A deed in a text: where it begins, and whether it is done to the franchisee by its own words (给您答复)."""

    start: int
    is_to_you: bool
    is_contact: bool
    is_plain: bool
    """Whether it can be nobody's but ours, even when nobody is named (补发)."""
    is_awaited: bool = False
    """等我电话: the franchisee is asked to wait for it."""


def deed_in(text: str) -> Deed | None:
    """The first deed of service in a text."""
    contact, service, action, plain, gets = (
        pattern.search(text)
        for pattern in (words.CONTACT, words.SERVICE, words.ACTION, words.WEAK_ACTION, words.YOU_GET)
    )
    found = [m.start() for m in (contact, service, action, plain, gets) if m is not None]
    if not found:
        return None
    is_awaited = words.WAIT.match(text, min(found)) is not None or (gets is not None and gets.start() == min(found))
    return Deed(
        min(found),
        bool(contact or service),
        contact is not None,
        plain is not None,
        is_awaited,
    )


def own_deed(head: str, body: str) -> Deed | None:
    """Whatever `me` or `us` do at the time between `head` and `body`, unless it is only where they are."""
    me = words.ME.search(body)
    is_vow = words.VOWS.search(head + body) is not None
    if me is None and not is_vow and not words.ME.search(head):
        return None
    start = me.end() if me is not None else 0
    rest = re.sub(r"[\W_]|[会就再来去先将要]", "", body[start:])
    is_free = is_vow or words.BUSY.search(body) is None
    return Deed(start, False, False, False) if len(rest) > 1 and is_free else None


_SPOILERS: Final = (words.DENY, words.PAST, words.ASKS, words.INSPECTS, words.THEIR_PART)


def is_spoilt(clause: str, before: str, after: str) -> bool:
    """Whether a clause asks, denies, tells of the past, or it or what stands before it tells a rule."""
    told = words.NO_DENIAL.sub("", clause)
    return any(p.search(told) for p in _SPOILERS) or (
        words.HABIT.search(before + clause) is not None or words.RESERVE.search(after) is not None
    )


def is_supposed(before: str) -> bool:
    """Whether what was said before makes it hang on something that has not happened (如果…, 您付款后)."""
    return words.SUPPOSE.search(words.OWN_EVENT.sub("", before)) is not None


def is_reported(clause: str, deed: Deed, before: str) -> bool:
    """Whether a clause tells what others said: by its own words, or by those before it when nobody of us acts in it."""
    said = words.SAID.search(clause)
    if said is not None:
        is_of_ours = words.OURS_SAID.search(clause) or said.group().startswith("他")
        return said.group()[0] in "您你" or not is_of_ours or not _was_ours(before + clause)
    is_own = deed.is_to_you or words.US.search(clause) is not None
    return not is_own and words.SAID.search(before) is not None


def is_ours(agents: str, deed: Deed, before: str, so_far: str) -> bool:
    """Whether the deed is ours: `agents` is what stands before it in its clause, `before` the sentence before that."""
    if words.REQUEST.search(agents) and not deed.is_awaited:
        return False
    bare = words.YOU_OWNED.sub("", words.YOU_OBJECT.sub("", agents))
    us, you, them = (
        _last(words.US, bare),
        max(_last(re.compile("[您你]"), bare), _last(words.STORE, bare)),
        _last(words.THEM, bare),
    )
    if max(you, them) > us and not deed.is_awaited:
        return False
    if us >= 0:
        return True
    if re.search("他们?|她们?", bare) and not _was_ours(so_far + before):
        return False
    if not _was_ours(before, unless=True) and not (deed.is_to_you or deed.is_awaited):
        return False
    return deed.is_to_you or deed.is_plain or deed.is_awaited or _was_ours(before)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def _was_ours(text: str, *, unless: bool = False) -> bool:
    """Whether we were the last to be named in a text; `unless`: or nobody was."""
    us, them = _last(words.US, text), _last(words.THEM, text)
    return us > them or (unless and them < 0)
