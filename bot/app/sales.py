"""The sales of a period for the command line: text, and the files that are wanted."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from bot.app.desk import Desk, SystemClock
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.errors import DeskError
from bot.desk.report import Matter
from bot.desk.sales import sales_period
from bot.reports.printer import print_report
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.sales_picture import sales_picture
from bot.usecases.sales_report import gather
from bot.usecases.sales_scope import Scope, scope_of
from bot.usecases.sales_words import report_lines, title_of
from bot.usecases.sales_workbook import sales_workbook
from storage.desk_thread import Storage


@dataclass(frozen=True)
class SalesTold:
    """What is printed, the files by their ending; or what is wrong with what was asked."""

    lines: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    problem: str = ""


def tell_sales(settings: Settings, storage: Storage, *, words: str, scope: str, kinds: Set[str]) -> SalesTold:
    """Everything is read in one transaction and drawn after it."""
    office = make_office(settings)
    try:
        lines, matters = Desk(storage, office, SystemClock()).run_now(_read, words=words, scope=scope)
    except _Unclear as unclear:
        return SalesTold(problem=str(unclear))
    return SalesTold(tuple(lines), {kind: print_report(matters[kind]).data for kind in kinds})


class _Unclear(Exception):
    """A word of the command line that means nothing here, and what may stand there (the notices speak of a chat's)."""


def _scope(work: Work, office: Office, word: str) -> Scope:
    try:
        return scope_of(work, office, None, word)
    except DeskError as error:
        raise _Unclear(f"没有看懂 --scope “{word}”：请写一个大区、省份，或门店的编号、名称。") from error


def _read(work: Work, office: Office, now: datetime, *, words: str, scope: str) -> tuple[list[str], dict[str, Matter]]:
    period = sales_period(words, office.today(now))
    if period is None:
        raise _Unclear(f"没有看懂 --period “{words}”：请写 2026-10、2026Q3、2026、本月、上月 或 本季。")
    report = gather(work, office, now, period=period, scope=_scope(work, office, scope))
    matters: dict[str, Matter] = {".xlsx": sales_workbook(work, office, report), ".png": sales_picture(office, report)}
    return [title_of(office, report), *report_lines(office, report)], matters
