"""What came of a survey: the words of its picture, and its workbook."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.desk.people import Franchisee
from bot.desk.pictures import ResultBlock, ResultPicture, ResultRow
from bot.desk.questionnaire import QuestionKind, Questionnaire, read_questionnaire
from bot.desk.report import Row, SheetTable, Workbook
from bot.desk.script import Rendered
from bot.desk.survey import Participant, Standing, Survey, Tally, in_words, tally
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.survey_command import written_to
from bot.usecases.survey_start import region_name

_PEOPLE = ("name", "store", "region", "standing", "sent", "done")


def tallies(work: Work, survey: Survey) -> list[Tally]:
    """Question by question, of those who finished."""
    counts = work.surveys.counts(survey.id)
    questions = read_questionnaire(survey.name, survey.source).questions
    return [tally(question, counts.get(question.key, {})) for question in questions]


def result_picture(work: Work, office: Office, survey: Survey) -> ResultPicture:
    """Every word of the picture."""
    counts = work.surveys.standings(survey.id)
    answered, reached = counts.get(Standing.ANSWERED, 0), written_to(counts)
    return ResultPicture(
        name=office.after("picture_file", survey=survey.id),
        title=office.after("picture_title", title=survey.title),
        span=office.after("picture_span", region=region_name(office, survey.region), version=survey.version,
                          first=office.local(survey.started_at, "%Y-%m-%d"),
                          last=office.local(survey.ended_at or survey.closes_at, "%Y-%m-%d")),
        people=office.after("picture_people", answered=answered, reached=reached, share=_share(answered, reached),
                            blocked=counts.get(Standing.BLOCKED, 0), waiting=counts.get(Standing.WAITING, 0),
                            declined=counts.get(Standing.DECLINED, 0)),
        blocks=tuple(_block(office, n, found) for n, found in enumerate(tallies(work, survey), start=1)),
        caption=_caption(office, survey, "notice/survey_picture"),
    )  # fmt: skip


def _block(office: Office, number: int, found: Tally) -> ResultBlock:
    head = office.after("question", number=number, ask=found.question.ask, answered=found.answered)
    if found.question.kind is QuestionKind.WORDS:
        return ResultBlock(head, office.after("words_in_book", count=found.answered), ())
    labels = [bar.label for bar in found.bars]
    if found.question.kind is QuestionKind.SCALE:
        labels = [f"{labels[0]} {found.question.low}", *labels[1:-1], f"{labels[-1]} {found.question.high}"]
    rows = tuple(
        ResultRow(label, bar.share, office.after("bar", count=bar.count, share=f"{bar.share:.0%}"))
        for label, bar in zip(labels, found.bars, strict=True)
    )
    note = office.after("average", average=f"{found.average:.2f}") if found.average is not None else ""
    return ResultBlock(head, note, rows)


def result_book(work: Work, office: Office, survey: Survey) -> Workbook:
    """Three sheets: how many people are how far, the sums, every person's answers."""
    return Workbook(
        name=office.after("book_file", survey=survey.id),
        sheets=(_people_sheet(work, office, survey), _sums_sheet(work, office, survey),
                _answers_sheet(work, office, survey)),
        caption=_caption(office, survey, "notice/survey_book"),
    )  # fmt: skip


def _people_sheet(work: Work, office: Office, survey: Survey) -> SheetTable:
    counts = work.surveys.standings(survey.id)
    rows = tuple((office.after(f"standing_{s.value}"), counts.get(s, 0)) for s in Standing)
    return SheetTable(office.after("sheet_people"), _heads(office, "what", "count"), rows)


def _sums_sheet(work: Work, office: Office, survey: Survey) -> SheetTable:
    rows = [row for found in tallies(work, survey) for row in _sums(found)]
    heads = _heads(office, "question", "option", "count", "share", "answered")
    return SheetTable(office.after("sheet_sums"), heads, tuple(rows))


def _sums(found: Tally) -> list[Row]:
    if not found.bars:
        return [(found.question.ask, "", found.answered, "", found.answered)]
    return [(found.question.ask, b.label, b.count, f"{b.share:.1%}", found.answered) for b in found.bars]


def _answers_sheet(work: Work, office: Office, survey: Survey) -> SheetTable:
    questionnaire = read_questionnaire(survey.name, survey.source)
    answers = work.surveys.answers(survey.id)
    rows = tuple(
        (*_person(work, office, person), *_answers(questionnaire, answers.get(person.id, {})))
        for person in work.surveys.people(survey.id)
    )
    heads = (*_heads(office, *_PEOPLE), *(q.ask for q in questionnaire.questions))
    return SheetTable(office.after("sheet_answers"), heads, rows)


def _answers(questionnaire: Questionnaire, given: Mapping[str, str]) -> Sequence[str]:
    return [in_words(given.get(q.key, ""), q) for q in questionnaire.questions]


def _person(work: Work, office: Office, at: Participant) -> Row:
    person = work.franchisees.get(at.franchisee_id)
    return (
        person.name if person else "",
        (person.store_number if person else "") or "",
        _region(work, office, person),
        office.after(f"standing_{at.state.value}"),
        _moment(office, at.sent_at),
        _moment(office, at.done_at),
    )


def _region(work: Work, office: Office, person: Franchisee | None) -> str:
    store = work.stores.get(person.store_number) if person is not None and person.store_number else None
    region = office.region_of(store.province if store else person.province if person else None)
    return region.name if region else ""


def _moment(office: Office, at: datetime | None) -> str:
    return office.local(at, "%Y-%m-%d %H:%M") if at is not None else ""


def _heads(office: Office, *columns: str) -> tuple[str, ...]:
    return tuple(office.after(f"col_{column}") for column in columns)


def _caption(office: Office, survey: Survey, script: str) -> Rendered:
    return office.say(script, title=survey.title, region=region_name(office, survey.region))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "—"
