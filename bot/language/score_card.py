"""Load the score card of quality inspection from its file."""

from pathlib import Path
from typing import Final

from bot.desk.score_card import ScoreCard, ScoreCardError, read_score_card
from bot.file_trouble import file_trouble
from bot.language.script_files import FOLDER

FILE: Final = FOLDER / "scorecard.toml"
"""The card that supervisors edit."""


def load_score_card(file: Path = FILE) -> ScoreCard:
    """The card; ScoreCardError says what to mend."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ScoreCardError(f"{file}：读不了（{file_trouble(error)}），请存为 UTF-8 的 .toml") from error
    return read_score_card(text)
