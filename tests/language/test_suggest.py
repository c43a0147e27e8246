"""What a franchisee wrote brings up the ready answer that fits."""

from pathlib import Path

import pytest

from bot.desk.script import Kind, Piece, Script
from bot.language.script_files import load_scripts
from bot.language.segmenter import JiebaSegmenter
from bot.language.suggest import Suggester

HERE = Path(__file__).parent


def openings(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(wanted, text) for wanted, text in rows]


@pytest.fixture(scope="session")
def suggester(segmenter: JiebaSegmenter) -> Suggester:
    return Suggester(load_scripts().ready(), segmenter)


def share_among_best(suggester: Suggester, rows: list[tuple[str, str]], n: int) -> tuple[float, list[str]]:
    missed = [
        f"{text} → {wanted}" for wanted, text in rows if wanted not in [s.script_id for s in suggester.best(text, n)]
    ]
    return 1 - len(missed) / len(rows), missed


def test_openings_that_were_only_scored_find_their_answer_among_the_best_three(suggester: Suggester) -> None:
    """54 of 60 when it was written, 46 of them in the first place."""
    share, missed = share_among_best(suggester, openings("openings_scored.txt"), 3)
    assert share >= 0.9, missed


def test_openings_that_the_sayings_learned_from_keep_finding_their_answer(suggester: Suggester) -> None:
    """289 of 300 when it was written."""
    share, missed = share_among_best(suggester, openings("openings_tuned.txt"), 3)
    assert share >= 0.95, missed


def test_the_first_offer_is_mostly_the_right_one(suggester: Suggester) -> None:
    share, missed = share_among_best(suggester, openings("openings_scored.txt"), 1)
    assert share >= 0.75, missed


def test_every_row_of_the_tables_names_an_answer_that_exists() -> None:
    book = load_scripts()
    rows = [*openings("openings_scored.txt"), *openings("openings_tuned.txt")]
    assert [wanted for wanted, _ in rows if wanted not in book] == []


SMALL_TALK = """
你好 您好,在吗 谢谢 在吗 收到,谢谢老师 好的好的 嗯嗯 … 👍 辛苦了 哈哈哈 早上好呀 今天天气不错 新年快乐 请问有人吗
我想咨询一下 有个问题想请教 麻烦帮我处理一下 1 CD1024 晚安 我知道了 可以的 没事了 人呢 老师在不在啊 什么情况 明天见
http://example.com
"""


@pytest.mark.parametrize("text", ["", "   ", *SMALL_TALK.split()])
def test_courtesy_and_small_talk_bring_up_nothing(suggester: Suggester, text: str) -> None:
    assert suggester.best(text) == []


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("发票", "finance/invoice"),
        ("返利", "finance/rebate"),
        ("打印机", "equipment/printer"),
        ("涨价", "consult/menu_price"),
        ("pos死机", "equipment/pos_down"),
        ("WIFI", "equipment/network"),
        ("保证金", "finance/deposit_refund"),
        ("制冰机", "equipment/ice_machine"),
    ],
)
def test_one_word_is_enough_to_search_by(suggester: Suggester, word: str, wanted: str) -> None:
    assert suggester.best(word)[0].script_id == wanted


def test_no_more_are_offered_than_asked_for_and_the_best_comes_first(suggester: Suggester) -> None:
    offered = suggester.best("冷柜不制冷了,报修两天没人来,原料都化了", n=2)
    assert len(offered) == 2
    assert offered[0].score >= offered[1].score


def test_an_answer_is_found_by_a_saying_that_neither_its_title_nor_its_body_holds(segmenter: JiebaSegmenter) -> None:
    plain = Script("order/a", Kind.READY, "甲", (Piece("请您稍候"),))
    said = Script("order/b", Kind.READY, "乙", (Piece("请您稍候"),), sayings=("火龙果都蔫了",))
    assert [s.script_id for s in Suggester([plain, said], segmenter).best("火龙果蔫了")] == []
    others = [Script(f"order/c{n}", Kind.READY, f"丙{n}", (Piece("请您留意"),)) for n in range(40)]
    assert [s.script_id for s in Suggester([plain, said, *others], segmenter).best("火龙果蔫了")] == ["order/b"]


def test_without_any_answers_nothing_is_offered(segmenter: JiebaSegmenter) -> None:
    assert Suggester([], segmenter).best("打印机不出单") == []
