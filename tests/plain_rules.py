"""A lint that a reader can check by eye: phrases and what is said of them, found wherever they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.desk.lint import Category, Courtesy, Finding, Report, Severity
from bot.usecases.rulebook import RulesBroken, ShownRule


@dataclass(frozen=True)
class Phrase:
    """One rule: words, what is wrong with them, what becomes of the reply, what to say instead (empty: nothing)."""

    words: str
    category: Category
    severity: Severity
    why: str
    instead: str = ""
    is_suspected: bool = False


PHRASES = (
    Phrase("不归我管", Category.SHIRK, Severity.BLOCK, "加盟商问到谁，谁就跟进到底", "这件事我来为您跟进"),
    Phrase("随便你", Category.RIGID, Severity.BLOCK, "听起来像赌气", "请您按方便的方式来"),
    Phrase("谁让您", Category.BLAME, Severity.BLOCK, "这是在责备加盟商"),
    Phrase("加我微信", Category.PRIVATE, Severity.BLOCK, "只能在这里联系"),
    Phrase("13800138000", Category.LEAK, Severity.WARN, "像是别人的手机号"),
    Phrase("你的", Category.INFORMAL_YOU, Severity.WARN, "称呼用“您”", "您的"),
    Phrase("薇信", Category.PRIVATE, Severity.WARN, "像是要私下联系", "这里", is_suspected=True),
    Phrase("尽快", Category.OVERPROMISE, Severity.HINT, "请写明时间"),
)
RULE = "plain/{}"


class PlainRules:
    """The lint and its rulebook; `phrases` may be exchanged, as somebody who edits the files would."""

    def __init__(self, phrases: Sequence[Phrase] = PHRASES) -> None:
        self.phrases = self._in_force = tuple(phrases)
        self.broken = ""
        self.seen = 0

    def warm(self) -> None:
        """These are ready."""

    def check(self, text: str) -> Report:
        found = [
            Finding(p.category, p.severity, rule(p), m.start(), m.end(), m.group(), p.why, p.instead, p.is_suspected)
            for p in self._in_force
            for m in re.finditer(re.escape(p.words), text)
        ]
        courtesy = Courtesy("请" in text, "您" in text, "再见" in text)
        return Report(tuple(sorted(found, key=lambda f: f.start)), courtesy)

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        for phrase in (p for p in self._in_force if p.severity is not Severity.HINT):
            if phrase.words in text and not phrase.instead:
                return ""
            text = text.replace(phrase.words, phrase.instead)
        return f"{text}（{facts['department']}，工单 {facts['case']}）"

    def shown(self) -> Sequence[ShownRule]:
        return [ShownRule(rule(p), p.category, p.severity, (p.words,), p.why, p.instead) for p in self._in_force]

    def files(self) -> dict[str, str]:
        return {"plain.toml": str(hash(self._in_force))}

    def reload(self) -> None:
        if self.broken:
            raise RulesBroken(self.broken)
        self._in_force = tuple(self.phrases)


def rule(phrase: Phrase) -> str:
    return RULE.format(phrase.words)
