"""What `check` tells: a thing looked at, and the groups that the settings name or should."""

from dataclasses import dataclass

from bot.usecases.office import Office

ASK = "（把机器人拉进群，它会说出群编号）"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: fine or not, and how to mend it; what is fine and has a word on it all the same is a
    reminder.
    """

    what: str
    is_fine: bool
    mend: str = ""

    @property
    def is_reminder(self) -> bool:
        """Whether the desk can open so, but should not stay so."""
        return self.is_fine and bool(self.mend)

    def __str__(self) -> str:
        mark = "！" if self.is_reminder else "✓" if self.is_fine else "✗"
        return f"{mark} {self.what}" + (f"：{self.mend}" if self.mend else "")


@dataclass(frozen=True)
class Place:
    """A group that the settings name, or should: what it is for, its number, and its key."""

    name: str
    chat_id: int
    key: str

    @property
    def label(self) -> str:
        """How it is told of while its title is not known."""
        return f"{self.name}（{self.chat_id}）"


def places(office: Office) -> list[Place]:
    """Every region's group, and the supervisors'."""
    groups = [Place(f"{r.name}客服群", r.group_id, f"regions.{r.code}.group_id") for r in office.regions]
    return [*groups, Place("主管群", office.supervisors_chat, "supervisors.chat_id")]
