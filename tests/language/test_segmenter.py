"""Words come out whole, once the dictionary is there; it is loaded when asked for, not on import."""

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.desk.words import Segmenter
from bot.language import segmenter as module
from bot.language.segmenter import JiebaSegmenter

FRESH_START = """
import sys
import bot.language.segmenter, bot.language.suggest, bot.language.places, bot.language.script_files
from bot.language.segmenter import JiebaSegmenter
waiting = JiebaSegmenter()
assert not waiting.is_warm
assert "jieba" not in sys.modules, "imported too early"
"""
QUIET = """
import logging
logging.basicConfig(level=logging.DEBUG)
from bot.language.segmenter import JiebaSegmenter
print("/".join(JiebaSegmenter().words("这不归我管")))
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code]
    root = Path(module.__file__).parents[2]
    return subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)


def test_importing_the_language_layer_loads_no_dictionary() -> None:
    assert run(FRESH_START).stderr == ""


def test_loading_prints_nothing_and_logs_nothing() -> None:
    done = run(QUIET)
    assert (done.stdout.strip(), done.stderr) == ("这/不/归/我/管", "")


def test_nothing_is_left_in_the_common_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    JiebaSegmenter().warm()
    assert list(tmp_path.iterdir()) == []


def test_words_joined_are_the_text_again(segmenter: JiebaSegmenter) -> None:
    text = "POS 机死机了!\n门店编号:CD-1024,请您看看😀 ……"
    assert "".join(segmenter.words(text)) == text


@pytest.mark.parametrize(
    ("text", "word"),
    [("门口的制冰机不响了", "制冰机"), ("请先登记保证金收据", "保证金"), ("食品经营许可证快到期", "食品经营许可证"),
     ("生椰乳没有了", "生椰乳"), ("还没办法人授权书", "法人授权书")],
)  # fmt: skip
def test_trade_words_stay_whole(segmenter: JiebaSegmenter, text: str, word: str) -> None:
    assert word in segmenter.words(text)


def test_every_trade_word_of_the_file_is_one_word(segmenter: JiebaSegmenter) -> None:
    assert [word for word in module._listed(module.WORDS) if segmenter.words(word) != [word]] == []


def test_many_threads_may_ask_at_once() -> None:
    cold: Segmenter = JiebaSegmenter()
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: tuple(cold.words("打印机不出单")), range(32)))
    assert answers == {("打印机", "不出单")}


def test_other_users_of_jieba_keep_their_own_dictionary(segmenter: JiebaSegmenter) -> None:
    import jieba

    assert "生椰乳" not in jieba.dt.FREQ
    assert logging.getLogger("jieba").level == logging.WARNING
