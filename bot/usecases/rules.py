"""`/rules`: the lint's rules for people to read, and to read anew from their files; every change is on record."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.desk.errors import DeskError
from bot.desk.lint import Category
from bot.usecases.at_hand import Spot, require_staff, require_supervisor
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import RuleChange, Work
from bot.usecases.rulebook import RulesBroken, ShownRule
from bot.usecases.say import say

PAGE = 8
"""Rules on a page."""
RELOAD = "reload"
EXCEPTIONS = ("例外", "exceptions")


def rules_command(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """`/rules`, `/rules 类别或词 [页]`, `/rules 例外`, `/rules reload`."""
    require_staff(work, staff_telegram_id)
    match query.strip():
        case "":
            _overview(work, office, now, spot)
        case "reload" | "重读":
            reload_rules(work, office, now, staff_telegram_id=staff_telegram_id, spot=spot)
        case words if words in EXCEPTIONS:
            _exceptions(work, office, now, spot)
        case words:
            _list(work, office, now, spot, words)


def reload_rules(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot) -> None:
    """Read the files again; DeskError names file and line of what is broken, and the old rules stay."""
    who = require_supervisor(work, staff_telegram_id)
    before = office.rulebook.files()
    try:
        office.rulebook.reload()
    except RulesBroken as error:
        raise DeskError("notice/rules_broken", problem=str(error)) from error
    changed = _changed(before, office.rulebook.files())
    if not changed:
        _say(work, office, now, spot, "notice/rules_same", {"count": str(len(office.rulebook.shown()))})
        return
    _record(work, office, now, who.id, changed)
    values = {"files": "、".join(changed), "count": str(len(office.rulebook.shown()))}
    _say(work, office, now, spot, "notice/rules_reloaded", values)


def rules_at_start(work: Work, office: Office, now: datetime) -> None:
    """Files that were changed while nobody ran are on record too; other processes follow them."""
    office.rulebook.seen = work.rules.version()
    last = next((c for c in work.rules.changes(limit=1000) if c.what == RELOAD), None)
    files = office.rulebook.files()
    if files and (last is None or last.fingerprint != fingerprint(files)):
        _record(work, office, now, None, sorted(files))


def fingerprint(files: Mapping[str, str]) -> str:
    """One short mark for all files together: the same files, the same mark."""
    whole = "\n".join(f"{name} {mark}" for name, mark in sorted(files.items()))
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _record(work: Work, office: Office, now: datetime, staff_id: int | None, changed: Sequence[str]) -> None:
    mark = fingerprint(office.rulebook.files())
    work.rules.changed(RuleChange(0, RELOAD, now, staff_id, "、".join(changed), mark))
    office.rulebook.seen = work.rules.version()


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _overview(work: Work, office: Office, now: datetime, spot: Spot) -> None:
    """How many rules of each kind, what becomes of them, and who changed something last."""
    rules = office.rulebook.shown()
    lines = [_kind(office, c, rules) for c in Category if any(r.category is c for r in rules)]
    changes = [_change(work, office, change) for change in work.rules.changes()]
    values = {
        "count": str(len(rules)),
        "lines": "\n".join(lines) or "—",
        "exceptions": str(len(work.rules.exceptions())),
        "changes": "\n".join(changes) or "—",
        "mark": fingerprint(office.rulebook.files()),
    }
    _say(work, office, now, spot, "notice/rules", values)


def _kind(office: Office, category: Category, rules: Sequence[ShownRule]) -> str:
    mine = [r for r in rules if r.category is category]
    severities = dict.fromkeys(office.labels.severities[r.severity.value] for r in mine)
    return office.line(
        "rule_category", category=office.category(category.value), severity="、".join(severities), count=len(mine)
    )


def _change(work: Work, office: Office, change: RuleChange) -> str:
    person = work.staff.get(change.staff_id) if change.staff_id else None
    name = person.name if person else office.line("at_start")
    return office.line("rule_change", at=office.local(change.at), name=name, what=change.detail)


def _list(work: Work, office: Office, now: datetime, spot: Spot, query: str) -> None:
    words, _, number = query.rpartition(" ")
    asked, page = (words.strip(), int(number)) if words and number.isdecimal() and len(number) < 5 else (query, 1)
    found = [r for r in office.rulebook.shown() if _fits(office, r, asked)]
    pages = -(-len(found) // PAGE)
    if not 1 <= page <= pages:
        raise DeskError("notice/no_such_rule", query=query)
    lines = "\n".join(_rule(office, r) for r in found[(page - 1) * PAGE : page * PAGE])
    values = {"query": asked, "count": str(len(found)), "page": str(page), "pages": str(pages), "lines": lines}
    script = "notice/rules_found" if page == pages else "notice/rules_found_more"
    more = {**values, "next": str(page + 1)}
    _say(work, office, now, spot, script, more)


def _fits(office: Office, rule: ShownRule, asked: str) -> bool:
    """A kind by its name or code; else a word of the rule's name, its phrases, or the reason."""
    if asked in (rule.category.value, office.category(rule.category.value)):
        return True
    return any(asked.lower() in text.lower() for text in (rule.name, rule.why, *rule.phrases))


def _rule(office: Office, rule: ShownRule) -> str:
    return office.line(
        "rule", name=rule.name, category=office.category(rule.category.value), phrases=len(rule.phrases),
        severity=office.labels.severities[rule.severity.value], why=rule.why.rstrip("。"), better=rule.better or "—",
    )  # fmt: skip


def _exceptions(work: Work, office: Office, now: datetime, spot: Spot) -> None:
    names = {s.id: s.name for s in work.staff.all()}
    lines = [
        office.line("rule_exception", exception=e.id, rule=e.rule, words=e.words, name=names.get(e.staff_id, "—"),
                    at=office.local(e.at))
        for e in work.rules.exceptions()
    ]  # fmt: skip
    _say(work, office, now, spot, "notice/rule_exceptions", {"lines": "\n".join(lines) or office.word("none")})


def _say(work: Work, office: Office, now: datetime, spot: Spot, script: str, values: dict[str, str]) -> None:
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script=script, values=values, reply_to=spot.ref)
