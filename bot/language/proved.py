"""Remember which state of the rules has passed its own examples, so that an unchanged one starts without the proof.

What is remembered is a digest of each file of rules with the word lists and the engine's own source, never anything
that is run; when one file is changed, its examples alone are tried. The rules that come with the program bring their
digests along (`bench/prove.py` writes them), so that its very first start is like any other; when these have become
stale, that start takes half a second more, and nothing else.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

_LOG: Final = logging.getLogger(__name__)
_ENGINE: Final = Path(__file__).parent.parent / "desk" / "manners"
"""Another engine may judge the same rules otherwise."""
SHIPPED: Final = Path("learned") / "proved.txt"
"""In a folder of rules the file of the digests that come with it."""


def digests(folder: Path) -> Mapping[str, str]:
    """By the path of each file of rules, what tells it, its word lists and the engine from any other state."""
    shared = hashlib.sha256()
    for file in [*sorted(folder.glob("words/*")), *sorted(_ENGINE.glob("*.py"))]:
        _add(shared, file)
    found = {}
    for file in sorted(folder.glob("*.toml")):
        whole = shared.copy()
        _add(whole, file)
        found[str(file)] = whole.hexdigest()
    return found


def _add(whole: "hashlib._Hash", file: Path) -> None:
    content = file.read_bytes()
    whole.update(f"{file.name} {len(content)}\n".encode())
    whole.update(content)


def place() -> Path:
    """The file of the user's own cache that holds the last digests (XDG Base Directory Specification)."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "shouwen" / "rules-proved"


def proved(states: Mapping[str, str], folder: Path) -> frozenset[str]:
    """The files whose very state passed its examples, the last time or when the program was made."""
    known = _read(lambda: folder / SHIPPED) | _read(place)
    return frozenset(path for path, state in states.items() if state in known)


def _read(file: Callable[[], Path]) -> set[str]:
    """The digests in a file; none when there is none: the examples are tried again, which takes half a second."""
    try:
        return set(file().read_text(encoding="ascii").split())
    except (OSError, UnicodeDecodeError, RuntimeError):
        return set()


def remember(states: Mapping[str, str]) -> None:
    """Note that states passed their examples; without a place to write, they are only tried again the next time."""
    try:
        place().parent.mkdir(parents=True, exist_ok=True)
        place().write_text("\n".join(states.values()), encoding="ascii")
    except (OSError, RuntimeError) as error:
        _LOG.debug("no cache for proved rules: %s", type(error).__name__)
