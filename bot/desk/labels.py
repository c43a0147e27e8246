"""The words on buttons and of case kinds, read from `bot/scripts/labels.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from bot.desk.duty_labels import DUTY_WORDS
from bot.desk.events import Did
from bot.desk.message import ContentKind
from bot.desk.routing import Reason

BUTTONS: Final = (
    "claim", "transfer", "escalate", "note", "pause", "resume", "resolve", "retry", "show_case", "settled",
    "unsettled", "share_phone", "offer", "sign_on", "sign_off", "take_over", "agree", "decline", "approve", "refuse",
)  # fmt: skip
CONTENTS: Final = (
    "poll", "dice", "story", "game", "invoice", "checklist", "paid_media", "giveaway", "unknown",
)  # fmt: skip
REFUSALS: Final = (
    "cannot_be_written", "source_gone", "target_gone", "cannot_be_edited", "cannot_be_copied", "text_too_long",
    "caption_too_long", "file_too_big", "file_expired", "empty", "no_voice", "no_such_reaction",
    "blocked", "deactivated", "never_started", "kicked", "not_member", "group_deleted",
    "no_such_chat", "server_too_old", "no_rights", "not_accepted", "defect", "unknown_twice",
    "format", "topic_gone", "topic_deleted",
    "other",
)  # fmt: skip
"""Why something could not be delivered: the codes that `Refused`, `Blocked` and `NoRights` carry."""
RIGHTS: Final = ("membership", "administrator", "manage_topics", "pin_messages")
WORDS: Final = (
    "all", "none", "nobody", "colleague", "place_unknown", "store_unknown", "unclaimed", "reachable", "unreachable",
    "on_duty", "off_duty", "franchisee", "answer", "note", "level_specialist", "level_supervisor", "level_manager",
    "maybe_twice", "recalled",
)  # fmt: skip
LINES: Final = {
    "handler": ("title", "name"), "colleague": ("name", "title"), "transferred": ("reason",),
    "case": ("case", "state", "name", "specialist", "waits", "late"), "waits": ("time",), "late": (),
    "minutes": ("count",), "hours": ("count",), "said": ("at", "who", "words"), "who": ("what", "name"),
    "version": ("old",), "happened": ("at", "what", "details"), "leader": ("title", "name", "duty"),
    "specialist": ("name", "duty", "count", "capacity"), "region_staff": ("region", "count", "names"),
    "no_specialist": (), "region_cases": ("region", "states"), "overdue": ("count",), "calm": (), "unplaced": (),
    "problem": ("group", "what"), "header": ("case", "name"), "forwarded": ("name",), "album_follows": (),
    "dead_letter": ("case", "reason"),
}  # fmt: skip
"""Lines of lists, with the values that each may use."""
MEDIA: Final = tuple(kind.value for kind in ContentKind if kind not in (ContentKind.TEXT, ContentKind.OTHER))
REASONS: Final = (*(reason.value for reason in Reason), "answered_first", "reopened")
EVENTS: Final = tuple(did.value for did in Did)
COMMANDS: Final = {
    "franchisee": ("start", "case", "close", "help"),
    "group": ("a", "note", "recall", "transfer", "claim", "wait", "up", "close", "on", "off", "roster", "handover",
              "leave", "swap", "standin", "approve", "refuse", "cancel", "help"),
    "supervisor": ("overview", "cases", "case", "staff", "on", "off", "roster", "attendance", "standin", "leave",
                   "approve", "refuse", "help"),
}  # fmt: skip
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
    media: Mapping[str, str]
    reasons: Mapping[str, str]
    events: Mapping[str, str]
    transfer_reasons: tuple[str, ...]
    friendly: frozenset[str]
    commands: Mapping[str, Mapping[str, str]]


def parse_labels(text: str) -> Labels:
    """The labels that a file's text holds; LabelsError names what is missing or misshapen."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LabelsError(f"labels.toml：写法有误（TOML）：{error}") from error
    transfer = data.get("transfer")
    reasons = transfer.get("reasons") if isinstance(transfer, dict) else None
    if not isinstance(reasons, list) or not reasons or not all(isinstance(r, str) and r for r in reasons):
        raise LabelsError("labels.toml：transfer.reasons 须是文字的列表，至少一项")
    reactions = data.get("reactions")
    friendly = reactions.get("friendly") if isinstance(reactions, dict) else None
    if not isinstance(friendly, list) or not all(isinstance(e, str) and e for e in friendly):
        raise LabelsError("labels.toml：reactions.friendly 须是表情的列表")
    menus = data.get("commands", {})
    return Labels(
        buttons=_section(data, "buttons", BUTTONS),
        kinds=_section(data, "kinds", KINDS),
        contents=_section(data, "contents", CONTENTS),
        rights=_section(data, "rights", RIGHTS),
        refusals=_section(data, "refusals", REFUSALS),
        words=_section(data, "words", WORDS),
        lines=_lines(data, "lines", LINES),
        duty=_lines(data, "duty", DUTY_WORDS),
        media=_section(data, "media", MEDIA),
        reasons=_section(data, "reasons", REASONS),
        events=_section(data, "events", EVENTS),
        transfer_reasons=tuple(reasons),
        friendly=frozenset(friendly),
        commands={scope: _section(menus, scope, keys) for scope, keys in COMMANDS.items()},
    )


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
