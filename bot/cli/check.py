"""`check`: what is missing before the desk can open, and how to mend it."""

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Nothing but the settings."""


def main(options: argparse.Namespace) -> int:
    """Print a line for each thing looked at; exit code 1 when something must be mended."""
    import asyncio

    from bot.app.check import check
    from bot.cli.settings import read_settings

    findings = asyncio.run(check(read_settings(options)))
    for finding in findings:
        print(f"{'✓' if finding.is_fine else '✗'} {finding.what}" + (f"：{finding.mend}" if finding.mend else ""))
    broken = [f for f in findings if not f.is_fine]
    print(f"共检查 {len(findings)} 项，{len(broken)} 项需要处理。")
    return 1 if broken else 0
