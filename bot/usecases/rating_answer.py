"""The franchisee rates: a figure, the reasons, a word; the message changes as they go on. Changeable for a while."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.follow_up import Spared
from bot.desk.outgoing import Private
from bot.desk.people import Franchisee
from bot.desk.rating import SCORES, Rating, RatingState
from bot.desk.script import Rendered
from bot.usecases.at_hand import Spot, require_case
from bot.usecases.low_rating import low_rating
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.rating_ask import score_buttons
from bot.usecases.say import edit, say
from bot.usecases.spare import spare_follow_up

TWO = 2
"""Reasons a row."""
LONGEST_WORDS = 500


def press_score(
    work: Work, office: Office, now: datetime, *, sender: Sender, subject: int, choice: str, spot: Spot
) -> str:
    """A figure: the message asks for the reasons then."""
    rating, person = _own(work, office, now, sender, subject)
    if choice not in map(str, SCORES):
        raise DeskError("notice/button_outdated")
    rated = rate(work, office, now, rating=rating, person=person, score=int(choice))
    edit(work, now, target=spot.ref, words=_asking_why(office, rated), buttons=_tag_buttons(office, rated))
    return office.after(f"score_{choice}")


def press_tag(
    work: Work, office: Office, now: datetime, *, sender: Sender, subject: int, choice: str, spot: Spot
) -> str:
    """A reason is ticked or unticked."""
    rating, _ = _own(work, office, now, sender, subject)
    tags = _tags(office, rating)
    if rating.score is None or not choice.isdecimal() or int(choice) >= len(tags):
        raise DeskError("notice/button_outdated")
    tag = tags[int(choice)]
    kept = tuple(t for t in tags if (t in rating.tags) is not (t == tag))
    changed = replace(rating, tags=kept)
    work.ratings.save(changed)
    edit(work, now, target=spot.ref, words=_asking_why(office, changed), buttons=_tag_buttons(office, changed))
    return tag


def press_tagged(
    work: Work, office: Office, now: datetime, *, sender: Sender, subject: int, choice: str, spot: Spot
) -> str:
    """That is all of the reasons: thanks, and a word if they like; the next words are the remark for a while."""
    rating, _ = _own(work, office, now, sender, subject)
    if rating.score is None:
        raise DeskError("notice/button_outdated")
    after = replace(rating, words_until=now + office.aftercare.rating.words_within)
    work.ratings.save(after)
    words = _thanks(office, after)
    edit(work, now, target=spot.ref, words=words, buttons=_change_button(office, after))
    _record_reasons(work, now, after)
    return words.text


def press_again(
    work: Work, office: Office, now: datetime, *, sender: Sender, subject: int, choice: str, spot: Spot
) -> str:
    """改分数: the five figures stand there again."""
    rating, _ = _own(work, office, now, sender, subject)
    words = office.say("notice/rate_again", case=str(rating.case_id))
    edit(work, now, target=spot.ref, words=words, buttons=score_buttons(office, rating.id))
    return ""


def rate_by_command(work: Work, office: Office, now: datetime, *, sender: Sender, query: str) -> None:
    """`/rate 5 [话]`: the newest closing that was asked about."""
    person = met(work, now, sender)
    score, _, words = query.strip().partition(" ")
    newest = work.ratings.newest_of(person.id)
    if newest is None or score not in map(str, SCORES):
        raise DeskError("notice/how_rate")
    rating, _ = _own(work, office, now, sender, newest.id)
    rated = rate(work, office, now, rating=rating, person=person, score=int(score))
    if words.strip():
        keep_words(work, now, rating=rated, words=words)
    say(work, office, now, to=Private(person.telegram_id), script=_why_script(rated), values=_values(office, rated),
        buttons=_tag_buttons(office, rated), case_id=rated.case_id)  # fmt: skip


def rate(work: Work, office: Office, now: datetime, *, rating: Rating, person: Franchisee, score: int) -> Rating:
    """Write a score down: a low one opens a task, a good one makes a call back by sample needless."""
    if rating.score == score:
        return rating
    until = now + office.aftercare.rating.words_within
    rated = replace(rating, state=RatingState.RATED, score=score, rated_at=rating.rated_at or now, words_until=until)
    if rated.is_good is not rating.is_good:
        rated = replace(rated, tags=())
    work.ratings.save(rated)
    work.events.add(Event(rating.case_id, Did.RATED, now, data={"score": str(score)}))
    case = require_case(work, rating.case_id)
    if score <= office.aftercare.rating.low:
        low_rating(work, office, now, rating=rated, person=person)
    elif rated.is_good and office.aftercare.follow_up.shares.get(case.kind, 0.0) < 1:
        spare_follow_up(work, now, case=case, why=Spared.RATED)
    return rated


def keep_words(work: Work, now: datetime, *, rating: Rating, words: str) -> Rating:
    """The remark; a second one is added to the first. The words after it are no remark any more."""
    text = "\n".join(filter(None, (rating.words, words.strip())))[:LONGEST_WORDS]
    kept = replace(rating, words=text, words_until=None)
    work.ratings.save(kept)
    return kept


def waits_for_words(work: Work, now: datetime, *, case: Case) -> Rating | None:
    """The rating of this ended case whose remark the next words may be."""
    rating = work.ratings.last_of(case.id)
    if rating is None or rating.words_until is None or now >= rating.words_until:
        return None
    return rating


def _own(work: Work, office: Office, now: datetime, sender: Sender, rating_id: int) -> tuple[Rating, Franchisee]:
    """The person's own rating, as long as it may be given or changed."""
    person = met(work, now, sender)
    rating = work.ratings.get(rating_id)
    if rating is None or rating.franchisee_id != person.id:
        raise DeskError("notice/button_outdated")
    if rating.state is RatingState.VOID:
        raise DeskError("notice/rating_over", case=str(rating.case_id))
    if not rating.may_change(now, office.aftercare.rating.change_within):
        raise DeskError("notice/rating_fixed", case=str(rating.case_id))
    return rating, person


def _tags(office: Office, rating: Rating) -> tuple[str, ...]:
    return office.labels.high_tags if rating.is_good else office.labels.low_tags


def _tag_buttons(office: Office, rating: Rating) -> Buttons:
    buttons = [
        Button(office.after("tag_on" if tag in rating.tags else "tag", tag=tag),
               Press(Verb.RATE_TAG, rating.id, str(n)))
        for n, tag in enumerate(_tags(office, rating))
    ]  # fmt: skip
    rows = tuple(tuple(buttons[i : i + TWO]) for i in range(0, len(buttons), TWO))
    return (*rows, (Button(office.after("tagged"), Press(Verb.RATE_TAGGED, rating.id)), *_change(office, rating)))


def _change(office: Office, rating: Rating) -> tuple[Button, ...]:
    return (Button(office.after("change"), Press(Verb.RATE_AGAIN, rating.id)),)


def _change_button(office: Office, rating: Rating) -> Buttons:
    return (_change(office, rating),)


def _why_script(rating: Rating) -> str:
    return "notice/rated_high" if rating.is_good else "notice/rated_low"


def _values(office: Office, rating: Rating) -> dict[str, str]:
    return {"case": str(rating.case_id), "score": office.after(f"score_{rating.score}"),
            "tags": "、".join(rating.tags) or office.after("no_tags")}  # fmt: skip


def _asking_why(office: Office, rating: Rating) -> Rendered:
    return office.say(_why_script(rating), **_values(office, rating))


def _thanks(office: Office, rating: Rating) -> Rendered:
    until = office.local((rating.rated_at or rating.asked_at) + office.aftercare.rating.change_within)
    return office.say("notice/rated_thanks", **_values(office, rating), until=until)


def _record_reasons(work: Work, now: datetime, rating: Rating) -> None:
    if rating.tags:
        data = {"score": str(rating.score), "why": "、".join(rating.tags)}
        work.events.add(Event(rating.case_id, Did.RATED, now, data=data))
