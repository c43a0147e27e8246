"""`/goals [期间]`: what the department has set itself, and how far it is."""

from datetime import datetime, timedelta

from bot.desk.errors import DeskError
from bot.desk.goals import Goal, GoalFigure
from bot.desk.sales import SalesPeriod, Total, covered, sales_period
from bot.desk.service import on_time
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room
from bot.usecases.ledger import figures_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.sales_report import midnight
from bot.usecases.sales_words import period_name
from bot.usecases.say import say

THIS_MONTH = "本月"


def show_goals(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """For everybody of the staff: what one is measured by is no secret."""
    require_staff(work, staff_telegram_id)
    period = sales_period(query.strip() or THIS_MONTH, office.today(now))
    if period is None:
        raise DeskError("notice/how_goals", word=query.strip())
    if not office.goals:
        raise DeskError("notice/no_goals")
    values = {"period": period_name(office, period), "lines": "\n".join(goal_lines(work, office, now, period))}
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/goals", values=values)


def goal_lines(work: Work, office: Office, now: datetime, period: SalesPeriod) -> list[str]:
    """Each goal with its value and whether it is met (the digest may show them too)."""
    return [_line(office, goal, value_of(work, office, now, goal.figure, period)) for goal in office.goals]


def value_of(work: Work, office: Office, now: datetime, figure: GoalFigure, period: SalesPeriod) -> float | None:
    """Per cent, or a number (open cases: now); None when there is nothing to measure."""
    days = period.days
    match figure:
        case GoalFigure.FIRST_ANSWER_ON_TIME:
            return _first_answers(work, office, now, period)
        case GoalFigure.CLOSED_BY_FIRST_OWNER:
            share = figures_of(work, office, now, days).share
            return None if share is None else share * 100
        case GoalFigure.OPEN_CASES:
            return float(sum(work.cases.open_counts().values()))
        case GoalFigure.SALES_ATTAINMENT:
            known = covered(days, work.sales.newest(days))
            sums = work.sales.sums(known) if known.first < known.end else {}
            attained = sum(sums.values(), Total()).attained
            return None if attained is None else attained * 100


def _first_answers(work: Work, office: Office, now: datetime, period: SalesPeriod) -> float | None:
    """The share of the cases opened then whose first human answer came within [desk] answer_within."""

    def measure(start: datetime, end: datetime) -> timedelta:
        return office.worked(start, min(end, now))

    days = period.days
    cases = work.sales.served(midnight(office, days.first), midnight(office, days.end))
    good, due = on_time(cases, measure, within=office.sla.general.first_answer, now=now)
    return good / due * 100 if due else None


def _line(office: Office, goal: Goal, value: float | None) -> str:
    target = office.sales(
        "goal_at_most" if goal.figure.is_at_most else "goal_at_least", target=_number(goal, goal.target)
    )
    if value is None:
        told, state = office.sales("goal_nothing"), office.sales("goal_nothing_yet")
    else:
        told, state = _number(goal, value), office.sales("goal_met" if goal.is_met(value) else "goal_missed")
    return office.sales("goal", name=goal.name, value=told, target=target, state=state)


def _number(goal: Goal, value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") + ("%" if goal.figure.is_share else "")
