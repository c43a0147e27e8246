"""`scripts`, and every start, name a broken script file with its line; tried in a copy of the program."""

import asyncio
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cast import TOKEN
from tests.databases import copy_migrated
from tests.process import ROOT, write_config

SPOILT = ("scripts", "language")
"""What is copied: the files that may be spoilt, and the package that finds them beside itself; the rest is linked."""


@dataclass(frozen=True)
class Copy:
    """A copy of the program whose scripts may be spoilt."""

    root: Path

    @property
    def scripts(self) -> Path:
        return self.root / "bot" / "scripts"

    async def run(self, *arguments: str | Path) -> tuple[int, str, str]:
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *map(str, arguments), cwd=self.root,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(60):
            out, err = await running.communicate()
        return running.returncode or 0, out.decode(), err.decode()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    (tmp_path / "storage").symlink_to(ROOT / "storage")
    (tmp_path / "bot").mkdir()
    for part in (ROOT / "bot").iterdir():
        if part.name in SPOILT:
            shutil.copytree(part, tmp_path / "bot" / part.name)
        else:
            (tmp_path / "bot" / part.name).symlink_to(part)
    return Copy(tmp_path)


async def test_the_scripts_as_they_come_pass(copy: Copy) -> None:
    code, out, err = await copy.run("scripts")
    assert (code, err) == (0, "")
    assert out.endswith("条话术全部通过。\n")


def spoil(copy: Copy, name: str, old: str, new: str) -> str:
    file = copy.scripts / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(file)


async def test_every_broken_file_is_named_with_its_line(copy: Copy) -> None:
    toml = spoil(copy, "notice/how_a.md", 'kind = "notice"', "kind = notice")
    value = spoil(copy, "notice/bound.md", "{store}", "{shop}")
    (copy.scripts / "notice" / "how_case.md").write_bytes("不是 UTF-8".encode("gb18030"))
    (copy.scripts / "order" / "empty.md").write_text("", encoding="utf-8")
    code, out, err = await copy.run("scripts")
    assert (code, out) == (1, "")
    assert "Traceback" not in err
    lines = err.splitlines()
    assert any(line.startswith(f"{toml}:3: ") for line in lines), err
    assert any(line.startswith(f"{value}:7: ") and "shop" in line for line in lines), err
    for name in ("notice/how_case.md", "order/empty.md"):
        assert any(line.startswith(f"{copy.scripts / name}:1: ") for line in lines), err


async def test_a_broken_script_stops_the_start_and_names_the_file(copy: Copy) -> None:
    file = spoil(copy, "notice/bound.md", "{store}", "{shop}")
    database = {"url": copy_migrated(copy.root / "x.sqlite3")}
    config = write_config(copy.root / "config.toml", {"database": database, "telegram": {"token": TOKEN}})
    code, _, err = await copy.run("run", "--config", config)
    assert code == 1
    assert f"{file}:7: " in err
    assert "Traceback" not in err
    code, out, _ = await copy.run("check", "--config", config)
    assert code == 1
    assert "✗ 话术与按钮文字：" in out
    assert f"{file}:7: " in out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[buttons]", "[buttons", "写法有误"),
        ('claim = "', 'klaim = "', "buttons.claim"),
        ("[kinds]", "[kindz]", "kinds.consult"),
    ],
)
async def test_broken_labels_are_named_with_their_key(copy: Copy, old: str, new: str, words: str) -> None:
    spoil(copy, "labels.toml", old, new)
    code, out, err = await copy.run("scripts")
    assert (code, out) == (1, "")
    assert err.startswith("错误：labels.toml：")
    assert words in err
    assert "Traceback" not in err
