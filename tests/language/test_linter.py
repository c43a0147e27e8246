"""The lint as the desk uses it: what must be caught, what must be let through, and where it points."""

import json
import random
import shutil
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config_models import LintSettings
from bot.desk.lint import Category, Severity
from bot.desk.manners.tone import ANY, MODELS
from bot.desk.split import units
from bot.language import proved
from bot.language.engine_files import FOLDER, TONE_RULE, check_rules
from bot.language.linter import RuleLinter
from tests.process import ROOT
from tests.words import the_rules

DATA = ROOT / "tests" / "data"
PAIRS = [
    [part.strip() for part in line.split("|")]
    for line in (DATA / "lint_pairs.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LONGEST = 4096
LABELLED = (ROOT / "tests/data/lint_tune.jsonl").read_text(encoding="utf-8").splitlines()
RULE_TELLS = "这个不归我管，您找别人去"
TONE_TELLS = "上回也是您，上上回也是您，我都快背下来了"
"""Unkind without a word that any rule knows."""


@pytest.fixture(scope="module")
def linter() -> RuleLinter:
    made = RuleLinter()
    assert made.warm() == ()
    return made


def found(linter: RuleLinter, text: str) -> set[str]:
    return {finding.category.value for finding in linter.check(text).findings}


@pytest.mark.parametrize(("category", "unkind", "kind"), PAIRS)
def test_the_unkind_one_is_caught_and_the_one_that_shares_its_words_is_not(
    linter: RuleLinter, category: str, unkind: str, kind: str
) -> None:
    assert category in found(linter, unkind)
    assert found(linter, kind) == set()


@pytest.mark.parametrize(
    "text",
    ["不 归 我 管", "不.归.我.管", "不*归*我*管", "这不归我 管", "不归\u200b我\u200d管", "不歸我管", "不gui我管",
     "bu gui wo guan", "buguiwoguan", "不归窝管", "不😀归😀我😀管", "不̶归̶我̶管̶", "不（归）我（管）"],
)  # fmt: skip
def test_a_disguise_does_not_help(linter: RuleLinter, text: str) -> None:
    assert "shirk" in found(linter, text)


@pytest.fixture(scope="module")
def rules() -> RuleLinter:
    """What the rules alone find."""
    return RuleLinter(has_tone=False)


def test_a_single_character_may_be_written_by_its_sound(rules: RuleLinter) -> None:
    (finding,) = rules.check("您gun吧").findings
    assert (finding.rule, finding.category) == ("辱骂", Category.RIGID)


def test_words_that_first_stand_where_they_mean_no_harm_are_found_where_they_do(rules: RuleLinter) -> None:
    (finding,) = rules.check("您自己决定，后果自己承担").findings
    assert (finding.rule, finding.matched, finding.start) == ("自己想办法", "自己承担", 8)


@pytest.mark.parametrize(
    "text",
    ["您觉得这样合适不 行我就下单了", "您觉得这样合适不😊行我就下单了", "这批没 门店的货我已经补发给您", "收到😊您稍等",
     "请您看微信小程序 POS 机的设置", "请您把 WiFi 名称发我", "iPhone 用户请您更新 APP"],
)  # fmt: skip
def test_blanks_emoji_and_latin_words_join_nothing(linter: RuleLinter, text: str) -> None:
    assert found(linter, text) == set()


@pytest.mark.parametrize(
    ("text", "word"),
    [("😀😀这不归我管", "不归我管"), ("ＡＢ㈱这不歸我管", "不歸我管"), ("👨‍👩‍👧家里人好，不归我管", "不归我管"),
     ("e\u0301e\u0301不 归 我 管。", "不 归 我 管")],
)  # fmt: skip
def test_a_finding_points_at_the_original(linter: RuleLinter, text: str, word: str) -> None:
    hit = next(f for f in linter.check(text).findings if f.category is Category.SHIRK)
    assert text[hit.start : hit.end] == hit.matched == word
    assert units(text[: hit.start]) == len(text[: hit.start].encode("utf-16-le")) // 2


def test_please_and_you_do_not_whitewash(linter: RuleLinter) -> None:
    assert {"rigid", "impatient"} <= found(linter, "请您少啰嗦")


def test_a_turn_begins_a_new_judgement(linter: RuleLinter) -> None:
    assert "shirk" in found(linter, "不是我推脱，可这真不归我管")


def test_what_is_impatient_is_rigid_too(linter: RuleLinter) -> None:
    assert {"rigid", "impatient"} <= found(linter, "催什么催")


def test_help_that_is_offered_excuses_what_is_somebody_elses_work(linter: RuleLinter) -> None:
    assert found(linter, "这项归财务管，我已经替您转过去了，今天18点前给您答复，请您放心。") == set()


def test_courtesy_is_seen_character_by_character(linter: RuleLinter) -> None:
    courtesy = linter.check("谢谢您，申请已收到，再见").courtesy
    assert (courtesy.qing, courtesy.nin, courtesy.zaijian) == (False, True, True)
    assert linter.check("请稍候").courtesy.qing


def test_severities_come_from_the_settings() -> None:
    mild = RuleLinter({Category.SHIRK: Severity.WARN, Category.INFORMAL_YOU: Severity.OFF}, courtesy=Severity.OFF)
    report = mild.check("这不归我管，你别问了")
    assert {f.severity for f in report.findings if f.category is Category.SHIRK} == {Severity.WARN}
    assert Category.INFORMAL_YOU not in {f.category for f in report.findings}
    assert report.lacks == ()


FACTS = {"department": "物流部", "deadline": "今天 18:00", "person": "小郑", "case": "#12"}


@pytest.mark.parametrize("facts", [{}, FACTS])
@pytest.mark.parametrize("unkind", [unkind for _, unkind, _ in PAIRS])
def test_better_words_pass_themselves(linter: RuleLinter, unkind: str, facts: dict[str, str]) -> None:
    better = linter.better(unkind, facts)
    assert better
    report = linter.check(better)
    assert (report.findings, report.lacks) == ((), ())
    assert "{" not in better and "〔" not in better


def test_only_the_unkind_sentence_is_replaced(linter: RuleLinter) -> None:
    better = linter.better("您好，货已经到了仓库。剩下的不归我管。", FACTS)
    assert better.startswith("您好，货已经到了仓库。")
    assert "物流部" in better and "今天 18:00前" in better


def test_every_rules_better_wording_passes(linter: RuleLinter) -> None:
    for rule in linter.engine.judge.rules:
        for facts in ({}, FACTS):
            words = linter.engine.filled(rule, facts)
            assert linter.check(words).findings == (), (rule.name, words)


@pytest.mark.parametrize("category", [c for c in Category if c is not Category.INFORMAL_YOU])
def test_what_the_tone_alone_tells_is_said_in_general_and_passes(linter: RuleLinter, category: Category) -> None:
    general = linter.engine.general[category]
    assert general.why
    for facts in ({}, FACTS):
        report = linter.check(linter.engine.filled(general, facts))
        assert (report.findings, report.lacks) == ((), ())


@pytest.mark.parametrize(
    ("text", "foreign"),
    [("还是请您自己看说明书吧", "质问"), ("我们保证明天一定到货", "经营"), ("您放心，肯定三天到货", "经营")],
)
def test_a_reason_speaks_of_nothing_that_was_not_said(linter: RuleLinter, text: str, foreign: str) -> None:
    findings = linter.check(text).findings
    assert findings
    assert not [f for f in findings if foreign in f.why + f.suggestion]


def test_ready_answers_and_every_script_pass(linter: RuleLinter) -> None:
    from bot.desk.script import render
    from bot.language.script_files import load_scripts

    for script in load_scripts().all():
        words = render(script, dict.fromkeys(script.placeholders, "小陈")).text
        assert [f for f in linter.check(words).findings if f.rule != TONE_RULE] == [], script.id


LEFT_OUT = {path.name for path in FOLDER.glob("*.toml")} - {"rigid.toml", "shirk.toml"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two of the rule files, which is quicker, and all that stands beside them."""
    shutil.copytree(FOLDER, tmp_path / "forbidden", ignore=lambda at, names: {n for n in names if n in LEFT_OUT})
    return tmp_path / "forbidden"


def test_a_rule_that_fails_its_examples_is_refused_by_name_and_line(folder: Path) -> None:
    file = folder / "shirk.toml"
    text = file.read_text(encoding="utf-8").replace('yes = ["这不归我管"', 'yes = ["请您稍候"', 1)
    file.write_text(text, encoding="utf-8")
    line = text.splitlines().index("[[rule]]") + 1
    assert [str(problem) for problem in check_rules(folder)] == [
        f"{file}:{line}: 规则“不归我管”：没有找出应当找出的“请您稍候”"
    ]


def test_better_words_are_shown_to_supervisors_as_they_would_be_said() -> None:
    shown = the_rules(LintSettings()).shown()
    assert shown
    assert [r.name for r in shown if set("{}〔〕|") & set(r.better)] == []


def test_a_category_without_its_general_words_is_refused_by_file(folder: Path) -> None:
    file = folder / "shirk.toml"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("general_")]
    file.write_text("\n".join(kept), encoding="utf-8")
    assert [str(p) for p in check_rules(folder) if "general_why" in p.text and p.path == str(file)]
    file.write_text("\n".join(["general_why = 3", 'general_better = "{x}"', *kept]), encoding="utf-8")
    assert [p.text for p in check_rules(folder)] == [
        "general_why 须是一句话",
        "better 里的占位符 {x} 不存在，可用 department、deadline、person、case",
    ]


def test_new_rules_are_taken_at_once_and_broken_ones_leave_the_old_in_force(folder: Path) -> None:
    linter = RuleLinter(folder=folder, has_tone=False)
    linter.warm()
    file = folder / "rigid.toml"
    good = file.read_text(encoding="utf-8")
    own = '\n[[rule]]\nname = "自家的话"\npatterns = ["芝麻开门"]\nwhy = "不说"\nyes = ["芝麻开门"]\n'
    assert not linter.check("芝麻开门").findings
    file.write_text(good + own, encoding="utf-8")
    assert linter.reload() == ()
    assert linter.check("芝麻开门").findings
    file.write_text(good + own.replace('["芝麻开门"]\nwhy', '["芝麻(开门"]\nwhy'), encoding="utf-8")
    problems = linter.reload()
    assert len(problems) == 1 and "自家的话" in str(problems[0]) and str(file) in str(problems[0])
    assert linter.check("芝麻开门").findings


def test_a_rule_of_ones_own_is_not_overruled_by_the_tone(folder: Path) -> None:
    own = '\n[[rule]]\nname = "自家的话"\npatterns = ["请您放心"]\nwhy = "不说"\nyes = ["请您放心"]\n'
    with (folder / "rigid.toml").open("a", encoding="utf-8") as file:
        file.write(own)
    assert RuleLinter(folder=folder).check("您好，货今天到，请您放心，再见").findings


class Says:
    """A close reader that is sure of one thing, and remembers what it was given."""

    def __init__(self, surely: str) -> None:
        self._scores = [30.0 if model in (ANY, surely) else -30.0 for model in MODELS]
        self.given: list[str] = []

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[float]]:
        self.given += sentences
        return [self._scores] * len(sentences)


def test_what_the_tone_leaves_in_doubt_is_told_by_the_close_reader_too(linter: RuleLinter) -> None:
    reader = Says("leak")
    assert linter.engine.reader is not None
    hits = replace(linter.engine, reader=reader).found(f"{TONE_TELLS}。")
    assert {hit.found.category for hit in hits} == {Category.LEAK}
    assert reader.given == [f"{TONE_TELLS}。".replace("，", ",")]


def test_a_reply_that_is_kind_beyond_doubt_is_not_read_again(linter: RuleLinter) -> None:
    reader = Says("leak")
    assert replace(linter.engine, reader=reader).found("您好，货今天下午发出，请您明天查收，有问题随时联系我。") == []
    assert reader.given == []


def test_without_the_close_readers_file_the_tone_alone_tells(folder: Path) -> None:
    (folder / "learned" / "reader.npz").unlink()
    linter = RuleLinter(folder=folder)
    assert linter.warm() == ()
    assert linter.engine.reader is None
    assert found(linter, TONE_TELLS)


def test_a_file_has_no_loose_of_its_own_that_its_rules_would_take_over(folder: Path) -> None:
    file = folder / "rigid.toml"
    file.write_text("loose = true\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    own = '\n[[rule]]\nname = "自家的话"\npatterns = ["请您放心"]\nwhy = "不说"\nyes = ["请您放心"]\n'
    with file.open("a", encoding="utf-8") as opened:
        opened.write(own)
    assert RuleLinter(folder=folder).check("您好，货今天到，请您放心，再见").findings


COURTESY = "您好，您反映的情况我们收到了，感谢您的耐心。{}祝您生意兴隆，如有需要请随时联系我们。"
UNKIND = ["您这店开得跟闹着玩似的，出了事又来哭，早干嘛去了。", "这事不归我们管，您找别人去吧，我帮不了您。"]


@pytest.mark.parametrize("sentence", UNKIND)
def test_an_unkind_sentence_is_found_and_marked_alone_however_much_courtesy_is_around_it(
    linter: RuleLinter, sentence: str
) -> None:
    text = COURTESY.format(sentence)
    at = text.index(sentence)
    grave = [f for f in linter.check(text).findings if f.category is not Category.INFORMAL_YOU]
    assert grave
    assert all(at <= f.start < f.end <= at + len(sentence) for f in grave)
    assert not linter.check(COURTESY.format("")).findings


@pytest.mark.parametrize(
    "text",
    ["停电时这样做：先关总闸，再拔插头", "第一步先断电，第二步拆外壳", "先点数，再签字", "灯变绿了再开门",
     "湿手别碰插座", "空箱压扁，码在后门左边"],
)  # fmt: skip
def test_short_plain_instructions_are_let_through(linter: RuleLinter, text: str) -> None:
    assert found(linter, text) == set()


def test_rules_that_passed_their_examples_are_not_tried_again_until_something_changes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (folder / proved.SHIPPED).unlink(missing_ok=True)
    assert proved.proved(proved.digests(folder), folder) == set()
    assert check_rules(folder) == ()
    assert proved.proved(proved.digests(folder), folder) == {str(path) for path in folder.glob("*.toml")}
    file = folder / "shirk.toml"
    text = file.read_text(encoding="utf-8").replace('yes = ["这不归我管"', 'yes = ["请您稍候"', 1)
    file.write_text(text, encoding="utf-8")
    assert str(file) not in proved.proved(proved.digests(folder), folder)
    assert len(check_rules(folder)) == 1
    assert len(check_rules(folder)) == 1


def test_rules_bring_along_that_they_passed_until_something_changes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "nothing"))
    (folder / proved.SHIPPED).write_text("\n".join(proved.digests(folder).values()), encoding="ascii")
    assert len(proved.proved(proved.digests(folder), folder)) == len(list(folder.glob("*.toml")))
    with (folder / "shirk.toml").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    untried = proved.digests(folder).keys() - proved.proved(proved.digests(folder), folder)
    assert untried == {str(folder / "shirk.toml")}
    with (folder / "words" / "fixed.txt").open("a", encoding="utf-8") as file:
        file.write("\n不归我管茶\n")
    assert proved.proved(proved.digests(folder), folder) == set()


def test_without_a_place_for_a_cache_the_rules_are_tried_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    (folder / proved.SHIPPED).unlink(missing_ok=True)
    assert check_rules(folder) == ()
    assert proved.proved(proved.digests(folder), folder) == set()


ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*"不归我管您你请怪催包微信“”「」《》。，,… \u200b\u0301😀🚪1gwo", "bu gui", "没办法",
                              "怎么不早说",
                              "13800004216", "如果", "但是", "他说您"]), max_size=150).map("".join),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_whatever_the_text_spans_are_in_it_and_say_what_is_there(text: str) -> None:
    shared = _shared()
    for finding in shared.check(text).findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.matched


HEAVY = {
    "repeats": "不归我管", "one character": "催", "quotes": "“", "nested quotes": "“「『", "emoji": "😀",
    "marks": "不\u0336",
    "zero width": "不\u200b", "pinyin": "bu gui wo guan ", "letters": "a", "homophones": "不归窝管", "figures": "138",
    "split": "不 归 ", "cues": "他说如果不会", "you": "您自己", "blanks": " ",
    "labelled replies end to end": "。".join(json.loads(line)["text"] for line in LABELLED),
    "characters by lot": "".join(random.Random(3).choices("不归我管您自己想办法“”（）,。 😀a1", k=LONGEST)),
}  # fmt: skip


@pytest.mark.parametrize("unit", HEAVY.values(), ids=HEAVY.keys())
def test_no_text_makes_it_slow(linter: RuleLinter, unit: str, most: float) -> None:
    text = (unit * LONGEST)[:LONGEST]
    linter.check(text)
    assert any(_cost(linter, text) < most for _ in range(12)), "the least of a dozen: memory is others', too"


def _cost(linter: RuleLinter, text: str) -> float:
    """Seconds of this thread's own time: other work on the machine does not count."""
    start = time.thread_time()
    linter.check(text)
    return time.thread_time() - start


def test_rules_may_be_exchanged_while_others_are_checking(linter: RuleLinter) -> None:
    seen: list[bool] = []
    thread = threading.Thread(target=lambda: seen.extend(bool(linter.check("这不归我管").findings) for _ in range(50)))
    thread.start()
    linter.reload()
    thread.join()
    assert seen == [True] * 50


_SHARED: list[RuleLinter] = []


def _shared() -> RuleLinter:
    if not _SHARED:
        _SHARED.append(RuleLinter())
    return _SHARED[0]


def test_the_tuning_half_is_judged_as_well_as_the_document_says(linter: RuleLinter) -> None:
    from bench.lint import TUNED, held, read

    kept = held(read([TUNED], linter))
    assert kept.precision > 0.95 and kept.recall > 0.95
    assert all(json.loads(line)["text"] for line in TUNED.read_text(encoding="utf-8").splitlines())


def test_without_the_quick_readers_file_only_the_rules_tell(folder: Path) -> None:
    (folder / "learned" / "quick.npz").unlink()
    linter = RuleLinter(folder=folder)
    assert linter.warm() == ()
    assert not found(linter, TONE_TELLS)
    assert found(linter, RULE_TELLS)


@pytest.mark.parametrize(
    ("name", "of", "told"),
    [("reader.npz", "细读", TONE_TELLS), ("quick.npz", "语气", RULE_TELLS), ("tone.toml", "语气", RULE_TELLS)],
)
def test_a_damaged_file_is_told_and_what_is_left_tells_on(folder: Path, name: str, of: str, told: str) -> None:
    file = folder / "learned" / name
    whole = file.read_bytes()
    file.write_bytes(whole[:1000])
    linter = RuleLinter(folder=folder)
    (problem,) = linter.warm()
    assert str(file) in str(problem) and of in str(problem)
    assert found(linter, told)
    file.write_bytes(whole)
    assert linter.reload() == ()
    assert linter.engine.reader is not None
    assert found(linter, TONE_TELLS)
