"""Commands about who answers for a case (首问负责制): each has a button that does the same."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.people import Staff
from bot.usecases import assist, assist_answer, closing, escalate, ledger, mine, transfer, transfer_answer
from bot.usecases.at_hand import Spot
from bot.usecases.case_named import NUMBER, case_named
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

OWNER_COMMANDS = frozenset(
    {"mine", "transfer", "accept", "return", "confirm", "unsolved", "assist", "receipt", "up", "ledger"}
)


def owner_command(work: Work, office: Office, now: datetime, *, who: Staff, spot: Spot, name: str, rest: str) -> None:
    """One of OWNER_COMMANDS; DeskError tells how it is used."""
    me = who.telegram_id
    match name:
        case "mine":
            mine.show_mine(work, office, now, staff_telegram_id=me, spot=spot)
        case "transfer":
            case, words = case_named(work, spot, rest)
            target, _, reason = words.partition(" ")
            transfer.transfer_by_command(
                work, office, now, staff_telegram_id=me, case=_required(case), target=target, reason=reason.strip()
            )
        case "accept":
            case, _ = case_named(work, spot, rest, lambda: [o.case_id for o in work.transfers.pending_to(who.id)])
            case = _required(case, "notice/how_accept")
            told = transfer_answer.accept(work, office, now, staff_telegram_id=me, case_id=case.id)
            _tell(work, office, now, spot, told)
        case "up":
            case, reason = case_named(work, spot, rest)
            escalate.escalate_by_command(work, office, now, staff_telegram_id=me, case=_required(case), reason=reason)
        case "ledger":
            _ledger(work, office, now, who, spot, rest)
        case "assist":
            case, words = case_named(work, spot, rest)
            assist.assist_by_command(work, office, now, staff_telegram_id=me, case=_required(case), words=words)
        case "receipt":
            case, words = case_named(work, spot, rest)
            assist_answer.report_by_staff(work, office, now, staff_telegram_id=me, case=_required(case), words=words)
        case "confirm" | "unsolved":
            _closing(work, office, now, who, spot, name, rest)
        case _:
            _send_back(work, office, now, who, spot, rest)


def _ledger(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, rest: str) -> None:
    found = NUMBER.fullmatch(rest)
    me = who.telegram_id
    if found is not None:
        ledger.show_chain(work, office, now, staff_telegram_id=me, spot=spot, case_id=int(found[2]))
    else:
        ledger.show_ledger(work, office, now, staff_telegram_id=me, spot=spot, query=rest)


def _closing(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, name: str, rest: str) -> None:
    case, reason = case_named(work, spot, rest, lambda: [c.case_id for c in work.closings.pending_for(who.id)])
    case = _required(case, "notice/how_confirm" if name == "confirm" else "notice/how_unsolved")
    me = who.telegram_id
    if name == "confirm":
        told = closing.confirm_closing(work, office, now, staff_telegram_id=me, case_id=case.id)
    else:
        told = closing.refuse_closing(work, office, now, staff_telegram_id=me, case_id=case.id, reason=reason)
    _tell(work, office, now, spot, told)


def _send_back(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, rest: str) -> None:
    case, reason = case_named(work, spot, rest, lambda: [o.case_id for o in work.transfers.pending_to(who.id)])
    case = _required(case, "notice/how_return")
    told = transfer_answer.send_back(work, office, now, staff_telegram_id=who.telegram_id, case_id=case.id,
                                     reason=reason)  # fmt: skip
    _tell(work, office, now, spot, told)


def _required(case: Case | None, how: str = "notice/no_case_here") -> Case:
    if case is None:
        raise DeskError(how)
    return case


def _tell(work: Work, office: Office, now: datetime, spot: Spot, words: str) -> None:
    """In private; a topic is told of the step itself, and twice would be a flood."""
    if spot.ref.chat_id < 0:
        return
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/told", values={"words": words}, reply_to=spot.ref)
