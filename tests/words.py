"""What comes with the program and is the same for every desk of a test, read once a process: scripts and rules."""

from functools import cache

from bot.app.lint import FileRules, Rules
from bot.config_models import LintSettings
from bot.desk.script import ScriptBook
from bot.language.script_files import load_scripts


@cache
def the_scripts() -> ScriptBook:
    """All scripts."""
    return load_scripts()


@cache
def _the_rules() -> Rules:
    return FileRules(LintSettings())


def the_rules(settings: LintSettings) -> Rules:
    """The rules with these severities: those that come with the program are shared."""
    return _the_rules() if settings == LintSettings() else FileRules(settings)
