"""`migrate`: make the database's tables what the program needs."""

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Nothing but the settings."""


def main(options: argparse.Namespace) -> int:
    """Apply what is missing and name it."""
    from bot.cli.settings import read_settings
    from storage.schema import migrate

    applied = migrate(read_settings(options).database.url.reveal())
    for name in applied:
        print(f"已应用 {name}")
    print("数据库已是最新。")
    return 0
