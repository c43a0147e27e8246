"""Figures that a run has measured, with the machine and the date: the table is made from nothing else."""

import json
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("figures.json")


@dataclass(frozen=True)
class Measured:
    """One part's figures."""

    at: str
    machine: str
    values: dict[str, Any]


def keep(part: str, **values: Any) -> None:
    """Write this part's figures down in place of the last ones."""
    known = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    known[part] = {"at": now, "machine": machine(), "values": values}
    FILE.write_text(json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read() -> dict[str, Measured]:
    """Everything that was measured."""
    if not FILE.exists():
        return {}
    return {part: Measured(**row) for part, row in json.loads(FILE.read_text(encoding="utf-8")).items()}


def machine() -> str:
    """Processor, cores and Python of this machine."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if not told.exists():
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in told.read_text().splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()
