"""Read the settings that a command was given, and set up its log."""

import argparse
import logging
import os
from pathlib import Path

from bot.config import Settings, load_settings

DEFAULT = Path("config.toml")
_CHATTY = ("httpx", "httpcore", "aiohttp", "aiogram", "apscheduler", "telegram", "jieba", "alembic", "asyncio")
"""Libraries whose INFO lines say nothing to an operator; httpx would even print the URL with the token in it."""


def read_settings(options: argparse.Namespace) -> Settings:
    """The settings of `--config`, else of config.toml if there is one, else the defaults; variables override."""
    settings = load_settings(settings_file(options), os.environ)
    set_up_log(settings.log.level)
    return settings


def settings_file(options: argparse.Namespace) -> Path | None:
    """The file that the settings are read from; None: there is none, and the defaults hold."""
    return options.config or (DEFAULT if DEFAULT.exists() else None)


def set_up_log(level: str) -> None:
    """One line an event on standard error; libraries speak from WARNING on."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
