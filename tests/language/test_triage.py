"""What an opening is: nine kinds and complaints, by what is said. The sentences are not those of tests/data."""

import json
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.triage import TUNED, judge, labels_of, measured, meets_goals
from bot.desk.labels import KINDS
from bot.desk.people import PROVINCES
from bot.language import complaints, kinds
from bot.language.plain import plain
from bot.language.segmenter import JiebaSegmenter
from bot.language.triage import Triage
from tests.language.test_places import REGIONS

KIND = [
    ("周五的货能改到周六送吗", "order"),
    ("少了一箱牛奶，麻烦补一下", "order"),
    ("打印机不出单了", "equipment"),
    ("小程序里我家门店搜不到", "equipment"),
    ("合同下个月到期，怎么续约", "contract"),
    ("想把店转让给我弟弟", "contract"),
    ("新员工的考核什么时候考", "training"),
    ("上季度的返利到账了吗", "finance"),
    ("发票抬头写错了能重开吗", "finance"),
    ("中秋的海报能发我源文件吗", "marketing"),
    ("满减券和团购能叠加吗", "marketing"),
    ("看中一个铺面，帮忙看看符合选址要求吗", "consult"),
    ("顾客要我赔一千块，我该怎么应对", "consult"),
    ("您好", "other"),
    ("谢谢你们昨天帮忙", "other"),
    ("发错了，不好意思", "other"),
    ("建议公告白天发", "other"),
    ("", "other"),
    ("🙂🙂", "other"),
    ("我想问一下那个东西行不行", "consult"),
]
COMPLAINTS = [
    "我要投诉你们的客服",
    "我要 投*诉",
    "我要投訴",
    "说好三天到账，半个月了一分钱没见，到底有没有人管",
    "第四次漏发了，这损失你们谁来赔",
    "督导当着顾客的面吼我，这是什么态度",
    "再不解决我就去消协，律师我已经找好了",
    "我不想吵架，但是你们已经拖了两个月，给个说法",
]
NO_COMPLAINTS = [
    "我不是来投诉的，想问下怎么退货",
    "投诉电话是多少，要贴在店里",
    "顾客说要投诉我们店，我该怎么处理",
    "顾客要去消协告我们，总部有法务支持吗",
    "那个投诉撤了吧，是我误会了",
    "夸一下处理我投诉的小李，态度很好",
    "没有不满意，就是想问问流程",
    "货少了一件，不急，下趟补上就行",
    "请问保证金什么时候退",
]


@pytest.fixture(scope="module")
def triage(segmenter: JiebaSegmenter) -> Triage:
    warmed = Triage(segmenter, REGIONS)
    warmed.warm()
    return warmed


@pytest.mark.parametrize(("text", "kind"), KIND)
def test_the_kind_is_what_the_sentence_asks_for(triage: Triage, text: str, kind: str) -> None:
    assert triage.read(text).kind == kind


@pytest.mark.parametrize("text", COMPLAINTS)
def test_who_reproaches_and_claims_complains(triage: Triage, text: str) -> None:
    said = triage.read(text)
    assert (said.kind, said.is_complaint) == ("complaint", True)


@pytest.mark.parametrize("text", NO_COMPLAINTS)
def test_the_word_alone_makes_no_complaint(triage: Triage, text: str) -> None:
    said = triage.read(text)
    assert not said.is_complaint
    assert said.kind != "complaint"


def test_the_reasons_name_the_words_that_decided(triage: Triage) -> None:
    said = triage.read("我是四川的加盟商，等了三天没人管")
    assert (said.province, said.region) == ("四川", "southwest")
    assert "门店在四川：四川" in said.reasons
    assert any(reason.startswith("态度不好、没人理：没人管") for reason in said.reasons)


def test_every_goal_is_reached_on_the_half_that_was_tuned_on(triage: Triage) -> None:
    assert meets_goals(measured(*judge(labels_of(TUNED), triage)))


@pytest.mark.parametrize("name", ["triage_tune.jsonl", "triage_dev.jsonl"])
def test_labelled_files_are_whole(name: str) -> None:
    rows = [json.loads(line) for line in (TUNED.parent / name).read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == len({row["text"] for row in rows})
    assert {row["kind"] for row in rows} <= set(KINDS)
    assert {row["province"] for row in rows} <= {None, *PROVINCES}
    assert all((row["kind"] == "complaint") is row["complaint"] for row in rows)


def test_no_word_is_listed_twice_for_a_kind_and_no_group_twice() -> None:
    table = tomllib.loads(kinds.DATA.read_text(encoding="utf-8"))
    del table["reason"], table["worded"]
    assert set(table) == set(KINDS) - {"complaint"}
    for kind, tiers in table.items():
        words = [word for tier, listed in tiers.items() if tier != "patterns" for word in listed]
        assert sorted(words) == sorted(set(words)), kind
    rows = tomllib.loads(complaints.DATA.read_text(encoding="utf-8"))
    names = [row["name"] for key in ("groups", "stance", "soothing") for row in rows[key]]
    assert sorted(names) == sorted(set(names))


def test_a_pattern_that_matches_nothing_at_all_would_match_everything(triage: Triage) -> None:
    readers = triage._loaded()
    kind_reader, complaint_reader = readers.kinds, readers.complaints
    assert not [p.pattern for _, p in kind_reader._patterns if p.search("")]
    assert not [g.name for g in (*complaint_reader._groups, *complaint_reader._soothing) if g.pattern.search("")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("投 訴", "投诉"),
        ("四*川", "四川"),
        ("ＰＯＳ", "pos"),
        ("货\u200b到", "货到"),
        ("!!!!!!", "!!!"),
        ("在 成都", "在 成都"),
        ("鲜活,该冷藏", "鲜活,该冷藏"),
    ],
)
def test_plain_joins_what_was_split_and_nothing_else(written: str, read: str) -> None:
    assert plain(written) == read


PIECES = st.sampled_from(
    ["四川", "成都", "朝阳", "店", "我们", "在", "从", "仓", "投诉", "不是", "顾客", "说好", "等了", "三天", "没",
     "?", "!", "。", ",", "\x00", "\x01", "\ud800", "~", "@", "“", "12315", " ", "\n", "路", "路路路", "老家"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_no_text_breaks_it(text: str) -> None:
    said = SHARED.read(text)
    assert said.kind in KINDS
    assert said.is_complaint is (said.kind == "complaint")
    assert said.province in (None, *PROVINCES)


SHARED = Triage(regions=REGIONS)
"""Built over the one dictionary of the process; Hypothesis takes no fixtures of function scope."""


LONG = (
    "成都,",
    "我们店在成都武侯区",
    "等了三天还没到货,你们到底管不管?",
    "顾客说",
    "去",
    "从成都仓发老家是河南的店",
    "又",
    "(",
    "1",
)


@pytest.mark.parametrize("piece", LONG)
def test_a_long_text_holds_nothing_up(triage: Triage, piece: str) -> None:
    """It takes about 0.03 s; half a second would be a pattern gone wild."""
    text = (piece * 4096)[:4096]
    start = time.process_time()
    triage.read(text)
    assert time.process_time() - start < 0.5


def test_the_data_files_are_beside_the_code() -> None:
    assert {p.name for p in Path(kinds.__file__).parent.glob("*.toml")} >= {
        "places.toml", "place_names.toml", "kinds.toml", "complaint.toml"
    }  # fmt: skip
