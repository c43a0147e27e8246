"""An error as it may stand in the log: its kind and where it happened, never its words, which may hold a person's."""

import traceback


def blame(error: BaseException) -> str:
    """Kind and stack (source lines hold no values), the error that it came from first.

    PostgreSQL's "Key (phone)=(…) already exists" is why the words stay out; at DEBUG they may be logged beside.
    """
    told, seen = [], set[int]()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        told.append(f"{''.join(traceback.format_tb(link.__traceback__))}{type(link).__module__}.{type(link).__name__}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(reversed(told))
