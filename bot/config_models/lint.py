"""What becomes of what the lint finds: one key for each category, and one for the polite words."""

from typing import Literal

from bot.config_models.parts import Part
from bot.desk.lint import Category, Severity

Grade = Literal["block", "warn", "hint", "off"]


class LintSettings(Part):
    """How grave each category is: held back, sent with a note, sent with a hint, not looked at.

    The manual (ch. 3, 一.7) forbids the first four and asks for 您; the rest is the trade's and the law's. A leak
    is held back by default, since what was sent can't be unsaid and the supervisor can always release it.
    """

    rigid: Grade = "block"
    impatient: Grade = "block"
    shirk: Grade = "block"
    blame: Grade = "block"
    informal_you: Grade = "warn"
    overpromise: Grade = "block"
    private: Grade = "block"
    leak: Grade = "block"
    courtesy: Literal["warn", "hint", "off"] = "hint"
    """warn: told each time, hint: once a case. It holds nothing back: a reply without 请 is no unkind one."""

    def severities(self) -> dict[Category, Severity]:
        """The grades as the lint knows them."""
        return {category: Severity(getattr(self, category.value)) for category in Category}

    def courtesy_severity(self) -> Severity:
        """What becomes of a reply without 请 or 您."""
        return Severity(self.courtesy)
