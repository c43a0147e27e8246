"""A warning in words: its rule with the numbers, the cases that set it off, and what became of it."""

from datetime import timedelta

from bot.desk.warnings import BETWEEN, EarlyWarning, WarningRule
from bot.usecases.at_hand import franchisee_of
from bot.usecases.office import Office
from bot.usecases.ports import Work

SHOWN = 5
"""Cases quoted in a warning; 查看 shows all that it carries."""
EXCERPT = 60
LONG_EXCERPT = 200


def what_of(office: Office, warning: EarlyWarning) -> str:
    """The rule and its numbers in a sentence."""
    numbers = dict(warning.numbers)
    if "topic" in numbers:
        topics = numbers["topic"].split(BETWEEN)
        numbers["topic"] = BETWEEN.join(office.labels.kinds.get(topic, topic) for topic in topics)
    if "dangers" in numbers:
        numbers["dangers"] = BETWEEN.join(office.labels.dangers.get(d, d) for d in numbers["dangers"].split())
    if "region" in numbers:
        region = office.region(numbers["region"])
        numbers["region"] = region.name if region else office.alert("nowhere")
    if warning.rule is WarningRule.REPEATED:
        numbers["days"] = _days(office.warnings.repeat_within)
    return office.alert(warning.rule.value, **numbers)


def rule_of(office: Office, warning: EarlyWarning) -> str:
    """The rule by which it was raised, with its thresholds as they are set now."""
    terms = office.warnings
    return office.alert(
        f"rule_{warning.rule.value}",
        repeat=terms.repeat_cases, days=_days(terms.repeat_within), stores=terms.burst_stores,
        level=f"{terms.burst_level:g}", due=terms.deadline_cases, share=f"{terms.deadline_share:.0%}",
        ahead=office.span(terms.deadline_ahead), ratings=terms.low_ratings, low=office.aftercare.rating.low,
        low_level=f"{terms.low_level:g}", words=terms.words_count, words_level=f"{terms.words_level:g}",
        low_days=_days(terms.low_within), words_days=_days(terms.words_within),
    )  # fmt: skip


def _days(span: timedelta) -> str:
    return f"{span / timedelta(days=1):g}"


def words_of_cases(work: Work, office: Office, warning: EarlyWarning, *, most: int = SHOWN) -> str:
    """The messages that set it off, each with its case."""
    lines = [_case(work, office, warning, case_id) for case_id in warning.cases[-most:]]
    return "\n".join(line for line in lines if line) or office.alert("no_cases")


def _case(work: Work, office: Office, warning: EarlyWarning, case_id: int) -> str:
    case = work.cases.get(case_id)
    if case is None:
        return ""
    said = " ".join(_said(work, warning, case_id).split())
    most = LONG_EXCERPT if len(warning.cases) == 1 else EXCERPT
    return office.alert("case", case=case.id, name=franchisee_of(work, case).name, kind=office.kind_of(case),
                        words=said[:most] or "—")  # fmt: skip


def _said(work: Work, warning: EarlyWarning, case_id: int) -> str:
    """What speaks for it in a case: the words of danger, a specialist's words, a rating's remark; else what was first
    written.
    """
    match warning.rule:
        case WarningRule.DANGER:
            said = warning.numbers.get("said", "")
        case WarningRule.WORDS:
            found = work.findings.last_of(case_id, int(warning.subject))
            said = found.context if found is not None else ""
        case WarningRule.LOW_RATING | WarningRule.DISSATISFIED:
            rating = work.ratings.last_of(case_id)
            said = rating.words if rating is not None else ""
        case _:
            complaint = work.complaints.get(case_id)
            said = complaint.why if complaint is not None else ""
    return said or first_words(work, case_id)


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


def warning_line(office: Office, warning: EarlyWarning) -> str:
    """The line by which another notice tells of it, with how it is taken or closed."""
    return office.alert("beside_alert", warning=warning.id, level=office.alert(warning.level.value))
