"""The words on buttons and of case kinds, read from `bot/scripts/labels.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import Any, Final

from bot.desk.after_labels import AFTER_WORDS
from bot.desk.commitment_labels import COMMITMENT_BUTTONS, COMMITMENT_LINES, COMMITMENT_WORDS
from bot.desk.complaint_labels import (
    COMPLAINT_BUTTONS,
    COMPLAINT_LINES,
    COMPLAINT_WORDS,
    DANGERS,
    LACKS,
    LOOKED,
    PAPER,
    PATROL_REASONS,
    VOICES,
)
from bot.desk.deadline_labels import DEADLINE_LINES, DEADLINE_WORDS
from bot.desk.digest_labels import DAILY_WORDS
from bot.desk.draft import RECORDED, DraftState, Outcome
from bot.desk.duty_labels import DUTY_WORDS
from bot.desk.events import Did
from bot.desk.holding import HoldingWords
from bot.desk.lint import Severity
from bot.desk.menus import COMMANDS
from bot.desk.message import ContentKind
from bot.desk.owner_labels import OWNER_BUTTONS, OWNER_LINES, OWNER_WORDS
from bot.desk.period_labels import REPORT_WORDS
from bot.desk.review_labels import INSPECTING_WORDS, REVIEWING_WORDS
from bot.desk.routing import Judgement, Reason
from bot.desk.sales_labels import IMPROVING_WORDS, SALES_WORDS
from bot.desk.warning_labels import WARNING_WORDS

BUTTONS: Final = (
    "claim", "transfer", "escalate", "note", "pause", "resume", "resolve", "retry", "show_case", "settled",
    "unsettled", "share_phone", "offer", "adopt", "modify", "ask_release", "release", "refuse", "false_alarm", "except",
    "keep_rule", "sign_on", "sign_off", "take_over", "agree", "decline", "approve", "turn_down", "improve_start",
    "improve_done", "improve_decline", *OWNER_BUTTONS, *COMMITMENT_BUTTONS, *COMPLAINT_BUTTONS,
)  # fmt: skip
CONTENTS: Final = (
    "poll", "dice", "story", "game", "invoice", "checklist", "paid_media", "giveaway", "unknown",
)  # fmt: skip
REFUSALS: Final = (
    "cannot_be_written", "source_gone", "target_gone", "cannot_be_edited", "cannot_be_copied", "text_too_long",
    "caption_too_long", "file_too_big", "file_expired", "empty", "no_voice", "no_such_reaction",
    "blocked", "deactivated", "never_started", "kicked", "not_member", "group_deleted",
    "no_such_chat", "server_too_old", "no_rights", "not_accepted", "defect", "unknown_twice",
    "format", "topic_gone", "topic_deleted", "other",
)  # fmt: skip
"""Why something could not be delivered: the codes that `Refused`, `Blocked` and `NoRights` carry."""
RIGHTS: Final = ("membership", "administrator", "manage_topics", "pin_messages")
WORDS: Final = (
    "all", "none", "nobody", "colleague", "place_unknown", "store_unknown", "unclaimed", "reachable", "unreachable",
    "on_duty", "off_duty", "franchisee", "answer", "note", "level_specialist", "level_supervisor", "level_manager",
    "maybe_twice", "recalled", "if_now", "suspected", "released", *OWNER_WORDS, *COMMITMENT_WORDS,
    *COMPLAINT_WORDS, *DEADLINE_WORDS,
)  # fmt: skip
LINES: Final = {
    "handler": ("title", "name"), "colleague": ("name", "title"), "transferred": ("reason",),
    "case": ("case", "state", "name", "specialist", "waits", "late"), "waits": ("time",),
    "minutes": ("count",), "hours": ("count",), "said": ("at", "who", "words"), "who": ("what", "name"),
    "version": ("old",), "part_gone": (), "happened": ("at", "what", "details"), "leader": ("title", "name", "duty"),
    "specialist": ("name", "duty", "count", "capacity"), "region_staff": ("region", "count", "names"),
    "no_specialist": (), "region_cases": ("region", "states"), "overdue": ("count",), "calm": (), "unplaced": (),
    "problem": ("group", "what"), "header": ("case", "name"), "forwarded": ("name",), "album_follows": (),
    "decree_missing": ("years",), "decree_known": (), "decree_ignored": (),
    "dead_letter": ("case", "reason"), "decision": ("at", "name", "reason"),
    "candidate": ("name", "title", "count", "capacity", "why"),
    "found": ("category", "matched", "why", "suspected"),
    "missed": ("what",), "draft": ("draft", "case", "name", "state"),
    "doubted": ("found", "category", "rule", "context", "name", "case", "by"),
    "except_this": ("found",), "keep_this": ("found",),
    "quality_person": ("name", "held", "noted"), "quality_line": ("category", "count", "outcomes"),
    "quality_outcome": ("outcome", "count"), "quality_none": (), "quality_doubted": ("count",),
    "rule_category": ("category", "severity", "count"),
    "rule": ("name", "category", "severity", "phrases", "why", "better"),
    "rule_exception": ("exception", "rule", "words", "name", "at"), "rule_change": ("at", "name", "what"),
    "at_start": (), "draft_text": ("draft", "name", "state", "words"),
    **OWNER_LINES,
    **COMMITMENT_LINES,
    **COMPLAINT_LINES,
    **DEADLINE_LINES,
}  # fmt: skip
"""Lines of lists, with the values that each may use."""
MEDIA: Final = tuple(kind.value for kind in ContentKind if kind not in (ContentKind.TEXT, ContentKind.OTHER))
REASONS: Final = (
    *(reason.value for reason in Reason), "answered_first", "claimed", "reopened", "signed_off", "signed_on", "silent",
)  # fmt: skip
JUDGEMENTS: Final = tuple(judgement.value for judgement in Judgement)
EVENTS: Final = tuple(did.value for did in Did)
OUTCOMES: Final = tuple(outcome.value for outcome in Outcome)
DRAFTS: Final = tuple(state.value for state in DraftState)
SEVERITIES: Final = tuple(severity.value for severity in Severity)
KINDS: Final = ("consult", "complaint", "order", "equipment", "contract", "training", "finance", "marketing", "other")


class LabelsError(Exception):
    """The labels file can't be used; the message names the key, in Chinese, for the supervisor who edits it."""


@dataclass(frozen=True)
class Labels:
    """Short words for people: buttons, kinds of case, reasons for a transfer."""

    buttons: Mapping[str, str]
    kinds: Mapping[str, str]
    contents: Mapping[str, str]
    rights: Mapping[str, str]
    refusals: Mapping[str, str]
    words: Mapping[str, str]
    lines: Mapping[str, str]
    duty: Mapping[str, str]
    daily: Mapping[str, str]
    after: Mapping[str, str]
    warnings: Mapping[str, str]
    high_tags: tuple[str, ...]
    low_tags: tuple[str, ...]
    satisfied: tuple[str, ...]
    unsatisfied: tuple[str, ...]
    questions: tuple[str, ...]
    sales: Mapping[str, str]
    improving: Mapping[str, str]
    reviewing: Mapping[str, str]
    inspecting: Mapping[str, str]
    report: Mapping[str, str]
    media: Mapping[str, str]
    reasons: Mapping[str, str]
    judgements: Mapping[str, str]
    events: Mapping[str, str]
    categories: Mapping[str, str]
    outcomes: Mapping[str, str]
    drafts: Mapping[str, str]
    severities: Mapping[str, str]
    departments: Mapping[str, str]
    transfer_reasons: tuple[str, ...]
    return_reasons: tuple[str, ...]
    escalation_reasons: tuple[str, ...]
    causes: Mapping[str, str]
    dangers: Mapping[str, str]
    patrol: Mapping[str, str]
    looked: Mapping[str, str]
    voices: Mapping[str, str]
    lacks: Mapping[str, str]
    paper: Mapping[str, str]
    decline_reasons: tuple[str, ...]
    appeal_reasons: tuple[str, ...]
    settled: tuple[str, ...]
    doubts: tuple[str, ...]
    remind_choices: tuple[str, ...]
    snoozes: tuple[str, ...]
    promise_choices: tuple[str, ...]
    holding: tuple[str, ...]
    progress: tuple[str, ...]
    results: tuple[str, ...]
    task_choices: tuple[str, ...]
    task_reasons: tuple[str, ...]
    friendly: frozenset[str]
    commands: Mapping[str, Mapping[str, str]]

    @property
    def holding_words(self) -> HoldingWords:
        """What only holds somebody off."""
        return HoldingWords(self.holding, self.progress, self.results)


_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "buttons": BUTTONS,
    "kinds": KINDS,
    "contents": CONTENTS,
    "rights": RIGHTS,
    "refusals": REFUSALS,
    "words": WORDS,
    "media": MEDIA,
    "reasons": REASONS,
    "judgements": JUDGEMENTS,
    "events": EVENTS,
    "categories": RECORDED,
    "outcomes": OUTCOMES,
    "drafts": DRAFTS,
    "severities": SEVERITIES,
    "departments": KINDS,
    "dangers": DANGERS,
    "patrol": PATROL_REASONS,
    "looked": LOOKED,
    "voices": VOICES,
    "lacks": LACKS,
    "paper": PAPER,
}
"""Sections of words, and the keys that each must have."""
_LINES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "lines": LINES,
    "duty": DUTY_WORDS,
    "daily": DAILY_WORDS,
    "after": AFTER_WORDS,
    "warnings": WARNING_WORDS,
    "sales": SALES_WORDS,
    "improving": IMPROVING_WORDS,
    "reviewing": REVIEWING_WORDS,
    "inspecting": INSPECTING_WORDS,
    "report": REPORT_WORDS,
}
"""Sections of lines with placeholders, and what each line may hold."""
_TEXTS: Final = {
    "high_tags": ("rating", "high"),
    "low_tags": ("rating", "low"),
    "satisfied": ("remarks", "satisfied"),
    "unsatisfied": ("remarks", "unsatisfied"),
    "questions": ("remarks", "questions"),
    "transfer_reasons": ("transfer", "reasons"),
    "return_reasons": ("transfer", "return_reasons"),
    "escalation_reasons": ("escalation", "reasons"),
    "decline_reasons": ("improvement", "decline_reasons"),
    "appeal_reasons": ("appeal", "reasons"),
    "settled": ("settled", "words"),
    "doubts": ("settled", "doubts"),
    "remind_choices": ("remind", "choices"),
    "snoozes": ("remind", "snoozes"),
    "promise_choices": ("promise", "choices"),
    "holding": ("promise", "holding"),
    "progress": ("promise", "progress"),
    "results": ("promise", "results"),
    "task_choices": ("task", "choices"),
    "task_reasons": ("task", "reasons"),
}
"""Lists of texts: the section and the key of each."""


@lru_cache(maxsize=1)
def parse_labels(text: str) -> Labels:
    """The labels of a file's text, kept for the next desk of the process; LabelsError says what is to be mended."""
    try:
        return make_labels(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise LabelsError(f"labels.toml：写法有误（TOML）：{error}") from error


def make_labels(data: Mapping[str, Any]) -> Labels:
    """The labels of what a file holds; LabelsError names what is missing or misshapen."""
    menus = data.get("commands", {})
    found: dict[str, Any] = {
        **{name: _section(data, name, keys) for name, keys in _SECTIONS.items()},
        **{name: _lines(data, name, known) for name, known in _LINES.items()},
        **{name: _texts(data, section, key) for name, (section, key) in _TEXTS.items()},
    }
    return Labels(
        **found,
        causes=_free(data, "causes"),
        friendly=_reactions(data),
        commands={scope: _section(menus, scope, keys) for scope, keys in COMMANDS.items()},
    )


def _reactions(data: Mapping[str, Any]) -> frozenset[str]:
    reactions = data.get("reactions")
    friendly = reactions.get("friendly") if isinstance(reactions, dict) else None
    if not isinstance(friendly, list) or not all(isinstance(e, str) and e for e in friendly):
        raise LabelsError("labels.toml：reactions.friendly 须是表情的列表")
    return frozenset(friendly)


def _free(data: Mapping[str, Any], name: str) -> Mapping[str, str]:
    """A section whose keys whoever edits the file may choose: short codes, for buttons carry them; `other` is one."""
    section = data.get(name)
    keys = tuple(section) if isinstance(section, dict) else ()
    for key in keys:
        if not (key.isascii() and key.isidentifier() and len(key) <= 20):
            raise LabelsError(f"labels.toml：{name}.{key} 的代码须是 20 个以内的小写字母、数字、下划线")
    return _section(data, name, tuple(dict.fromkeys((*keys, "other"))))


def _texts(data: Mapping[str, Any], name: str, key: str) -> tuple[str, ...]:
    """A list of texts, at least one."""
    section = data.get(name)
    texts = section.get(key) if isinstance(section, dict) else None
    if not isinstance(texts, list) or not texts or not all(isinstance(t, str) and t for t in texts):
        raise LabelsError(f"labels.toml：{name}.{key} 须是文字的列表，至少一项")
    return tuple(texts)


def _lines(data: object, section: str, known: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    lines = _section(data, section, tuple(known))
    for key, line in lines.items():
        for name in _placeholders(f"{section}.{key}", line):
            if name not in known[key]:
                raise LabelsError(f"labels.toml：{section}.{key} 里没有可用的 {{{name}}}")
    return lines


def _placeholders(key: str, line: str) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(line) if name is not None]
    except ValueError as error:
        raise LabelsError(f"labels.toml：{key} 的花括号不成对") from error


def _section(data: object, name: str, keys: tuple[str, ...]) -> Mapping[str, str]:
    found = data.get(name) if isinstance(data, dict) else None
    section = found if isinstance(found, dict) else {}
    for key in keys:
        if not isinstance(section.get(key), str) or not section[key]:
            raise LabelsError(f"labels.toml：缺少 {name}.{key}，或不是文字")
    for key in section:
        if key not in keys:
            raise LabelsError(f"labels.toml：不认识 {name}.{key}；可用的有：{'、'.join(keys)}")
    return section
