"""Hard words joined to plain information, for the close reader to learn."""

from bench.joined import COUNT, joined
from bench.replies import Reply


def a_reply(text: str, *wanted: str, author: str = "lint_tune99") -> Reply:
    """A labelled reply of one sentence."""
    return Reply([text], [frozenset()], frozenset(wanted), author, is_firm=False)


HARD = a_reply("催什么催！", "rigid", "impatient")
PLAIN = a_reply("发票明天上午寄出。")


def test_hard_words_keep_their_labels_beside_an_answer() -> None:
    made = list(joined([HARD, PLAIN]))
    assert len(made) == COUNT
    assert {one.wanted for one in made} == {HARD.wanted}


def test_both_are_there_in_either_order() -> None:
    texts = {one.sentences[0] for one in joined([HARD, PLAIN])}
    assert all("催什么催" in text and "发票明天上午寄出" in text for text in texts)
    assert {text.startswith("催什么催") for text in texts} == {True, False}


def test_what_an_answer_can_make_good_is_not_joined() -> None:
    refusal, passed_on = a_reply("这个不行。", "rigid"), a_reply("找财务去，别找我。", "shirk", "blame", "rigid")
    assert all("催" in one.sentences[0] for one in joined([HARD, refusal, passed_on, PLAIN]))


def test_only_what_authors_wrote_counts_as_plain() -> None:
    question = a_reply("请问您对处理结果满意吗", author="")
    assert all("满意" not in one.sentences[0] for one in joined([HARD, question, PLAIN]))
