"""`python -m bot lint`: texts, files of replies and JSON lines."""

import json
import subprocess
import sys
from pathlib import Path

from tests.process import ROOT


def lint(*arguments: str, given: str = "") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "lint", *arguments],
        input=given.encode(),
        cwd=ROOT,
        capture_output=True,
        timeout=120,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_each_json_line_is_answered_with_one_and_a_bad_one_is_named_and_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    good = {"id": "a", "text": "😀这不归我管"}
    file.write_text(f'{json.dumps(good)}\n{{"id": 1\n{{"id": 3}}\n{{"text": "请您稍候，再见"}}\n', encoding="utf-8")
    code, out, err = lint(str(file), "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [(row["id"], row["verdict"]) for row in rows] == [("a", "block"), (4, "pass")]
    assert rows[0]["findings"][0]["span"] == [2, 6]
    assert set(rows[0]["findings"][0]) == {"category", "severity", "rule", "span", "matched", "why", "suggestion"}
    assert rows[1]["courtesy"] == {"qing": True, "nin": True, "zaijian": True}
    assert "第 2 行" in err and "第 3 行" in err and "Traceback" not in err


def test_plain_text_is_a_reply_a_line_marked_for_people() -> None:
    code, out, _ = lint(given="请您稍候\n\n你的货到了\n这不归我管\n")
    assert code == 1
    assert out.startswith("1 [通过] 请您稍候\n3 [提醒] 【你】的货到了\n    称呼“你”：对加盟商要称“您”。\n")
    assert "4 [拦下] 这【不归我管】" in out
    assert "可以说：" in out


def test_a_file_that_is_not_there_is_told_in_a_line() -> None:
    code, out, err = lint("/nowhere/replies.txt")
    assert (code, out) == (2, "")
    assert err.startswith("错误：/nowhere/replies.txt：")
