"""`run`: the desk at work."""

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--role`."""
    parser.add_argument(
        "--role",
        choices=("hear", "speak", "tick"),
        action="append",
        help="只运行一部分：hear 收、speak 发、tick 计时（可重复）；缺省全部在一个进程里",
    )


def main(options: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT."""
    import asyncio

    from bot.app.run import ROLES, run
    from bot.cli.settings import read_settings

    asyncio.run(run(read_settings(options), roles=tuple(options.role or ROLES)))
    return 0
