"""What an opening is: nine kinds and complaints, by what is said. The sentences are not those of tests/data."""

import json
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.openings import AUTHORS, DATA, LEARNED, MADE, OFTEN, SEEN, judge, labels_of, left_out_table, measured
from bench.triage import FIRST_READ, GOALS, SCORED, first_read, meets_goals
from bot.desk.labels import KINDS
from bot.desk.people import PROVINCES
from bot.language import complaints, kinds, weighing, wording
from bot.language.clauses import clauses_of
from bot.language.complaints import ComplaintReader, Grievance
from bot.language.plain import plain
from bot.language.segmenter import JiebaSegmenter
from bot.language.triage import Readers, Triage, ends
from bot.language.weighing import Evidence, Scales
from bot.language.wording import WordingReader
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
    ("锅底和毛肚各要二十份", "order"),
    ("和面机转到一半就停", "equipment"),
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
    "又是“已经登记”，你们的马上到底是哪天",
    "同你哋客服讲不通，有冇搞错",
    "报修单拖到几时，当我们是傻的",
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
    "这几天多亏你们夜里还回消息",
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
    assert meets_goals(measured(*judge(labels_of(DATA / SEEN), triage)))


@pytest.mark.parametrize("name", LEARNED)
def test_labelled_files_are_whole(name: str) -> None:
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
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
def test_a_long_text_holds_nothing_up(triage: Triage, piece: str, most: float) -> None:
    """It takes about 0.02 s; the best of three, since other tests share the machine."""
    text = (piece * 4096)[:4096]
    assert min(_seconds(triage, text) for _ in range(3)) < most


def _seconds(triage: Triage, text: str) -> float:
    start = time.process_time()
    triage.read(text)
    return time.process_time() - start


def test_what_is_asked_at_either_end_of_a_long_text_is_read(triage: Triage) -> None:
    filler = "昨天下了一天的雨。" * 400
    assert triage.read(f"成都店的打印机不出单了。{filler}").kind == "equipment"
    said = triage.read(f"{filler}我是四川的加盟商，打印机不出单了。")
    assert (said.province, said.kind) == ("四川", "equipment")


def always(kind: str, segmenter: JiebaSegmenter) -> Triage:
    """Whatever is found, the weighing says so."""
    weights = [[0.0] * 19 + [5.0 if one == kind else 0.0] for one in KINDS]
    return Triage(segmenter, readers=Readers(scales=Scales(weights, 0.5)))


def test_a_plain_complaint_is_one_whatever_its_wording(segmenter: JiebaSegmenter) -> None:
    triage = always("other", segmenter)
    assert triage.read("我要投诉").kind == "complaint"
    assert triage.read("这批货等了三天").kind == "other"
    assert triage.read("拖了两个月没人管，凭什么要我赔").kind == "other"


def test_who_accuses_of_nothing_in_a_word_or_two_does_not_complain_whatever_is_weighed(
    segmenter: JiebaSegmenter,
) -> None:
    eager = always("complaint", segmenter)
    assert eager.read("请您稍等。").kind != "complaint"
    assert eager.read("你们真行，凭什么").kind == "complaint"
    assert eager.read("昨天下午到的那箱牛奶已经放进冰箱了").kind == "complaint"


def test_of_what_no_opening_ever_said_the_lexicon_alone_decides(segmenter: JiebaSegmenter) -> None:
    assert always("finance", segmenter).read("🙂🙂").kind == "other"
    assert always("finance", segmenter).read("您好").kind == "finance"


@pytest.mark.parametrize(
    ("text", "accuses"),
    [
        ("搞啥子名堂嘛", True),
        ("同你们讲不通", True),
        ("你们的马上到底是哪天", True),
        ("这个不归我管", True),
        ("这个亏总部来认", True),
        ("多亏总部帮忙", False),
        ("明天是哪个班的师傅来", False),
    ],
)
def test_what_reproaches_is_told_from_what_only_sounds_like_it(text: str, accuses: bool) -> None:
    assert ComplaintReader().read(text, clauses_of(text)).accuses is accuses


def test_a_complaint_is_one_from_its_limit_on_though_something_else_is_likelier() -> None:
    """The chances are about a third and two thirds, or nothing for the seven others."""
    level = {"complaint": 10.0, "order": 10.7}
    weights = [[0.0] * 19 + [level.get(kind, 0.0)] for kind in KINDS]
    nothing = Evidence({}, Grievance(is_complaint=False, score=0.0, clues=()), WordingReader({}).read("", ()))
    assert Scales(weights, 0.3).chances(nothing)["complaint"] == pytest.approx(1 / 3, abs=0.01)
    assert Scales(weights, 0.3).kind(nothing) == "complaint"
    assert Scales(weights, 0.4).kind(nothing) == "order"
    assert Scales(weights, 0.3).kind(nothing, may_complain=False) == "order"


def test_the_wording_was_learned_from_the_labelled_openings_as_they_are() -> None:
    """Whoever adds openings, or changes what pieces are, learns anew: python -m bench.learn_kinds."""
    texts = [ends(plain(label.text)) for name in LEARNED for label in labels_of(DATA / name)]
    counts = Counter(piece for text in texts for piece in wording.pieces_of(text, clauses_of(text)))
    assert set(wording.load()) == {"", *(piece for piece, times in counts.items() if times >= OFTEN)}


def test_what_was_learned_is_what_the_program_reads(triage: Triage) -> None:
    sample = [label for name in AUTHORS for label in labels_of(DATA / name)][::9]
    assert measured(*judge(sample, triage)).kind > 0.95


def test_the_kept_table_counts_every_opening_and_reaches_the_goals() -> None:
    told = json.loads(weighing.DATA.read_text(encoding="utf-8"))["left_out"]
    assert {name: row[0] for name, row in told.items()} == {
        name: len(labels_of(DATA / name)) for name in LEARNED if name not in MADE
    }
    together = left_out_table(told).splitlines()[-1].split(" | ")
    assert float(together[2].rstrip("%")) / 100 >= GOALS["kind"]
    assert float(together[3].split()[0]) >= GOALS["complaint"]


def test_nothing_is_learned_from_what_is_only_scored() -> None:
    assert not {path.name for path in SCORED} & set(LEARNED)
    assert all(path.exists() for path in SCORED)


@pytest.mark.parametrize("path", FIRST_READ, ids=lambda path: path.stem)
def test_the_first_readings_are_of_every_opening(path: Path) -> None:
    assert len(first_read(path)) == len(labels_of(path))


@pytest.mark.parametrize("piece", ["", "\\", "\t", "\n", "a\n", "\\t", "货到", "?货"])
def test_a_piece_is_read_as_it_was_written(piece: str, tmp_path: Path) -> None:
    table = {piece: (7, "\t".join("123456789"))}
    path = tmp_path / "wording.tsv"
    path.write_text(wording.written(table), encoding="utf-8", newline="\n")
    assert wording.load(path) == table


def test_pieces_are_characters_and_pairs_and_apart_those_of_what_is_asked() -> None:
    """Any number is nought; the last clause that asks stands for what is asked, else the last."""
    text = "少12箱,补吗,急"
    pieces = wording.pieces_of(text, clauses_of(text))
    assert pieces[:9] == ["^", "少", "0", "箱", ",", "补", "吗", "急", "$"]
    assert [piece for piece in pieces if piece.startswith("?")] == [
        "?^", "?补", "?吗", "?,", "?$", "?^补", "?补吗", "?吗,", "?,$"
    ]  # fmt: skip
    assert "?急" in wording.pieces_of("货没到,急", clauses_of("货没到,急"))


def test_a_wording_is_summed_over_its_length_from_where_it_begins() -> None:
    base = "\t".join(["100", *["0"] * 8])
    reader = WordingReader({"": (0, base), "货": (400, "\t".join(["-600", "200", *["0"] * 7]))})
    read = reader.read("货", ())
    assert (read.known, read.scores[:3]) == (1, (-2.0, 1.0, 0.0))
    assert reader.read("票", ()).scores[:2] == (1.0, 0.0)


def test_the_data_files_are_beside_the_code() -> None:
    assert {p.name for p in Path(kinds.__file__).parent.glob("*.toml")} >= {
        "places.toml", "place_names.toml", "kinds.toml", "complaint.toml"
    }  # fmt: skip
