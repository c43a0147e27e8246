"""What a draft is made of: the clause around a finding, what is marked in it, what it says altogether."""

import json

import pytest

from bot.desk.draft import Draft, DraftItem, DraftState, clause, missing, spans
from bot.desk.lint import Category, Courtesy, Finding, Severity
from bot.desk.message import Content, ContentKind, MessageRef
from bot.desk.rich import marked
from bot.desk.split import units
from tests.storage.made import NOON


def finding(start: int, end: int) -> Finding:
    return Finding(Category.RIGID, Severity.BLOCK, "r", start, end, "", "")


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("您好，周转筐不归我司所有，请还给物流", "不归我", "周转筐不归我司所有"),
        ("不归我管", "不归我管", "不归我管"),
        ("他说“不归我管”，我来办", "不归我管", "不归我管"),
        ("第一行\n  这不归我管  \n第三行", "不归我管", "这不归我管"),
        ("急什么？急什么！", "急什么", "急什么"),
        ("跨，句。子", "跨，句", "跨，句"),
    ],
)
def test_the_clause_around_a_finding(text: str, word: str, expected: str) -> None:
    start = text.index(word)
    assert clause(text, start, start + len(word)) == expected


def test_what_is_marked_has_no_overlaps_and_is_in_order() -> None:
    assert spans([finding(5, 8), finding(0, 2), finding(1, 3), finding(3, 4), finding(9, 9)]) == [(0, 4), (5, 8)]


def test_marks_count_as_telegram_does() -> None:
    text = "😀𠮷不归我管👨‍👩‍👧"
    rich = marked(text, [(2, 6)], ("bold", "underline"))
    units16 = text.encode("utf-16-le")
    for entity in json.loads(rich.entities):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        assert units16[2 * start : 2 * end].decode("utf-16-le") == "不归我管"
    assert units(text) == len(units16) // 2


def test_what_a_reply_lacks() -> None:
    assert missing(Courtesy(qing=True, nin=True, zaijian=False)) == ()
    assert missing(Courtesy(qing=False, nin=False, zaijian=True)) == ("qing", "nin")


def test_a_draft_speaks_with_all_its_items_and_has_better_words_only_where_each_has() -> None:
    photo = DraftItem(Content(ContentKind.PHOTO), MessageRef(1, 1))
    said = DraftItem(Content(ContentKind.PHOTO, "不归我管"), MessageRef(1, 2), "我来管")
    mute = DraftItem(Content(ContentKind.PHOTO, "没门"), MessageRef(1, 3))
    draft = Draft(1, 1, 1, DraftState.HELD, NOON, (photo, said))
    assert (draft.text, draft.better, draft.ref) == ("不归我管", "我来管", MessageRef(1, 2))
    assert Draft(1, 1, 1, DraftState.HELD, NOON, (photo, said, mute)).better == ""


def test_new_words_are_a_new_version_and_the_old_ones_stay_on_record() -> None:
    said = DraftItem(Content(ContentKind.TEXT, "不归我管"), MessageRef(1, 2), "我来管")
    draft = Draft(1, 1, 1, DraftState.REFUSED, NOON, (said,)).rewritten(
        (DraftItem(Content(ContentKind.TEXT, "没门"), MessageRef(1, 2)),)
    )
    assert (draft.version, draft.versions, draft.text, draft.state) == (1, ("不归我管",), "没门", DraftState.HELD)
