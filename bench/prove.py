"""Try every example of the rules that come with the program, and note that they passed: `python -m bench.prove`."""

import os
import tempfile

from bot.language.engine_files import check_rules
from bot.language.proved import SHIPPED, digests
from bot.language.rule_files import FOLDER


def main() -> None:
    """Write the digests of the rules as they are now, unless something is wrong with them."""
    (FOLDER / SHIPPED).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as nothing_kept:
        os.environ["XDG_CACHE_HOME"] = nothing_kept
        problems = check_rules()
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    (FOLDER / SHIPPED).write_text("".join(f"{digest}\n" for digest in digests(FOLDER).values()), encoding="ascii")


if __name__ == "__main__":
    main()
