"""`/alike [期间]`: 四个一样, measured over a period for those who lead. It says where to look, and scores nobody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.desk.alike import CaseFigure, Comparison, by_acquaintance, by_inspection, by_load, compared, judged, swings
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.period import Period
from bot.desk.split import pieces
from bot.usecases.at_hand import Spot, require_supervisor
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.whose import days_only

NEW_FOR = timedelta(days=90)
"""How long somebody who writes counts as new; a convention."""


def alike_command(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """Without a period: this month."""
    require_supervisor(work, staff_telegram_id)
    period = days_only(office, now, query=query, how="notice/how_alike")
    first, end = (datetime.combine(day, time(), office.zone) for day in (period.first, period.end))
    cases = [_timed(office, case) for case in work.warnings.figures(first, end)]
    words = office.say("notice/alike", first=f"{period.first:%Y-%m-%d}", last=f"{period.last:%Y-%m-%d}",
                       lines="\n".join(_lines(work, office, cases, period)),
                       level=f"{office.warnings.alike_level:.0%}")  # fmt: skip
    for part in pieces(words.text):
        work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), SayText(part)), at=now)


def _timed(office: Office, case: CaseFigure) -> CaseFigure:
    if case.answered_at is None:
        return case
    return replace(case, wait=office.worked(case.opened_at, case.answered_at).total_seconds())


def _lines(work: Work, office: Office, cases: list[CaseFigure], period: Period) -> list[str]:
    terms = office.warnings
    checked = work.warnings.checked_on(period.first, period.end)
    pairs = {
        office.alert("acquaintance"): by_acquaintance(cases, lambda known: known + NEW_FOR),
        office.alert("inspected"): by_inspection(cases, lambda at: office.today(at) in checked),
        office.alert("load"): by_load(cases, lambda at: office.local(at, "%Y-%m-%d %H")),
    }
    found = compared(pairs, least=terms.alike_sample, level=terms.alike_level)
    mine = {p.name: [c for c in cases if c.owner_id == p.id] for p in work.staff.all()}
    swung = [
        each for name, own in mine.items() if own
        for each in swings(office.alert("swing", name=name), own, office.today, least=terms.alike_sample,
                           level=terms.alike_level)
    ]  # fmt: skip
    everything = judged([*found, *swung], level=terms.alike_level)
    return [*_pair_lines(office, everything[: len(found)]), *_swing_lines(office, everything[len(found) :])]


def _pair_lines(office: Office, pairs: Sequence[Comparison]) -> list[str]:
    """What can be compared line by line; of what none of its measures can, one line says so."""
    told = {each.what for each in pairs if each.ratio is not None}
    few = dict.fromkeys(each.what for each in pairs if each.what not in told)
    lines = [_line(office, each) for each in pairs if each.what in told]
    return [*lines, *([office.alert("few_pairs", what="、".join(few))] if few else [])]


def _line(office: Office, each: Comparison) -> str:
    first, other = each.sizes
    measure = office.alert(each.measure.value)
    if each.ratio is None:
        return office.alert("too_few", what=each.what, measure=measure, first=first, other=other)
    return office.alert("compared", what=each.what, measure=measure, ratio=f"{each.ratio:.2f}", low=f"{each.low:.2f}",
                        high=f"{each.high:.2f}", first=first, other=other, chance=f"{each.chance:.3f}",
                        verdict=_verdict(office, each))  # fmt: skip


def _swing_lines(office: Office, swung: list[Comparison]) -> list[str]:
    """One line of each that has a sample; people of whom no measure has one are counted only."""
    lines = [_swing_line(office, each) for each in swung if each.ratio is not None]
    enough = {each.what for each in swung if each.ratio is not None}
    few = len({each.what for each in swung} - enough)
    return [*lines, *([office.alert("few_people", count=few)] if few else [])]


def _swing_line(office: Office, each: Comparison) -> str:
    samples, days = each.sizes
    return office.alert("swung", what=each.what, measure=office.alert(each.measure.value), ratio=f"{each.ratio:.2f}",
                        low=f"{each.low:.2f}", high=f"{each.high:.2f}", first=samples, days=days,
                        chance=f"{each.chance:.3f}", verdict=_verdict(office, each))  # fmt: skip


def _verdict(office: Office, each: Comparison) -> str:
    return office.alert("unlike" if each.is_unlike else "alike")
