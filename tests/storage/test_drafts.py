"""Drafts, findings and exceptions come back as they were stored, and are found by what people have at hand."""

from dataclasses import replace

from bot.desk.draft import DraftItem, DraftState, Outcome
from bot.desk.lint import Severity
from bot.desk.message import Content, ContentKind, MessageRef
from bot.usecases.ports import FoundCount, ReplyCount, RuleChange, RuleException
from storage.desk_thread import Storage
from tests.storage.made import GROUP, HUGE, NOON, draft, found, later

HERE, THERE = MessageRef(GROUP, 7), MessageRef(-HUGE, HUGE)


def test_a_draft_comes_back_as_it_was_stored(storage: Storage) -> None:
    picture = DraftItem(Content(ContentKind.PHOTO, "看", '[{"type":"bold"}]', "w", "转", "77"), THERE, "请看")
    whole = replace(
        draft(ref=HERE, thread_id=HUGE, reply_to=THERE, quote="货", script_id="order/freight", edits=HUGE, sent=3,
              asked_why="急", settled_at=later(5), settled_by=9, version=2, versions=("旧", "更旧")),
        items=(*draft(ref=HERE).items, picture, DraftItem(Content(ContentKind.PHOTO))),
    )  # fmt: skip
    kept = storage.run_now(lambda work: work.drafts.add(whole))
    assert storage.run_now(lambda work: work.drafts.get(kept.id)) == replace(whole, id=kept.id) == kept


def test_a_draft_is_written_back_with_its_items(storage: Storage) -> None:
    kept = storage.run_now(lambda work: work.drafts.add(draft(1, "一", "二", "三")))
    after = replace(kept, items=draft(1, "四").items, state=DraftState.ASKED, version=1)
    storage.run_now(lambda work: work.drafts.save(after))
    assert storage.run_now(lambda work: work.drafts.get(kept.id)) == after
    assert storage.run_now(lambda work: work.drafts.asked()) == [after]
    assert storage.run_now(lambda work: work.drafts.count_asked()) == 1


def test_a_draft_is_found_by_where_it_was_written_by_what_it_edits_and_by_its_case(storage: Storage) -> None:
    def fill(work):  # type: ignore[no-untyped-def]
        return [
            work.drafts.add(d).id
            for d in (
                draft(ref=HERE, state=DraftState.WITHDRAWN), draft(ref=HERE), draft(2, ref=THERE, edits=5),
                draft(2, edits=5, state=DraftState.CHANGED), draft(2, state=DraftState.REFUSED),
            )
        ]  # fmt: skip

    first, second, third, fourth, fifth = storage.run_now(fill)

    def ids(found):  # type: ignore[no-untyped-def]
        return [d.id for d in found]

    assert storage.run_now(lambda work: work.drafts.at(HERE)).id == second
    assert storage.run_now(lambda work: work.drafts.at(MessageRef(1, 1))) is None
    assert storage.run_now(lambda work: work.drafts.edit_of(5)).id == third
    assert storage.run_now(lambda work: work.drafts.edit_of(6)) is None
    assert ids(storage.run_now(lambda work: work.drafts.living(1))) == [second]
    assert ids(storage.run_now(lambda work: work.drafts.living(2))) == [third, fifth]
    assert ids(storage.run_now(lambda work: work.drafts.of_case(2))) == [third, fourth, fifth]
    assert first


def test_findings_come_back_and_are_settled_with_their_draft(storage: Storage) -> None:
    mine = [
        found(draft_id=4, version=1, is_suspected=True), found(draft_id=4, category="rigid", version=2),
        found(draft_id=5),
    ]  # fmt: skip
    kept = storage.run_now(lambda work: work.findings.add(mine))
    assert [replace(f, id=0) for f in kept] == mine
    storage.run_now(lambda work: work.findings.settle(4, Outcome.RELEASED, message_id=8))
    settled = storage.run_now(lambda work: work.findings.of_draft(4))
    assert [(f.outcome, f.message_id) for f in settled] == [(Outcome.RELEASED, 8)] * 2
    assert storage.run_now(lambda work: work.findings.of_message(8)) == settled
    assert [f.outcome for f in storage.run_now(lambda work: work.findings.of_draft(5))] == [Outcome.OPEN]
    storage.run_now(lambda work: work.findings.became([kept[2].id], Outcome.CHANGED))
    assert storage.run_now(lambda work: work.findings.get(kept[2].id)).outcome is Outcome.CHANGED
    assert storage.run_now(lambda work: work.findings.last_of(1, 1)).id == kept[2].id
    assert storage.run_now(lambda work: work.findings.last_of(1, 2)) is None


def test_a_hint_is_known_by_its_case_and_a_missing_goodbye_is_none(storage: Storage) -> None:
    hint = {"severity": Severity.HINT, "outcome": Outcome.SENT}
    storage.run_now(lambda work: work.findings.add([found(1), found(2, "zaijian", **hint), found(3, "nin", **hint)]))
    assert [storage.run_now(lambda work, c=c: work.findings.has_hint(c)) for c in (1, 2, 3)] == [False, False, True]


def test_false_alarms_wait_until_somebody_decides(storage: Storage) -> None:
    (one, two) = storage.run_now(lambda work: work.findings.add([found(), found()]))
    storage.run_now(lambda work: work.findings.doubt(one.id, "open", at=later(1), by=9))
    (waiting,) = storage.run_now(lambda work: work.findings.doubted())
    assert (waiting.id, waiting.doubted_by, waiting.doubted_at) == (one.id, 9, later(1))
    storage.run_now(lambda work: work.findings.doubt(one.id, "excepted", at=later(2)))
    assert storage.run_now(lambda work: work.findings.doubted()) == []
    after = storage.run_now(lambda work: work.findings.get(one.id))
    assert (after.doubt, after.doubted_by) == ("excepted", 9)
    assert two.doubt == ""


def test_findings_are_counted_by_person_kind_and_outcome(storage: Storage) -> None:
    storage.run_now(
        lambda work: work.findings.add(
            [
                found(draft_id=1), found(doubt="open"), found(staff_id=2), found(outcome=Outcome.SENT, doubt="kept"),
                found(at=later(60)), found(at=later(-1)),
            ]
        )
    )  # fmt: skip
    counts = storage.run_now(lambda work: work.findings.counts(NOON, later(60)))
    assert sorted(counts, key=str) == [
        FoundCount(1, "shirk", Outcome.OPEN, 2, 1, 1),
        FoundCount(1, "shirk", Outcome.SENT, 1, 0, 0),
        FoundCount(2, "shirk", Outcome.OPEN, 1, 0, 0),
    ]
    replies = storage.run_now(lambda work: work.findings.replies(NOON, later(60)))
    assert sorted(replies, key=str) == [ReplyCount(1, 1, 1), ReplyCount(2, 0, 1)]
    left = storage.run_now(lambda work: work.findings.replies(NOON, later(60), but_doubted=True))
    assert sorted(left, key=str) == [ReplyCount(1, 1, 1), ReplyCount(2, 0, 1)]
    (own,) = storage.run_now(lambda work: work.findings.counts(NOON, later(60), staff_id=2))
    assert own.staff_id == 2


def test_an_exception_is_in_force_until_it_is_taken_back(storage: Storage) -> None:
    wanted = RuleException(0, "shirk/1", "周转筐不归我管", NOON, 9, 4)
    made = storage.run_now(lambda work: work.rules.except_(wanted))
    again = storage.run_now(lambda work: work.rules.except_(replace(wanted, staff_id=8)))
    assert made == again == replace(wanted, id=made.id)
    assert storage.run_now(lambda work: work.rules.exceptions()) == [made]
    assert storage.run_now(lambda work: work.rules.unexcept(made.id, at=later(1), by=9))
    assert not storage.run_now(lambda work: work.rules.unexcept(made.id, at=later(2), by=9))
    assert storage.run_now(lambda work: work.rules.exceptions()) == []
    anew = storage.run_now(lambda work: work.rules.except_(wanted))
    assert anew.id != made.id


def test_changes_are_kept_in_order_and_only_those_of_files_raise_the_version(storage: Storage) -> None:
    assert storage.run_now(lambda work: work.rules.version()) == 0
    changes = [
        RuleChange(0, "reload", NOON, None, "a.toml", "ab12"), RuleChange(0, "except", later(1), 9, "周转筐"),
        RuleChange(0, "reload", later(2), 9, "b.toml", "cd34"), RuleChange(0, "unexcept", later(3), 9, "周转筐"),
    ]  # fmt: skip
    for change in changes:
        storage.run_now(lambda work, change=change: work.rules.changed(change))
    kept = storage.run_now(lambda work: work.rules.changes())
    assert [replace(c, id=0) for c in kept] == changes[::-1]
    assert storage.run_now(lambda work: work.rules.version()) == kept[1].id
