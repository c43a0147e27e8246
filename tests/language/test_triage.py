"""What an opening is: nine kinds and complaints, by what is said. The sentences are not those of tests/data."""

import json
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import fit_triage
from bench.triage import TUNED, judge, labels_of, measured, meets_goals
from bot.desk.labels import KINDS
from bot.desk.people import PROVINCES
from bot.language import complaints, kinds, wording
from bot.language.plain import plain
from bot.language.segmenter import JiebaSegmenter
from bot.language.triage import Readers, Triage
from bot.language.weighing import Scales
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
    "请您稍等。",
    "照片发您了",
    "我在等",
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


@pytest.mark.parametrize(
    "name",
    [
        "triage_tune.jsonl",
        "triage_tune2.jsonl",
        "triage_dev.jsonl",
        "triage_own.jsonl",
        "triage_fresh_tune.jsonl",
        "triage_tune4.jsonl",
        "triage_tune5.jsonl",
    ],
)
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
    """It takes about 0.02 s; the best of three, since other tests share the machine."""
    text = (piece * 4096)[:4096]
    assert min(_seconds(triage, text) for _ in range(3)) < 0.05


def _seconds(triage: Triage, text: str) -> float:
    start = time.process_time()
    triage.read(text)
    return time.process_time() - start


def test_what_is_asked_at_either_end_of_a_long_text_is_read(triage: Triage) -> None:
    filler = "昨天下了一天的雨。" * 400
    assert triage.read(f"成都店的打印机不出单了。{filler}").kind == "equipment"
    said = triage.read(f"{filler}我是四川的加盟商，打印机不出单了。")
    assert (said.province, said.kind) == ("四川", "equipment")


def test_a_plain_complaint_is_one_whatever_its_wording(segmenter: JiebaSegmenter) -> None:
    wary = Scales([[0.0] * 18 + [5.0 if kind == "other" else 0.0] for kind in KINDS])
    triage = Triage(segmenter, readers=Readers(scales=wary))
    assert triage.read("我要投诉").kind == "complaint"
    assert triage.read("这批货等了三天").kind == "other"


def test_the_wording_is_what_the_labelled_openings_give() -> None:
    """Whoever adds openings counts them: python -m bench.fit_triage."""
    kept = wording.load()
    counted = fit_triage.counted(fit_triage.rows())
    assert set(kept) == set(counted)
    assert all(weight == pytest.approx(again, abs=0.006) for gram in kept
               for weight, again in zip(kept[gram], counted[gram], strict=True))  # fmt: skip


@pytest.mark.parametrize("gram", ["\\", "\t", "\n", "a\n", "\\t", "货到"])
def test_a_gram_is_read_as_it_was_written(gram: str, tmp_path: Path) -> None:
    table = tmp_path / "wording.tsv"
    table.write_text("\t".join((wording.escaped(gram), *["7"] * 9)) + "\n", encoding="utf-8")
    assert wording.load(table) == {gram: (0.07,) * 9}


def test_grams_are_characters_and_pairs_and_any_number_is_nought() -> None:
    assert wording.grams_of("少12箱") == ["^", "少", "0", "箱", "$", "^少", "少0", "0箱", "箱$"]


def test_the_weighing_fits_what_it_is_shown() -> None:
    """Fitted on openings of which the wording tells all, it reads them right."""
    learned = [row for row in fit_triage.rows() if row.is_unseen][::8]
    reader = wording.WordingReader(fit_triage.counted(learned))
    shown = [fit_triage.worded(row, reader) for row in learned]
    scales = Scales(fit_triage.fitted(shown))
    chances = [scales.chances(row.evidence) for row in shown]
    right = sum(max(c, key=lambda kind: c[kind]) == row.label.kind for c, row in zip(chances, shown, strict=True))
    assert right / len(shown) > 0.9
    assert all(sum(c.values()) == pytest.approx(1) for c in chances)


def test_the_data_files_are_beside_the_code() -> None:
    assert {p.name for p in Path(kinds.__file__).parent.glob("*.toml")} >= {
        "places.toml", "place_names.toml", "kinds.toml", "complaint.toml"
    }  # fmt: skip
