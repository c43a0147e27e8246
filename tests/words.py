"""The scripts that come with the program, read once a process: a third of what opening a desk costs."""

from functools import cache

from bot.desk.script import ScriptBook
from bot.language.script_files import load_scripts


@cache
def the_scripts() -> ScriptBook:
    """All of them."""
    return load_scripts()
