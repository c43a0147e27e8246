"""Rounds of surveys, the people of each, their answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from bot.desk.survey import Participant, Standing, Survey, SurveyState
from storage.aftercare import Kept
from storage.changed import changed
from storage.conditions import is_exactly
from storage.tables import FranchiseeRow, StoreRow, SurveyAnswerRow, SurveyPersonRow, SurveyRow

_RUNNING = is_exactly(col(SurveyRow.state), SurveyState.RUNNING.value)
_WAITING = is_exactly(col(SurveyPersonRow.state), Standing.WAITING.value)
_UNFINISHED = (Standing.WAITING.value, Standing.SENT.value, Standing.STARTED.value)


class SqlSurveys(Kept[Survey]):
    """Rounds, people, answers."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, SurveyRow, Survey, {"state": SurveyState})
        self._people: Kept[Participant] = Kept(session, SurveyPersonRow, Participant, {"state": Standing})

    def running(self) -> Sequence[Survey]:
        """Rounds that go on."""
        return sorted(self.all(select(SurveyRow).where(_RUNNING)), key=lambda survey: survey.id)

    def newest(self, *, limit: int = 10) -> Sequence[Survey]:
        """Rounds, the newest first."""
        return self.all(select(SurveyRow).order_by(col(SurveyRow.id).desc()).limit(limit))

    def enrol(self, survey_id: int, *, provinces: Sequence[str] | None, strangers: Sequence[int]) -> int:
        """Everybody who has written, in one statement; the bound store says where, else the person's own word."""
        place = func.coalesce(col(StoreRow.province), col(FranchiseeRow.province))
        people = select(
            literal(survey_id), col(FranchiseeRow.id), literal(Standing.WAITING.value), literal(0), literal("")
        ).select_from(FranchiseeRow)
        people = people.outerjoin(StoreRow, col(StoreRow.folded) == func.lower(col(FranchiseeRow.store_number)))
        people = people.where(col(FranchiseeRow.telegram_id).not_in(strangers)).order_by(col(FranchiseeRow.id))
        if provinces is not None:
            people = people.where(place.in_(provinces))
        columns = ["survey_id", "franchisee_id", "state", "position", "ticked"]
        statement = insert(SurveyPersonRow).from_select(columns, people)
        done = self._session.execute(statement.execution_options(preserve_rowcount=True))
        return changed(done)

    def next_waiting(self, survey_id: int, *, limit: int) -> Sequence[Participant]:
        """Who is to be written to next; another process gets others."""
        query = (
            select(SurveyPersonRow)
            .where(col(SurveyPersonRow.survey_id) == survey_id, _WAITING)
            .order_by(col(SurveyPersonRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return self._people.all(query)

    def person(self, person_id: int) -> Participant | None:
        """One person in a round, locked."""
        return self._people.get(person_id)

    def newest_of(self, franchisee_id: int) -> Participant | None:
        """The newest round in which somebody was written to."""
        mine = select(SurveyPersonRow).where(
            col(SurveyPersonRow.franchisee_id) == franchisee_id,
            col(SurveyPersonRow.state) != Standing.WAITING.value,
        )
        return self._people.one(mine.order_by(col(SurveyPersonRow.id).desc()).limit(1))

    def save_person(self, person: Participant) -> None:
        """Write a person's standing back."""
        self._people.save(person)

    def blocked(self, franchisee_id: int) -> None:
        """Where they have not finished, and the round goes on, they count as blocked."""
        rounds = [survey.id for survey in self.running()]
        mine = col(SurveyPersonRow.franchisee_id) == franchisee_id
        unfinished = col(SurveyPersonRow.state).in_(_UNFINISHED)
        if rounds:
            here = col(SurveyPersonRow.survey_id).in_(rounds)
            change = update(SurveyPersonRow).where(mine, unfinished, here).values(state=Standing.BLOCKED.value)
            self._session.execute(change.execution_options(synchronize_session=False))

    def answer(self, person: Participant, question: str, value: str, *, at: datetime) -> None:
        """Keep an answer in the place of an older one."""
        make = sqlite_insert if self._session.get_bind().dialect.name == "sqlite" else pg_insert
        new = {"value": value, "at": at}
        row = {"person_id": person.id, "question": question, "survey_id": person.survey_id, **new}
        statement = make(SurveyAnswerRow.__table__).values(**row)  # type: ignore[attr-defined]  # made by SQLModel
        self._session.execute(statement.on_conflict_do_update(index_elements=["person_id", "question"], set_=new))

    def answers_of(self, person_id: int) -> Mapping[str, str]:
        """A person's answers."""
        query = select(col(SurveyAnswerRow.question), col(SurveyAnswerRow.value))
        found = self._session.execute(query.where(col(SurveyAnswerRow.person_id) == person_id))
        return {str(question): str(value) for question, value in found}

    def standings(self, survey_id: int) -> Mapping[Standing, int]:
        """How many people are how far."""
        query = select(col(SurveyPersonRow.state), func.count()).where(col(SurveyPersonRow.survey_id) == survey_id)
        found = self._session.execute(query.group_by(col(SurveyPersonRow.state)))
        return {Standing(state): int(count) for state, count in found}

    def counts(self, survey_id: int) -> Mapping[str, Mapping[str, int]]:
        """How often each answer was given by those who finished."""
        query = (
            select(col(SurveyAnswerRow.question), col(SurveyAnswerRow.value), func.count())
            .join(SurveyPersonRow, col(SurveyPersonRow.id) == col(SurveyAnswerRow.person_id))
            .where(col(SurveyAnswerRow.survey_id) == survey_id, col(SurveyPersonRow.state) == Standing.ANSWERED.value)
            .group_by(col(SurveyAnswerRow.question), col(SurveyAnswerRow.value))
        )
        counts: dict[str, dict[str, int]] = {}
        for question, value, count in self._session.execute(query):
            counts.setdefault(question, {})[value] = int(count)
        return counts

    def people(self, survey_id: int) -> Sequence[Participant]:
        """Everybody of a round, in order."""
        mine = select(SurveyPersonRow).where(col(SurveyPersonRow.survey_id) == survey_id)
        return self._people.all(mine.order_by(col(SurveyPersonRow.id)))

    def answers(self, survey_id: int) -> Mapping[int, Mapping[str, str]]:
        """Every answer of a round."""
        columns = (col(SurveyAnswerRow.person_id), col(SurveyAnswerRow.question), col(SurveyAnswerRow.value))
        found: dict[int, dict[str, str]] = {}
        for person, question, value in self._session.execute(
            select(*columns).where(col(SurveyAnswerRow.survey_id) == survey_id)
        ):
            found.setdefault(person, {})[question] = value
        return found
