"""What the desk refuses, with the id of the notice that tells the person why."""

from collections.abc import Mapping
from types import MappingProxyType


class DeskError(Exception):
    """A refusal that a person is told about: `notice` names the script, `values` fill its placeholders."""

    def __init__(self, notice: str, **values: str) -> None:
        super().__init__(notice)
        self.notice = notice
        self.values: Mapping[str, str] = MappingProxyType(values)


class NotAllowed(DeskError):
    """The person's role does not let them do this."""


class BadTransition(DeskError):
    """The case's state does not let this be done."""
