"""`triage`: one reading a line, whatever the lines are; bad ones are told with their number and the rest goes on."""

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from bot.__main__ import main
from bot.cli import triage as module


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(
        '[[regions]]\ncode = "sw"\nname = "西南"\nprovinces = ["四川", "重庆"]\n'
        '[[regions]]\ncode = "e"\nname = "华东"\nprovinces = ["江苏", "浙江", "上海"]\n',
        encoding="utf-8",
    )
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[str], list[str]]:
    code = main(["triage", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err.splitlines()


def test_plain_lines_and_json_lines_may_be_mixed(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "in.txt"
    file.write_text(
        '\ufeff成都店的打印机不出单\n\n{"id": "a", "text": "江浙沪的货几号到"}\n{"id": 7, "text": "我要投诉"}\n',
        encoding="utf-8",
    )
    code, out, err = told(capsys, file, "--json", "--config", config)
    rows = [json.loads(line) for line in out]
    assert (code, err) == (0, [])
    assert [list(row) for row in rows] == [["id", "province", "region", "kind", "complaint", "reasons"]] * 3
    assert [(r["id"], r["province"], r["region"], r["kind"], r["complaint"]) for r in rows] == [
        ("1", "四川", "西南", "equipment", False),
        ("a", None, "华东", "order", False),
        ("7", None, None, "complaint", True),
    ]
    assert all(isinstance(reason, str) for row in rows for reason in row["reasons"])


def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "in.txt"
    bad = [
        b'{"text": ',
        b'{"id": 1}',
        b'{"text": 5}',
        b'{"text": "x", "id": null}',
        b'{"text": "x", "id": true}',
        "货没到".encode() * 7000,
        b"\xff\xfe",
        b'{"text": "\\ud800"}',
    ]
    file.write_bytes(b"\n".join([*bad, "您好".encode()]))
    code, out, err = told(capsys, file, "--json", "--config", config)
    assert code == 1
    assert [line.split("：")[0] for line in err] == [f"第 {n} 行" for n in range(1, 9)]
    assert [json.loads(line)["id"] for line in out] == ["9"]


def test_the_table_is_for_people(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("我是四川的加盟商，发票抬头怎么改\n".encode())))
    code, out, _ = told(capsys, "--config", config)
    assert code == 0
    assert out[0].split() == ["编号", "门店", "类别", "理由"]
    assert out[1].split()[:3] == ["1", "四川", "款项"]
    assert out[0].index("理由") > 0


def test_a_file_that_is_not_there_is_told_in_a_line(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys, "/nowhere/at/all", "--config", config)
    assert (code, out, len(err)) == (1, [], 1)
    assert "/nowhere/at/all" in err[0]


def test_a_long_file_says_how_far_it_is(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVERY", 2)
    file = tmp_path / "in.txt"
    file.write_text("您好\n" * 5, encoding="utf-8")
    code, out, err = told(capsys, file, "--json", "--config", config)
    assert (code, len(out), err) == (0, 5, ["已读 2 行", "已读 4 行"])


def test_who_reads_only_the_beginning_is_told_no_error(config: Path) -> None:
    command = [sys.executable, "-m", "bot", "triage", "-", "--json", "--config", str(config)]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE) as running:
        assert running.stdin is not None and running.stdout is not None and running.stderr is not None
        running.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            running.stdin.write("您好\n".encode() * 2000)
            running.stdin.close()
        assert b"Traceback" not in (said := running.stderr.read()) and "错误".encode() not in said
