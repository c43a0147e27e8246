"""What a report is made of, gathered when its turn comes; and what is said when it cannot be sent."""

from datetime import date, datetime

from bot.desk.outgoing import Outgoing, ReportKind, SayText, SendReport
from bot.desk.report import Matter
from bot.desk.split import pieces
from bot.desk.survey import Survey
from bot.usecases.attendance_sheet import workbook_of
from bot.usecases.complaint_paper import paper_of
from bot.usecases.digest_picture import digest_picture
from bot.usecases.office import Office
from bot.usecases.period_command import order_of
from bot.usecases.ports import OutboxRow, Work
from bot.usecases.review_scope import from_code, shown
from bot.usecases.review_workbook import review_workbook
from bot.usecases.roster_picture import picture_of
from bot.usecases.roster_words import roster_text, week_at
from bot.usecases.sales import sales_named
from bot.usecases.sales_picture import sales_picture
from bot.usecases.say import say
from bot.usecases.survey_result import result_book, result_picture


def matter_of(work: Work, office: Office, now: datetime, act: SendReport) -> Matter:
    """The values, as they are now."""
    match act.report:
        case ReportKind.ROSTER:
            return picture_of(office, week_at(work, office, date.fromisoformat(act.about)), now)
        case ReportKind.ATTENDANCE:
            return workbook_of(work, office, now, date.fromisoformat(act.about))
        case ReportKind.COMPLAINT:
            return _paper(work, office, now, int(act.about))
        case ReportKind.SURVEY:
            return result_picture(work, office, _survey(work, act))
        case ReportKind.SURVEY_BOOK:
            return result_book(work, office, _survey(work, act))
        case ReportKind.SALES:
            return sales_picture(office, sales_named(work, office, now, act.about))
        case ReportKind.REVIEW:
            return review_workbook(work, office, now, from_code(act.about))
        case ReportKind.DIGEST:
            return digest_picture(work, office, now, until=datetime.fromisoformat(act.about))
        case ReportKind.PERIOD:
            return order_of(office, act.about)


def _paper(work: Work, office: Office, now: datetime, case_id: int) -> Matter:
    """The mark may have been taken back while the row waited."""
    paper = paper_of(work, office, now, case_id)
    if paper is None:
        raise LookupError(f"case {case_id} is no complaint any more")
    return paper


def _survey(work: Work, act: SendReport) -> Survey:
    survey = work.surveys.get(int(act.about))
    if survey is None:
        raise LookupError(f"survey {act.about} is not stored")
    return survey


def say_instead(work: Work, office: Office, now: datetime, *, row: OutboxRow, act: SendReport, reason: str) -> None:
    """A picture that a chat does not take is said in words; a file can only be fetched elsewhere."""
    to = row.outgoing.to
    match act.report:
        case ReportKind.ROSTER:
            words = roster_text(office, week_at(work, office, date.fromisoformat(act.about)), office.today(now))
            for part in pieces(words):
                work.outbox.add(Outgoing(to, SayText(part)), at=now)
        case ReportKind.ATTENDANCE:
            month = date.fromisoformat(act.about)
            values = {"reason": reason, "month": f"{month:%Y-%m}"}
            say(work, office, now, to=to, script="notice/file_not_sent", values=values)
        case ReportKind.COMPLAINT:
            say(work, office, now, to=to, script="notice/document_not_sent", values={"case": act.about,
                "reason": reason}, case_id=int(act.about))  # fmt: skip
        case ReportKind.SURVEY | ReportKind.SURVEY_BOOK:
            values = {"reason": reason, "survey": act.about}
            say(work, office, now, to=to, script="notice/survey_not_sent", values=values)
        case ReportKind.SALES:
            period, _, _ = act.about.partition("|")
            values = {"reason": reason, "period": period}
            say(work, office, now, to=to, script="notice/sales_not_sent", values=values)
        case ReportKind.REVIEW:
            values = {"reason": reason, **shown(from_code(act.about))}
            say(work, office, now, to=to, script="notice/review_not_sent", values=values)
        case ReportKind.DIGEST:
            say(work, office, now, to=to, script="notice/digest_picture_not_sent", values={"reason": reason})
        case ReportKind.PERIOD:
            values = {"reason": reason, "period": order_of(office, act.about).code}
            say(work, office, now, to=to, script="notice/report_not_sent", values=values)
