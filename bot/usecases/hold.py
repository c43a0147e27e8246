"""Hold back a reply, or an edit, in which something was found: the draft is kept, and whoever wrote it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.draft import Draft, DraftItem, DraftState, Outcome, spans
from bot.desk.events import Did, Event
from bot.desk.lint import Finding, Report
from bot.desk.message import Content, Incoming, Message, MessageRef
from bot.desk.people import Staff
from bot.desk.rich import Rich, joined, marked
from bot.usecases.album import is_of_album, pull_back
from bot.usecases.at_hand import franchisee_of, require_case
from bot.usecases.change import restore_copy
from bot.usecases.found import data_of, keep_found, tell_leaders, told
from bot.usecases.office import Office
from bot.usecases.pass_on import Words
from bot.usecases.ports import Work
from bot.usecases.say import say_rich
from bot.usecases.topics import place_of

LOOKS = ("bold", "underline")
"""How found words are marked in the original."""


def album_held(work: Work, case: Case, who: Staff, content: Content) -> Draft | None:
    """The draft that holds other items of the same album: what belongs together is held together."""
    if not is_of_album(content):
        return None
    mine = (d for d in work.drafts.living(case.id) if d.staff_id == who.id)
    return next((d for d in mine if any(i.content.album == content.album for i in d.items)), None)


def hold_reply(
    work: Work, office: Office, now: datetime, *, case: Case, who: Staff, words: Words, report: Report,
    album: Draft | None,
) -> None:  # fmt: skip
    """Nothing goes out; the draft survives whatever happens to this process."""
    item = held_item(work, office, case, words.content, words.ref)
    if album is None:
        items = (*_pulled_back(work, now, case, words.content), item)
        draft = work.drafts.add(
            Draft(
                id=0, case_id=case.id, staff_id=who.id, state=DraftState.HELD, at=now, items=items,
                thread_id=words.thread_id, reply_to=words.reply_to, quote=words.quote, script_id=words.script_id,
            )
        )  # fmt: skip
    else:
        draft = with_item(album, item, is_changed=bool(report.findings))
        work.drafts.save(draft)
    if words.ref is not None:
        work.messages.place(words.ref, case_id=case.id, message_id=None)
    if report.findings:
        held_again(work, office, now, draft=draft, who=who, item=item, findings=report.findings)


def hold_edit(
    work: Work, office: Office, now: datetime, *, who: Staff, kept: Message, message: Incoming, report: Report
) -> None:
    """The franchisee keeps what they have; the new words wait like a reply that is held."""
    case = require_case(work, kept.case_id)
    item = held_item(work, office, case, replace(message.content, album=""), message.ref)
    known = work.drafts.edit_of(kept.id)
    if known is None:
        draft = work.drafts.add(
            Draft(
                id=0, case_id=case.id, staff_id=who.id, state=DraftState.HELD, at=now, items=(item,),
                version=len(kept.versions) + 1, thread_id=message.thread_id, edits=kept.id,
            )
        )  # fmt: skip
    else:
        draft = known.rewritten((item,))
        work.drafts.save(draft)
    held_again(work, office, now, draft=draft, who=who, item=item, findings=report.findings)
    if is_of_album(kept.content):
        restore_copy(work, office, now, kept=kept)


def held_item(work: Work, office: Office, case: Case, content: Content, ref: MessageRef | None) -> DraftItem:
    """A message of a draft, with a better wording where the lint has one."""
    better = office.linter.better(content.text, facts(work, office, case)) if content.text.strip() else ""
    return DraftItem(content, ref, "" if better == content.text else better)


def facts(work: Work, office: Office, case: Case) -> Mapping[str, str]:
    """What the case knows for the lint's better wordings."""
    deadline = case.respond_by or case.resolve_by
    who = franchisee_of(work, case).name
    known = {"department": office.department_of(case.kind), "person": who, "case": str(case.id)}
    return known | ({"deadline": office.local(deadline)} if deadline else {})


def with_item(draft: Draft, item: DraftItem, *, is_changed: bool) -> Draft:
    """An album's draft with one more item, in the order in which they were written; new words are a new version."""
    items = sorted((*draft.items, item), key=lambda i: i.ref.message_id if i.ref else 0)
    return draft.rewritten(tuple(items)) if is_changed else replace(draft, items=tuple(items))


def held_again(
    work: Work, office: Office, now: datetime, *, draft: Draft, who: Staff, item: DraftItem,
    findings: Sequence[Finding],
) -> None:  # fmt: skip
    """Record what was found in this version of the words, and tell whoever wrote them."""
    case = require_case(work, draft.case_id)
    found = keep_found(work, now, case=case, who=who, text=item.content.text, findings=findings,
                       outcome=Outcome.OPEN, version=draft.version, draft_id=draft.id,
                       message_id=draft.edits)  # fmt: skip
    did = Did.EDIT_HELD if draft.edits else Did.REPLY_HELD
    data = {"draft": str(draft.id), "version": str(draft.version), **data_of(found)}
    work.events.add(Event(case.id, did, now, staff_id=who.id, data=data))
    _tell(work, office, now, case, draft, item, findings)
    tell_leaders(work, office, now, case=case, who=who, findings=findings, is_held=True)


def _pulled_back(work: Work, now: datetime, case: Case, content: Content) -> list[DraftItem]:
    """Items of the same album that wait for the rest of it: they wait here instead."""
    if not is_of_album(content):
        return []
    person = franchisee_of(work, case)
    pulled = pull_back(work, now, telegram_id=person.telegram_id, album=content.album)
    return [DraftItem(m.content, m.ref) for m in pulled]


def _tell(
    work: Work, office: Office, now: datetime, case: Case, draft: Draft, item: DraftItem, findings: Sequence[Finding]
) -> None:
    head = office.say("notice/edit_held") if draft.edits else office.say("notice/reply_held")
    reason = reasons(office, draft, findings)
    words = joined([Rich(head.text), marked(item.content.text, spans(findings), LOOKS), Rich(reason)])
    say_rich(work, now, to=place_of(case), words=words, buttons=draft_buttons(office, draft),
             reply_to=under(case, item.ref), case_id=case.id)  # fmt: skip


def reasons(office: Office, draft: Draft, findings: Sequence[Finding]) -> str:
    """Why, and what to say instead."""
    lines, number = told(office, findings), str(draft.id)
    if draft.better:
        return office.say("notice/held_why", lines=lines, better=draft.better, draft=number).text
    return office.say("notice/held_why_only", lines=lines, draft=number).text


def draft_buttons(office: Office, draft: Draft) -> Buttons:
    """What may be done with a draft; a button of an older version of it does nothing."""

    def button(verb: Verb, key: str) -> Button:
        return Button(office.label(key), Press(verb, draft.id, str(draft.version)))

    adopt = ((button(Verb.ADOPT, "adopt"),),) if draft.better else ()
    ask = () if draft.state is DraftState.REFUSED else (button(Verb.ASK_RELEASE, "ask_release"),)
    return (*adopt, (button(Verb.MODIFY, "modify"), *ask), (button(Verb.FALSE_ALARM, "false_alarm"),))


def under(case: Case, ref: MessageRef | None) -> MessageRef | None:
    """The message to answer below: only where the case is worked on, for elsewhere its number means another."""
    return ref if ref is not None and ref.chat_id == case.group_id else None
