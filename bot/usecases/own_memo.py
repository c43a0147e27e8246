"""Whose a reminder is: only they settle it."""

from bot.desk.errors import DeskError, NotAllowed
from bot.desk.memo import Memo
from bot.desk.people import Staff
from bot.usecases.ports import Work


def own_memo(work: Work, who: Staff, memo_id: int, *, over: bool = False) -> Memo:
    """A reminder of theirs; DeskError when there is none, or (unless `over` is fine) when it is over."""
    memo = work.memos.get(memo_id)
    if memo is None:
        raise DeskError("notice/no_such_memo", memo=str(memo_id))
    if memo.staff_id != who.id:
        raise NotAllowed("notice/memo_not_yours", memo=str(memo_id))
    if not memo.is_open and not over:
        raise DeskError("notice/memo_over", memo=str(memo_id))
    return memo
