"""The house rules that every script keeps (三要三不 and plain order): each finding says where, and what to mend."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bot.desk.script import TOPICS, Kind, Problem, Script, When

LONGEST_BODY: Final = 1800
"""Characters; only the help for supervisors, a list to look things up in, comes near."""
LONGEST_TITLE: Final = 20
"""Characters; a title is the label of a button."""
LONGEST_ID: Final = 40
"""Bytes; an id travels in a button's callback data, of which Telegram takes 64 bytes."""

REQUIRED: Final = (
    *(f"greeting/{when}" for when in When),
    "answer/acknowledge",
    "answer/acknowledge_late",
    "answer/ask_again",
    "goodbye/resolved",
    "goodbye/closed_by_franchisee",
    "goodbye/no_word",
)
"""The three voices: the desk can't open, hear or end a case without them."""

_ID: Final = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
_NOT_AN_ADDRESS: Final = re.compile(r"迷你|《[^《》]*》")
_CLOSING: Final = re.compile(r"再见[\s。.!\uff01~\uff5e”’」』)\uff09]*$")
_SHOUT: Final = re.compile(r"[!\uff01]\s*[!\uff01]")


def broken_rules(script: Script) -> Iterator[Problem]:
    """Everything that one script does against the rules."""
    for rule in _RULES:
        yield from rule(script)


def broken_rules_of_all(scripts: Iterable[Script]) -> Iterator[Problem]:
    """What is wrong among scripts: the same id or the same button twice, a voice that is missing."""
    ids: dict[str, str] = {}
    titles: dict[str, str] = {}
    for script in scripts:
        other = ids.setdefault(script.id, script.path)
        if other != script.path:
            yield Problem(script.path, 1, f"编号 {script.id} 与 {other} 重复，请改一个")
        twin = titles.setdefault(script.title, script.path) if script.kind is Kind.READY else script.path
        if twin != script.path:
            yield Problem(script.path, 1, f"标题“{script.title}”与 {twin} 重复，按钮上会分不清，请改一个")
    yield from (Problem(f"{id_}.md", 1, "缺少这条话术，请新建这个文件") for id_ in REQUIRED if id_ not in ids)


def _id(script: Script) -> Iterator[Problem]:
    if not _ID.fullmatch(script.id) or len(script.id) > LONGEST_ID:
        yield _of(script, f"编号 {script.id} 须形如 order/late_delivery:小写字母、数字、下划线，不超过 {LONGEST_ID} 个")
    elif f"{script.id}.md" != script.path:
        yield _of(script, f"编号 {script.id} 与文件名不一致，应写 {script.path.removesuffix('.md')}")


def _folder(script: Script) -> Iterator[Problem]:
    folder = script.path.split("/")[0]
    if script.kind is Kind.READY and folder not in script.topics and script.topics:
        yield _of(script, f"文件在 {folder} 文件夹,topics 里也要写上 {folder}，或把文件移到对应的文件夹")
    if script.kind is not Kind.READY and folder != script.kind:
        yield _of(script, f"kind 是 {script.kind}，文件应放在 {script.kind} 文件夹")


def _keys_of_kind(script: Script) -> Iterator[Problem]:
    """Some settings belong to one kind only; there they must be, elsewhere they would do nothing."""
    if (script.kind is Kind.GREETING) is (script.when is None):
        yield _of(script, f"when 写在问声(greeting)里，也只写在问声里；可用的有：{'、'.join(When)}")
    if script.is_for_known and script.kind is not Kind.GREETING:
        yield _of(script, "known 只用于问声(greeting)")
    if script.declared and script.kind is not Kind.NOTICE:
        yield _of(script, "values 只用于通知(notice)")
    if script.sayings and script.kind is not Kind.READY:
        yield _of(script, "sayings 只用于现成答复(ready)")
    for key, given in (("topics", script.topics), ("keywords", script.keywords)):
        if (script.kind is Kind.READY) is not bool(given):
            yield _of(script, f"{key} 写在现成答复(ready)里，至少一个，也只写在现成答复里")
    for topic in set(script.topics) - set(TOPICS):
        yield _of(script, f"没有 {topic} 这个类别；可用的有：{'、'.join(TOPICS)}")


def _title(script: Script) -> Iterator[Problem]:
    if len(script.title) > LONGEST_TITLE:
        yield _of(script, f"标题 {len(script.title)} 字，请缩到 {LONGEST_TITLE} 字以内，按钮上才放得下")


def _length(script: Script) -> Iterator[Problem]:
    body = script.body
    if not body.strip():
        yield _of(script, "没有正文")
    elif len(body) > LONGEST_BODY:
        yield _body_problem(script, f"正文 {len(body)} 字，请缩到 {LONGEST_BODY} 字以内")


def _slots(script: Script) -> Iterator[Problem]:
    for piece in script.pieces:
        if piece.is_slot and piece.text not in script.allowed:
            usable = "、".join(f"{{{name}}}" for name in sorted(script.allowed))
            yield Problem(script.path, piece.line, f"这里没有占位符 {{{piece.text}}}；可用的有：{usable}")


def _courtesy(script: Script) -> Iterator[Problem]:
    """三要: 请 at the head, 您 throughout, 再见 at the end."""
    body = script.body
    if script.kind is Kind.GREETING:
        yield from (_body_problem(script, f"问声里要有“{word}”") for word in "请您" if word not in body)
    if script.kind is Kind.GOODBYE and not _CLOSING.search(body):
        yield _body_problem(script, "送声须以“再见”结尾(后面可跟标点)")


def _tone(script: Script) -> Iterator[Problem]:
    for line, text in [(1, script.title), *_body_lines(script)]:
        if "你" in _NOT_AN_ADDRESS.sub("", text):
            yield Problem(script.path, line, "称呼请用“您”，不用“你”")
        if _SHOUT.search(text):
            yield Problem(script.path, line, "感叹号不要连用")


_RULES: Final[tuple[Callable[[Script], Iterator[Problem]], ...]] = (
    _id, _folder, _keys_of_kind, _title, _length, _slots, _courtesy, _tone,
)  # fmt: skip


def _of(script: Script, text: str) -> Problem:
    return Problem(script.path, 1, text)


def _body_problem(script: Script, text: str) -> Problem:
    return Problem(script.path, script.pieces[0].line, text)


def _body_lines(script: Script) -> Iterator[tuple[int, str]]:
    first = script.pieces[0].line if script.pieces else 1
    yield from enumerate(script.body.split("\n"), start=first)
