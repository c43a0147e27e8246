"""Outbox payloads: an address and an act as JSON, and back; a class that is missing here fails the round-trip test."""

from dataclasses import asdict, fields, is_dataclass
from typing import Any

from bot.desk import outgoing as out
from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.message import ContentKind, MessageRef
from bot.desk.outgoing import Act, Address, Outgoing, Priority, ReportKind

_ACTS: dict[str, type[Act]] = {
    c.__name__: c
    for c in (
        out.SayText, out.CopyMessage, out.CopyAlbum, out.TakeBack, out.ShowCard, out.EditText, out.EditCopy,
        out.EditButtons, out.SendReport, out.OpenTopic, out.CloseTopic, out.ReopenTopic, out.Pin, out.React,
        out.LeaveChat,
    )
}  # fmt: skip
_ADDRESSES: dict[str, type[Address]] = {c.__name__: c for c in (out.Private, out.Topic, out.Group)}
_REF = ("source", "target", "reply_to")
_REFS = ("sources", "targets")


def to_payload(outgoing: Outgoing) -> dict[str, Any]:
    """An Outgoing as JSON; `is` names the class of address and act."""
    return {
        "to": {"is": type(outgoing.to).__name__, **vars(outgoing.to)},
        "act": {"is": type(outgoing.act).__name__, **_plain(vars(outgoing.act))},
        "carries": outgoing.carries,
        "also": list(outgoing.also),
        "receipt": dict(vars(outgoing.receipt)) if outgoing.receipt else None,
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """`asdict` copies deep whatever it meets: most of what an act holds is plain already."""
    return {name: value if isinstance(value, str | int | None) else _deep(value) for name, value in values.items()}


def _deep(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_deep(each) for each in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def from_payload(payload: dict[str, Any], *, priority: int, case_id: int | None) -> Outgoing:
    """The Outgoing that a row holds; KeyError names a kind that this program does not know."""
    to = dict(payload["to"])
    act = dict(payload["act"])
    return Outgoing(
        to=_ADDRESSES[to.pop("is")](**to),
        act=_act(act),
        priority=Priority(priority),
        case_id=case_id,
        carries=payload["carries"],
        also=tuple(payload["also"]),
        receipt=_ref(payload["receipt"]),
    )


def _act(data: dict[str, Any]) -> Act:
    kind = _ACTS[data.pop("is")]
    known = {f.name for f in fields(kind)}
    values = {name: _value(name, value) for name, value in data.items() if name in known}
    return kind(**values)


def _value(name: str, value: Any) -> Any:
    if name in _REF:
        return _ref(value)
    if name in _REFS:
        return tuple(MessageRef(**each) for each in value)
    if name == "buttons":
        return _buttons(value)
    kinds = {"kind": ContentKind, "report": ReportKind}
    return kinds[name](value) if name in kinds else value


def _ref(value: dict[str, int] | None) -> MessageRef | None:
    return MessageRef(**value) if value else None


def _buttons(rows: list[list[dict[str, Any]]]) -> Buttons:
    return tuple(tuple(_button(b) for b in row) for row in rows)


def _button(data: dict[str, Any]) -> Button:
    press = data["press"]
    return Button(data["label"], Press(**{**press, "verb": Verb(press["verb"])}) if press else None, data["url"])
