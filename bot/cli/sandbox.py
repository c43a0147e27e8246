"""`sandbox`: play the desk in a web page, with nothing from outside."""

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where the page is, and whether the day is kept."""
    parser.add_argument("--port", type=int, default=8090, help="网页端口（缺省 8090，被占用时自动换一个）")
    parser.add_argument("--limits", action="store_true", help="像 Telegram 一样限速（每群每分钟 20 条）；缺省不限")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="把这一天存在 DIR，下次从停下的时刻接着玩")


def main(options: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; the page's address is printed when it can be opened."""
    import asyncio

    from bot.app.sandbox import sandbox
    from bot.cli.settings import set_up_log

    set_up_log("WARNING")
    asyncio.run(sandbox(port=options.port, keep=options.keep, limits=options.limits, ready=_announce))
    return 0


def _announce(address: str) -> None:
    print(f"首问试用台已就绪，请在浏览器打开：{address}  （Ctrl+C 结束）", flush=True)
