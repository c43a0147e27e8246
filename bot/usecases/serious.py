"""Is this a serious complaint (重大、紧急投诉)? Whoever keeps complaints by level answers it here."""

from bot.desk.case import Case, Level
from bot.usecases.ports import Work


def is_serious(work: Work, case: Case) -> bool:
    """A complaint that went beyond the specialists: the supervisor calls back, not whoever it went past."""
    return case.kind == "complaint" and case.level is not Level.SPECIALIST
