"""Remember which state of the rules has passed its own examples, so that an unchanged one starts without the proof.

What is remembered is a digest of the rules, the word lists and the engine's own source, never anything that is run.
"""

import hashlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_LOG: Final = logging.getLogger(__name__)
_ENGINE: Final = Path(__file__).parent.parent / "desk" / "manners"
"""Another engine may judge the same rules otherwise."""


def digest(folder: Path) -> str:
    """What tells one state of a folder of rules, and of the engine, from any other."""
    whole = hashlib.sha256()
    for file in _files(folder):
        content = file.read_bytes()
        whole.update(f"{file.name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return [*sorted(folder.glob("*.toml")), *sorted(folder.glob("words/*")), *sorted(_ENGINE.glob("*.py"))]


def place() -> Path:
    """The file of the user's own cache that holds the last digest (XDG Base Directory Specification)."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "shouwen" / "rules-proved"


def is_proved(state: str) -> bool:
    """Whether this very state passed its examples the last time."""
    try:
        return place().read_text(encoding="ascii").strip() == state
    except (OSError, UnicodeDecodeError, RuntimeError):
        return False  # no cache: the examples are tried again, which takes half a second


def remember(state: str) -> None:
    """Note that a state passed its examples; without a place to write, it is only tried again the next time."""
    try:
        place().parent.mkdir(parents=True, exist_ok=True)
        place().write_text(state, encoding="ascii")
    except (OSError, RuntimeError) as error:
        _LOG.debug("no cache for proved rules: %s", type(error).__name__)
