"""Errors that are made to be read: the command line prints them in one line, without a traceback."""

import sys

TOLD = (
    ("bot.app.errors", "NotReady"),
    ("bot.app.errors", "OutOfReach"),
    ("bot.cli.sheets", "SheetError"),
    ("bot.config", "SettingsError"),
    ("bot.delivery.speaker", "SpeakerHalted"),
    ("bot.desk.labels", "LabelsError"),
    ("bot.desk.questionnaire", "QuestionnaireError"),
    ("bot.desk.score_card", "ScoreCardError"),
    ("bot.desk.script", "ScriptError"),
    ("bot.handlers.poll", "TokenRefused"),
    ("bot.language.alarms", "AlarmsError"),
    ("bot.usecases.enrol", "EnrolmentRefused"),
    ("storage.engine", "StorageError"),
)
"""Module and class; a module that was not imported has raised nothing, and need not be imported to say so."""


def is_told(error: Exception) -> bool:
    """Whether the error's own words are all that its reader needs."""
    loaded = [getattr(sys.modules[module], name) for module, name in TOLD if module in sys.modules]
    return isinstance(error, tuple(loaded))
