"""`run`: the desk at work."""

import argparse

ROLES = ("hear", "speak", "tick")


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--role`."""
    parser.add_argument(
        "--role",
        choices=ROLES,
        action="append",
        help="只运行一部分：hear 收、speak 发、tick 计时（可重复）；缺省全部在一个进程里",
    )


def main(options: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; without a token nothing is begun that would need one."""
    import asyncio

    from bot.cli.settings import read_settings

    settings = read_settings(options)
    if set(options.role or ROLES) != {"tick"}:
        settings.require_token()
    from bot.app.run import run

    asyncio.run(run(settings, roles=tuple(options.role or ROLES)))
    return 0
