"""`scripts`: load, check and render every script file; load every lint rule and try its examples."""

import argparse
import sys


def add_options(parser: argparse.ArgumentParser) -> None:
    """Nothing but the settings."""


def main(options: argparse.Namespace) -> int:
    """Name everything that is wrong, each with its file and line."""
    from bot.desk.labels import parse_labels
    from bot.desk.script import render
    from bot.language.alarms import Alarms
    from bot.language.engine_files import check_rules
    from bot.language.questionnaires import load_questionnaires
    from bot.language.score_card import load_score_card
    from bot.language.script_files import FOLDER, check_scripts, load_scripts

    Alarms()
    load_score_card()
    parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8"))
    problems = [*check_scripts(), *map(str, check_rules()), *_unfit_questionnaires()]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    book = load_scripts()
    for script in book.all():
        render(script, {name: f"〔{name}〕" for name in script.placeholders})
    print(f"{len(load_questionnaires())} 份问卷全部通过。")
    print("每条用语规则都通过了自己的例句。")
    print(f"{len(book)} 条话术全部通过。")
    return 0


def _unfit_questionnaires() -> list[str]:
    """What the lint has against the questionnaires' words."""
    from bot.config import Settings
    from bot.language.linter import RuleLinter
    from bot.language.questionnaires import load_questionnaires
    from bot.usecases.survey_words import unfit

    linter = RuleLinter(Settings().lint.severities())
    return [f"{name}：{problem}" for name, each in load_questionnaires().items() for problem in unfit(linter, each)]
