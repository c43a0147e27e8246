"""What a report is made of, gathered when its turn comes; and what is said when it cannot be sent."""

from datetime import date, datetime

from bot.desk.outgoing import Outgoing, ReportKind, SayText, SendReport
from bot.desk.report import Matter
from bot.desk.split import pieces
from bot.usecases.attendance_sheet import workbook_of
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, Work
from bot.usecases.roster_picture import picture_of
from bot.usecases.roster_words import roster_text, week_at
from bot.usecases.sales import sales_named
from bot.usecases.sales_picture import sales_picture
from bot.usecases.say import say


def matter_of(work: Work, office: Office, now: datetime, act: SendReport) -> Matter:
    """The values, as they are now."""
    match act.report:
        case ReportKind.ROSTER:
            return picture_of(office, week_at(work, office, date.fromisoformat(act.about)), now)
        case ReportKind.ATTENDANCE:
            return workbook_of(work, office, now, date.fromisoformat(act.about))
        case ReportKind.SALES:
            return sales_picture(office, sales_named(work, office, now, act.about))


def say_instead(work: Work, office: Office, now: datetime, *, row: OutboxRow, act: SendReport, reason: str) -> None:
    """A picture that a chat does not take is said in words; a file can only be fetched elsewhere."""
    to = row.outgoing.to
    match act.report:
        case ReportKind.ROSTER:
            words = roster_text(office, week_at(work, office, date.fromisoformat(act.about)))
            for part in pieces(words):
                work.outbox.add(Outgoing(to, SayText(part)), at=now)
        case ReportKind.ATTENDANCE:
            month = date.fromisoformat(act.about)
            values = {"reason": reason, "month": f"{month:%Y-%m}"}
            say(work, office, now, to=to, script="notice/file_not_sent", values=values)
        case ReportKind.SALES:
            period, _, _ = act.about.partition("|")
            values = {"reason": reason, "period": period}
            say(work, office, now, to=to, script="notice/sales_not_sent", values=values)
