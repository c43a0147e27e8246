"""`check`: what is missing before the desk can open, and how to mend it."""

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Nothing but the settings."""


def main(options: argparse.Namespace) -> int:
    """Print a line for each thing as soon as it was looked at; exit code 1 when something must be mended."""
    import asyncio

    from bot.cli.progress import begin
    from bot.cli.settings import read_settings, settings_file

    settings = read_settings(options)
    begin("正在检查")
    from bot.app.check import check

    findings = asyncio.run(check(settings, file=settings_file(options), tell=lambda f: print(f, flush=True)))
    broken = sum(not f.is_fine for f in findings)
    reminders = sum(f.is_reminder for f in findings)
    print(f"共检查 {len(findings)} 项，{broken} 项需要处理（✗），{reminders} 项提醒（！）。")
    return 1 if broken else 0
