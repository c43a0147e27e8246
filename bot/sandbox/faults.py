"""Switches that make the emulated Telegram misbehave the way the real one sometimes does."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar


@dataclass
class NextError:
    """The next `times` calls of `method` ("*" = any but getUpdates) answer this error; nothing takes effect."""

    method: str
    code: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)
    times: int = 1


@dataclass
class Reset:
    """The connection is cut `when` = "before" (nothing happened) or "after" (it took effect, the answer is lost)."""

    method: str
    when: str = "before"
    times: int = 1


@dataclass
class Hang:
    """The answer of the next `times` calls waits `seconds` of real time; the call took effect at once."""

    method: str
    seconds: float
    times: int = 1


@dataclass
class Limits:
    """Telegram's flood limits (core.telegram.org/bots/faq), counted in sliding windows on the world's clock.

    `enabled` is for these; the sizes of files (core.telegram.org/bots/api#sending-files) are always checked.
    """

    enabled: bool = False
    overall_per_second: int = 30
    private_per_second: int = 1
    private_burst: int = 3
    group_per_minute: int = 20
    upload_bytes: int = 50 * 1024 * 1024
    download_bytes: int = 20 * 1024 * 1024


@dataclass
class Transport:
    """What happens to one HTTP exchange besides the call itself."""

    outage: str = ""
    reset: str = ""
    hang_seconds: float = 0.0


_Row = TypeVar("_Row", NextError, Reset, Hang)


@dataclass
class Faults:
    """All switches; `outage` is "" (none), "503" or "reset"; `duplicate`/`reorder` count updates still to be spoilt.

    An outage stops everything, webhooks too. `topic_deleted_answer` is what a send into a deleted topic is told:
    "message thread not found", or "TOPIC_DELETED" while Telegram's own cache still has the topic.
    """

    errors: list[NextError] = field(default_factory=list)
    resets: list[Reset] = field(default_factory=list)
    hangs: list[Hang] = field(default_factory=list)
    outage: str = ""
    duplicate: int = 0
    reorder: int = 0
    topic_deleted_answer: str = "message thread not found"
    limits: Limits = field(default_factory=Limits)

    def as_json(self) -> dict[str, Any]:
        """Everything, ready for json.dumps; the form that `apply` takes."""
        return asdict(self)

    def apply(self, spec: Mapping[str, Any]) -> None:
        """Set the switches that `spec` names, leave the others; raises ValueError for an unknown name."""
        for name, value in spec.items():
            self._set(name, value)

    def _set(self, name: str, value: Any) -> None:
        match name:
            case "errors":
                self.errors = [NextError(**row) for row in value]
            case "resets":
                self.resets = [Reset(**row) for row in value]
            case "hangs":
                self.hangs = [Hang(**row) for row in value]
            case "limits":
                self.limits = Limits(**{**asdict(self.limits), **value})
            case "outage" if value in ("", "503", "reset"):
                self.outage = value
            case "duplicate" | "reorder":
                setattr(self, name, int(value))
            case "topic_deleted_answer":
                self.topic_deleted_answer = str(value)
            case _:
                raise ValueError(f"no such fault: {name}={value!r}")

    def next_error(
        self, method: str, code: int, description: str, *, times: int = 1, parameters: Mapping[str, Any] | None = None
    ) -> None:
        """Let the next `times` calls of `method` fail with this answer."""
        self.errors.append(NextError(method, code, description, dict(parameters or {}), times))

    def take_error(self, method: str) -> NextError | None:
        """The error that this call must answer, counted down; None when it may go on."""
        return _take(self.errors, method)

    def take_transport(self, method: str) -> Transport:
        """What happens to this HTTP exchange, counted down."""
        if self.outage:
            return Transport(outage=self.outage)
        reset, hang = _take(self.resets, method), _take(self.hangs, method)
        return Transport(reset=reset.when if reset else "", hang_seconds=hang.seconds if hang else 0.0)


def _take(rows: list[_Row], method: str) -> _Row | None:
    for row in rows:
        if row.method == method or (row.method == "*" and method != "getUpdates"):
            row.times -= 1
            if row.times <= 0:
                rows.remove(row)
            return row
    return None
