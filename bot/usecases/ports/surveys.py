"""What the use cases need of storage: rounds of surveys, the people of each, their answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.desk.survey import Participant, Standing, Survey


class Surveys(Protocol):
    """Rounds, people, answers; a round or a person that is read alone is locked until the unit of work ends."""

    def add(self, item: Survey) -> Survey:
        """Store a new round (its id is given here)."""

    def save(self, item: Survey) -> None:
        """Write a round back."""

    def get(self, item_id: int) -> Survey | None:
        """One round."""

    def running(self) -> Sequence[Survey]:
        """Rounds that go on."""

    def newest(self, *, limit: int = 10) -> Sequence[Survey]:
        """Rounds, the newest first."""

    def enrol(self, survey_id: int, *, provinces: Sequence[str] | None, strangers: Sequence[int]) -> int:
        """Take everybody into a round who has written and whose store (else whose own word) lies in these provinces
        (None: everybody), but for the accounts of `strangers`; how many.
        """

    def next_waiting(self, survey_id: int, *, limit: int) -> Sequence[Participant]:
        """Who is to be written to next, locked; another process gets others."""

    def person(self, person_id: int) -> Participant | None:
        """One person in a round."""

    def newest_of(self, franchisee_id: int) -> Participant | None:
        """The newest round in which somebody was written to, with how far they are."""

    def save_person(self, person: Participant) -> None:
        """Write a person's standing back."""

    def blocked(self, franchisee_id: int) -> None:
        """Somebody cannot be written to: where they have not finished, they count as blocked."""

    def answer(self, person: Participant, question: str, value: str, *, at: datetime) -> None:
        """Keep an answer; a second one takes the place of the first."""

    def answers_of(self, person_id: int) -> Mapping[str, str]:
        """A person's answers, by the question's key."""

    def standings(self, survey_id: int) -> Mapping[Standing, int]:
        """How many people are how far."""

    def counts(self, survey_id: int) -> Mapping[str, Mapping[str, int]]:
        """How often each answer was given, by the question's key; only of those who finished."""

    def people(self, survey_id: int) -> Sequence[Participant]:
        """Everybody of a round, in order."""

    def answers(self, survey_id: int) -> Mapping[int, Mapping[str, str]]:
        """Every answer of a round, by person and question."""
