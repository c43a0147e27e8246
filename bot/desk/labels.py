"""The words on buttons and of case kinds, read from `bot/scripts/labels.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BUTTONS: Final = (
    "claim", "transfer", "escalate", "note", "pause", "resume", "resolve", "retry", "show_case", "settled",
    "unsettled", "share_phone", "offer",
)  # fmt: skip
CONTENTS: Final = (
    "poll", "dice", "story", "game", "invoice", "checklist", "paid_media", "giveaway", "unknown",
)  # fmt: skip
RIGHTS: Final = ("membership", "administrator", "manage_topics", "pin_messages")
COMMANDS: Final = {
    "franchisee": ("start", "case", "close", "help"),
    "group": ("a", "note", "transfer", "claim", "wait", "up", "close", "on", "off", "help"),
    "supervisor": ("overview", "cases", "case", "staff", "on", "off", "help"),
}
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
    transfer_reasons: tuple[str, ...]
    commands: Mapping[str, Mapping[str, str]]


def parse_labels(text: str) -> Labels:
    """The labels that a file's text holds; LabelsError names what is missing or misshapen."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LabelsError(f"labels.toml: 写法有误(TOML):{error}") from error
    reasons = data.get("transfer", {}).get("reasons")
    if not isinstance(reasons, list) or not reasons or not all(isinstance(r, str) and r for r in reasons):
        raise LabelsError("labels.toml: transfer.reasons 须是文字的列表,至少一项")
    menus = data.get("commands", {})
    return Labels(
        buttons=_section(data, "buttons", BUTTONS),
        kinds=_section(data, "kinds", KINDS),
        contents=_section(data, "contents", CONTENTS),
        rights=_section(data, "rights", RIGHTS),
        transfer_reasons=tuple(reasons),
        commands={scope: _section(menus, scope, keys) for scope, keys in COMMANDS.items()},
    )


def _section(data: object, name: str, keys: tuple[str, ...]) -> Mapping[str, str]:
    found = data.get(name) if isinstance(data, dict) else None
    section = found if isinstance(found, dict) else {}
    for key in keys:
        if not isinstance(section.get(key), str) or not section[key]:
            raise LabelsError(f"labels.toml: 缺少 {name}.{key},或不是文字")
    for key in section:
        if key not in keys:
            raise LabelsError(f"labels.toml: 不认识 {name}.{key};可用的有:{'、'.join(keys)}")
    return section
