"""Turns what a report is made of into its file."""

from bot.desk.pictures import DigestPicture, PeriodPicture, ResultPicture, SalesPicture, WeekPicture
from bot.desk.report import Matter, Paper, PeriodOrder, Printed, Workbook
from bot.reports.digest_picture import draw_digest
from bot.reports.paper import write_paper
from bot.reports.period_picture import draw_period
from bot.reports.result_picture import draw_result
from bot.reports.roster_picture import draw_week
from bot.reports.sales_picture import draw_sales
from bot.reports.workbook import write_workbook


def print_report(matter: Matter) -> Printed:
    """The finished file: takes some tenths of a second, so not on the loop."""
    match matter:
        case WeekPicture():
            return Printed(matter.name, draw_week(matter), is_picture=True)
        case ResultPicture():
            return Printed(matter.name, draw_result(matter), is_picture=True)
        case SalesPicture():
            return Printed(matter.name, draw_sales(matter), is_picture=True)
        case DigestPicture():
            return Printed(matter.name, draw_digest(matter), is_picture=True)
        case PeriodPicture():
            return Printed(matter.name, draw_period(matter), is_picture=True)
        case PeriodOrder():
            raise TypeError("a period's report is gathered before it is printed")
        case Workbook():
            return Printed(matter.name, write_workbook(matter), is_picture=False)
        case Paper():
            return Printed(matter.name, write_paper(matter), is_picture=False)
