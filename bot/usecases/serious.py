"""Is this a serious complaint (重大、紧急投诉)? Whoever answers it here decides who calls back."""

from bot.desk.case import Case, Level
from bot.desk.complaint import Grade
from bot.usecases.complaint_words import standing_complaint
from bot.usecases.ports import Work


def is_serious(work: Work, case: Case) -> bool:
    """A complaint of a higher grade, or one that went beyond the specialists: the supervisor calls back."""
    complaint = standing_complaint(work, case.id)
    is_grave = complaint is not None and complaint.grade is not Grade.NORMAL
    return is_grave or (case.kind == "complaint" and case.level is not Level.SPECIALIST)
