"""`route --explain CASE`: who got a case and why not the others, as it was decided and as it would be now."""

import argparse
import sys


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which case."""
    parser.add_argument("--explain", type=int, required=True, metavar="CASE", help="工单编号：每位候选人与未选中的原因")


def main(options: argparse.Namespace) -> int:
    """Print it; exit code 1 when there is no such case."""
    from bot.app.database import open_storage
    from bot.app.desk import Desk, SystemClock
    from bot.app.office import make_office
    from bot.cli.settings import read_settings
    from bot.desk.errors import DeskError
    from bot.usecases.why import explain

    settings = read_settings(options)
    storage = open_storage(settings)
    desk = Desk(storage, make_office(settings), SystemClock())
    try:
        print(desk.run_now(explain, case_id=options.explain))
    except DeskError as refusal:
        print(desk.office.say(refusal.notice, **refusal.values).text, file=sys.stderr)
        return 1
    finally:
        storage.close()
    return 0
