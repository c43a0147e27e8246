"""Make .venv with uv in it, with nothing but Python: Debian's python3 may come without venv's ensurepip."""

import hashlib
import importlib.util
import io
import platform
import subprocess
import sys
import tomllib
import urllib.request
import venv
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"


def main() -> None:
    """.venv/bin/python, then .venv/bin/uv by pip; where there is no pip, from PyPI's wheel, its hash checked."""
    if (VENV / "bin" / "uv").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        venv.create(VENV, with_pip=False, clear=True)
        _from_wheel(_locked()["wheels"])
        return
    venv.create(VENV, with_pip=True, clear=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", f"uv=={_locked()['version']}"]
    subprocess.run(pip, check=True)


def _locked() -> dict[str, Any]:
    """What the lock says of uv: its version, and its wheels with their addresses and hashes."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    return next(p for p in lock["package"] if p["name"] == "uv")


def _from_wheel(wheels: list[dict[str, str]]) -> None:
    wheel = next(w for w in wheels if _fits(w["url"].rpartition("/")[2]))
    with urllib.request.urlopen(wheel["url"], timeout=300) as answer:
        data = answer.read()
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != wheel["hash"]:
        sys.exit("uv: the downloaded wheel does not have the hash that uv.lock names")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/scripts/uv"))
        target = VENV / "bin" / "uv"
        target.write_bytes(archive.read(name))
        target.chmod(0o755)


def _fits(filename: str) -> bool:
    """A wheel for this machine: Linux with glibc, or macOS."""
    machine = {"arm64": "arm64" if sys.platform == "darwin" else "aarch64"}.get(platform.machine(), platform.machine())
    system = "macosx" if sys.platform == "darwin" else "manylinux"
    return filename.endswith(".whl") and system in filename and machine in filename


if __name__ == "__main__":
    main()
