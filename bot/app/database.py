"""The database that the settings name, ready for use: apart from the wiring, so that small commands start quickly."""

from bot.app.errors import NotReady
from bot.config import Settings
from storage.desk_thread import Storage
from storage.engine import make_engine
from storage.schema import schema_problem


def open_storage(settings: Settings) -> Storage:
    """Connect, and refuse (NotReady) a database whose tables are not the program's."""
    engine = make_engine(settings.database.url.reveal())
    problem = schema_problem(engine)
    if problem:
        engine.dispose()
        raise NotReady(problem)
    return Storage(engine)
