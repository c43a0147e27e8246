"""A warning in words: its rule with the numbers, the cases that set it off, and what became of it."""

from bot.desk.warnings import EarlyWarning, WarningRule
from bot.usecases.at_hand import franchisee_of
from bot.usecases.office import Office
from bot.usecases.ports import Work

SHOWN = 5
"""Cases quoted in a warning; 查看 shows all that it carries."""
EXCERPT = 60


def what_of(office: Office, warning: EarlyWarning) -> str:
    """The rule and its numbers in a sentence."""
    numbers = dict(warning.numbers)
    if "topic" in numbers:
        numbers["topic"] = office.labels.kinds.get(numbers["topic"], numbers["topic"])
    if "region" in numbers:
        region = office.region(numbers["region"])
        numbers["region"] = region.name if region else office.alert("nowhere")
    if warning.rule is WarningRule.REPEATED:
        numbers["days"] = f"{office.warnings.repeat_within.total_seconds() / 86400:g}"
    return office.alert(warning.rule.value, **numbers)


def words_of_cases(work: Work, office: Office, warning: EarlyWarning, *, most: int = SHOWN) -> str:
    """Each case with what was first said in it."""
    lines = [_case(work, office, case_id) for case_id in warning.cases[-most:]]
    return "\n".join(line for line in lines if line) or office.alert("no_cases")


def _case(work: Work, office: Office, case_id: int) -> str:
    case = work.cases.get(case_id)
    if case is None:
        return ""
    complaint = work.complaints.get(case_id)
    said = complaint.why if complaint is not None else first_words(work, case_id)
    return office.alert("case", case=case.id, name=franchisee_of(work, case).name, kind=office.kind_of(case),
                        words=" ".join(said.split())[:EXCERPT] or "—")  # fmt: skip


def first_words(work: Work, case_id: int) -> str:
    """What the franchisee first wrote in a case."""
    return next((m.content.text for m in work.messages.of_case(case_id) if m.staff_id is None and m.content.text), "")


def state_of(work: Work, office: Office, warning: EarlyWarning) -> str:
    """Who took it and after how long, and why it was closed."""
    names = {s.id: s.name for s in work.staff.all()}
    words = []
    if warning.taken_at is not None and warning.raised_at is not None:
        name = names.get(warning.taken_by or 0, office.word("nobody"))
        words.append(office.alert("taken", name=name, span=office.span(warning.taken_at - warning.raised_at)))
    if warning.closed_at is not None:
        name = names.get(warning.closed_by or 0, office.word("nobody"))
        words.append(office.alert("closed", name=name, reason=warning.reason))
    return "；".join(words) or office.alert("untaken")


def line_of(work: Work, office: Office, warning: EarlyWarning) -> str:
    """One line of a list."""
    return office.alert("line", warning=warning.id, level=office.alert(warning.level.value),
                        at=office.local(warning.raised_at), what=what_of(office, warning),
                        state=state_of(work, office, warning))  # fmt: skip
