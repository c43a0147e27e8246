"""A word on what takes longer than a blink."""

import sys


def begin(words: str) -> None:
    """Say on standard error what is begun, before the libraries for it are loaded."""
    print(f"{words}……", file=sys.stderr, flush=True)
