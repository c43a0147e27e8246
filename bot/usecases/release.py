"""Release (放行): a draft goes to those who lead, one of whom lets it out or does not; never one's own."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.draft import Draft, DraftState, spans
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.lint import Finding
from bot.desk.message import MessageRef
from bot.desk.people import Staff
from bot.desk.rich import Rich, joined, marked
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of, require_case, require_staff, require_supervisor
from bot.usecases.deliver_draft import deliver_draft
from bot.usecases.end_draft import end_draft, living_draft, over, own
from bot.usecases.found import told
from bot.usecases.groups import leaders
from bot.usecases.hold import LOOKS, draft_buttons, under
from bot.usecases.inspect import inspect
from bot.usecases.office import Office
from bot.usecases.old_buttons import drop_buttons
from bot.usecases.ports import Work
from bot.usecases.say import say, say_rich
from bot.usecases.topics import place_of


def ask_release(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, draft_id: int, version: str = "",
    why: str = "", pressed: MessageRef | None = None,
) -> str:  # fmt: skip
    """申请放行: those who lead see the words, what was found, the case and who asks; the words for the press."""
    who = require_staff(work, staff_telegram_id)
    draft = living_draft(work, office, draft_id=draft_id, version=version)
    own(draft, who)
    if draft.state is not DraftState.HELD:
        raise over(work, office, draft)
    asked = replace(draft, state=DraftState.ASKED, asked_why=why)
    work.drafts.save(asked)
    data = {"draft": str(draft.id), "version": str(draft.version)} | ({"reason": why} if why else {})
    work.events.add(Event(draft.case_id, Did.RELEASE_ASKED, now, staff_id=who.id, data=data))
    _ask(work, office, now, asked)
    return office.say("notice/release_asked", draft=str(draft.id)).text


def _ask(work: Work, office: Office, now: datetime, draft: Draft) -> None:
    case, author = require_case(work, draft.case_id), staff_of(work, draft.staff_id)
    findings = inspect(work, office, draft.text).findings
    values = {"draft": str(draft.id), "case": str(case.id), "by": author.name,
              "franchisee": franchisee_of(work, case).name}  # fmt: skip
    head = office.say("notice/release_wanted", **values).text
    words = joined([Rich(head), marked(draft.text, spans(findings), LOOKS), Rich(_why(office, draft, findings))])
    for to in leaders(work, office, but=author.id):
        say_rich(work, now, to=to, words=words, buttons=_decide(office, draft), case_id=case.id)


def _why(office: Office, draft: Draft, findings: tuple[Finding, ...]) -> str:
    reason = draft.asked_why or office.word("none")
    return office.say("notice/release_why", lines=told(office, findings), reason=reason, draft=str(draft.id)).text


def _decide(office: Office, draft: Draft) -> Buttons:
    version = str(draft.version)
    let = Button(office.label("release"), Press(Verb.RELEASE, draft.id, version))
    deny = Button(office.label("refuse"), Press(Verb.REFUSE, draft.id, version))
    show = Button(office.label("show_case"), Press(Verb.SHOW, draft.case_id))
    return ((let, deny), (show,))


def release(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, draft_id: int, version: str = "",
    pressed: MessageRef | None = None,
) -> str:  # fmt: skip
    """放行: the words go out as they are, on record as released; pressed twice, they go once."""
    who, draft = _to_decide(work, office, staff_telegram_id, draft_id, version)
    author = staff_of(work, draft.staff_id)
    sent = deliver_draft(work, office, now, draft=draft, who=author, items=draft.items)
    end_draft(work, now, draft=draft, state=DraftState.RELEASED, by=who.id, sent=sent[0].id, pressed=pressed)
    values = {"draft": str(draft.id), "by": office.called(who)}
    _tell_author(work, office, now, draft, "notice/released", values)
    drop_buttons(work, now, pressed)
    return office.say("notice/you_released", draft=str(draft.id)).text


def refuse(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, draft_id: int, version: str = "",
    why: str = "", pressed: MessageRef | None = None,
) -> str:  # fmt: skip
    """不放行: nothing goes out; whoever wrote it is told kindly and may change it or take the suggestion."""
    who, draft = _to_decide(work, office, staff_telegram_id, draft_id, version)
    after = end_draft(work, now, draft=draft, state=DraftState.REFUSED, by=who.id, why=why)
    values = {"draft": str(draft.id), "by": office.called(who), "reason": why or office.word("none")}
    _tell_author(work, office, now, after, "notice/release_refused", values, draft_buttons(office, after))
    drop_buttons(work, now, pressed)
    return office.say("notice/you_refused", draft=str(draft.id)).text


def _to_decide(work: Work, office: Office, telegram_id: int, draft_id: int, version: str) -> tuple[Staff, Draft]:
    """Those who lead decide on what was asked; on their own words another one does, else nobody."""
    who = require_supervisor(work, telegram_id)
    draft = living_draft(work, office, draft_id=draft_id, version=version)
    if draft.state is DraftState.REFUSED:
        raise over(work, office, draft)
    if draft.state is not DraftState.ASKED:
        raise DeskError("notice/release_not_asked", draft=str(draft.id))
    if draft.staff_id == who.id:
        raise NotAllowed("notice/release_not_own", draft=str(draft.id))
    return who, draft


def _tell_author(
    work: Work, office: Office, now: datetime, draft: Draft, script: str, values: dict[str, str], buttons: Buttons = ()
) -> None:
    case: Case = require_case(work, draft.case_id)
    say(work, office, now, to=place_of(case), script=script, values=values, buttons=buttons,
        reply_to=under(case, draft.ref), case_id=case.id)  # fmt: skip
