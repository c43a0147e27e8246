"""Every rule's own examples, tried: what it must find and what it must let through."""

from collections.abc import Callable

from bot.desk.manners.folded import Folded
from bot.desk.manners.judge import Judge
from bot.desk.manners.rules import Rule, Rulebook
from bot.desk.script import Problem


def broken_examples(book: Rulebook, judge: Judge, folded: Callable[[str], Folded]) -> list[Problem]:
    """Each example that a rule fails, with the rule's file and line."""
    return [
        Problem(rule.path, rule.line, f"规则“{rule.name}”：{told}")
        for rule in book.rules
        for told in _broken(rule, judge, folded)
    ]


def _broken(rule: Rule, judge: Judge, folded: Callable[[str], Folded]) -> list[str]:
    missed = [text for text in rule.yes if not judge.fires(rule, folded(text))]
    false = [text for text in rule.no if judge.fires(rule, folded(text))]
    return [f"没有找出应当找出的“{text}”" for text in missed] + [f"误报了不该报的“{text}”" for text in false]
