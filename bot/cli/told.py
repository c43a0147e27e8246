"""Errors that are made to be read: the command line prints them in one line, without a traceback."""

from bot.app.errors import NotReady, OutOfReach
from bot.cli.sheets import SheetError
from bot.config import SettingsError
from bot.delivery.speaker import SpeakerHalted
from bot.desk.labels import LabelsError
from bot.desk.script import ScriptError
from bot.handlers.poll import TokenRefused
from bot.usecases.enrol import EnrolmentRefused
from storage.engine import StorageError

TOLD = (
    NotReady, OutOfReach, SheetError, SettingsError, SpeakerHalted, LabelsError, ScriptError, TokenRefused,
    EnrolmentRefused, StorageError,
)  # fmt: skip
