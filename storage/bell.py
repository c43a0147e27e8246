"""The bell between processes: on PostgreSQL a commit that left work for somebody rings wherever they are."""

import logging
import threading
from collections.abc import Callable, Iterable

import psycopg
from sqlalchemy import Connection, Engine, text

log = logging.getLogger(__name__)

CHANNEL = "shouwen"
LOOK_UP = 1.0
"""Seconds between looks whether to stop: what rings is heard at once."""
AGAIN = 2.0
"""Seconds until a lost connection is tried again; meanwhile everybody looks once a second anyway."""


def ring(connection: Connection, kinds: Iterable[str]) -> None:
    """Ring when this transaction commits (PostgreSQL delivers on commit, and never for a rollback)."""
    for kind in kinds:
        connection.execute(text("SELECT pg_notify(:channel, :kind)"), {"channel": CHANNEL, "kind": kind})


class Bell:
    """Listens in a thread of its own, on a connection of its own."""

    def __init__(self, engine: Engine, heard: Callable[[set[str]], None]) -> None:
        self._engine = engine
        self._heard = heard
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="storage-bell", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._stop.set()
        self._thread.join()

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                log.warning("the bell's connection is lost (%s); again in a moment", type(error).__name__)
                self._stop.wait(AGAIN)

    def _listen(self) -> None:
        where, how = self._engine.dialect.create_connect_args(self._engine.url)
        with psycopg.connect(*where, **how, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._stop.is_set():
                kinds = {notice.payload for notice in connection.notifies(timeout=LOOK_UP, stop_after=1)}
                if kinds:
                    self._heard(kinds)
