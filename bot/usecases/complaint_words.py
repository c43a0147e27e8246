"""Short words about a complaint, for cards and lists."""

from bot.desk.case import Case
from bot.desk.complaint import GRADE_NAMES, Complaint
from bot.desk.patrol import is_contacted
from bot.usecases.office import Office
from bot.usecases.ports import Work

COMPLAINT_KIND = "complaint"


def danger_names(office: Office, complaint: Complaint) -> str:
    """What made it urgent at once, by name; empty when nothing did."""
    return "、".join(office.labels.dangers[code] for code in complaint.dangers.split())


def cause_name(office: Office, complaint: Complaint) -> str:
    """The cause's name (one that the file no longer knows keeps its code), or that it is not known yet."""
    return office.labels.causes.get(complaint.cause, complaint.cause) or office.word("unsorted")


def complaint_line(work: Work, office: Office, case: Case) -> list[str]:
    """The card's line, when the case is a complaint."""
    complaint = work.complaints.get(case.id) if case.kind == COMPLAINT_KIND else None
    if complaint is None or complaint.is_void:
        return []
    names = danger_names(office, complaint)
    line = office.line(
        "card_complaint",
        grade=GRADE_NAMES[complaint.grade],
        dangers=office.line("card_dangers", names=names) if names else "",
        contact=_contact(office, complaint, case),
        finding=cause_name(office, complaint) if complaint.has_finding else office.word("not_found_yet"),
    )
    return [line]


def _contact(office: Office, complaint: Complaint, case: Case) -> str:
    """Until when somebody has to be in contact, or that somebody was."""
    if is_contacted(complaint, case):
        return office.line("card_contacted")
    return office.line("card_contact_by", contact_by=office.local(complaint.contact_by))


def standing_complaint(work: Work, case_id: int) -> Complaint | None:
    """The ledger's row of a case, unless it was taken back."""
    complaint = work.complaints.get(case_id)
    return None if complaint is None or complaint.is_void else complaint
