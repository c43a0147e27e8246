"""What keeps the desk from opening: told in one line, with what to do."""


class NotReady(RuntimeError):
    """Something is to be set up or mended first; the message says what, in the operator's language."""


class OutOfReach(RuntimeError):
    """Telegram cannot be reached now; waiting may help."""
