"""Load questionnaires from their files; whether their words may be sent is asked when they are (the lint's door)."""

from pathlib import Path
from typing import Final

from bot.desk.questionnaire import Questionnaire, QuestionnaireError, read_questionnaire
from bot.file_trouble import file_trouble
from bot.language.script_files import FOLDER

SURVEYS: Final = FOLDER / "surveys"
"""The questionnaires that come with the program."""


def load_questionnaires(folder: Path = SURVEYS) -> dict[str, Questionnaire]:
    """Every questionnaire of a folder, by its file's name; QuestionnaireError says what to mend."""
    found = [read_file(file) for file in sorted(folder.glob("*.toml"))]
    return {questionnaire.name: questionnaire for questionnaire in found}


def read_file(file: Path) -> Questionnaire:
    """One questionnaire from a file; QuestionnaireError when it cannot be read or is not well made."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionnaireError(f"{file}：读不了（{file_trouble(error)}），请存为 UTF-8 的 .toml") from error
    return read_questionnaire(file.stem, text)
