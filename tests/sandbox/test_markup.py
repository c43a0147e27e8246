"""HTML and MarkdownV2 as Telegram reads them: entities at UTF-16 offsets, and its own words for what is wrong."""

import html as html_module
import re
from typing import Any

import pytest
from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration, markdown_decoration
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import formatted, in_order
from bot.sandbox.markup_html import MarkupError, parse_html
from bot.sandbox.markup_markdown import parse_markdown_v2
from bot.sandbox.utf16 import u16_length, u16_slice

Entity = tuple[str, int, int]


def brief(entities: list[dict[str, Any]]) -> list[Entity]:
    return [(e["type"], e["offset"], e["length"]) for e in in_order(entities)]


GOOD_HTML: list[tuple[str, str, list[Entity]]] = [
    ("", "", []),
    ("&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678;", '&ge;<>&"&laquo;&#12345678;', []),
    ("🏟 <b>🏟</b>", "🏟 🏟", [("bold", 3, 2)]),
    ("<strong>a</strong><em>b</em><ins>c</ins>", "abc", [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1)]),
    ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
    ("<i>🏟 &gt;<b aba = caba>&lt🏟</b></i>", "🏟 ><🏟", [("italic", 0, 7), ("bold", 4, 3)]),
    ("<b></b>x", "x", []),
    ("<i>a</   >", "a", [("italic", 0, 1)]),
    ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
    ("<a href=telegram.org>a</a>", "a", [("text_link", 0, 1)]),
    ("<a>telegram.org</a>", "telegram.org", [("text_link", 0, 12)]),
    ("<a href='no link'>a</a>", "a", []),
    ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1)]),
    ("<pre><code>a</code></pre>", "a", [("pre", 0, 1), ("code", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("<blockquote>a</blockquote>b", "ab", [("blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="12345">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text", "entities"), GOOD_HTML)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[Entity]):
    found_text, found = parse_html(source)
    assert (found_text, brief(found)) == (text, entities)


BAD_HTML = [
    ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
    ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
    ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
    ("🏟 🏟&lt;<i    aba  =  '&lt;>", "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
    ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
    ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
    ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("库存<5", "Unclosed start tag at byte offset 6"),
]


@pytest.mark.parametrize(("source", "words"), BAD_HTML)
def test_bad_html_is_told_with_byte_offsets(source: str, words: str):
    with pytest.raises(MarkupError, match=f"^{re.escape(words)}$"):
        parse_html(source)


GOOD_MARKDOWN: list[tuple[str, str, list[Entity]]] = [
    ("\\_\\*\\`\\\\", "_*`\\", []),
    ("🏟_🏟 \\.🏟_", "🏟🏟 .🏟", [("italic", 2, 6)]),
    ("🏟 __🏟 _🏟_ __", "🏟 🏟 🏟 ", [("underline", 3, 6), ("italic", 6, 2)]),
    ("_🏟 __🏟___", "🏟 🏟", [("italic", 0, 5), ("underline", 3, 2)]),
    ("```py\na```", "a", [("pre", 0, 1)]),
    ("```a```", "a", [("pre", 0, 1)]),
    ("`_* *_`", "_* *_", [("code", 0, 5)]),
    ("||a||~b~", "ab", [("spoiler", 0, 1), ("strikethrough", 1, 1)]),
    ("[a](https://telegram.dog?\\\\\\()", "a", [("text_link", 0, 1)]),
    ("[a](as)", "a", []),
    ("![👍](tg://emoji?id=25)", "👍", [("custom_emoji", 0, 2)]),
    ("abc\n> \n> \n>\ndef", "abc\n \n \n\ndef", [("blockquote", 4, 5)]),
    ("\r\r>\r\ra\r\n\r", "\r\r\r\ra\r\n\r", [("blockquote", 2, 5)]),
    (">*b\n>o*\nx", "b\no\nx", [("blockquote", 0, 4), ("bold", 0, 3)]),
    ("*a\n>b\nc*", "a\nb\nc", [("bold", 0, 5), ("blockquote", 2, 2)]),
    (">\n**>2", "\n2", [("blockquote", 0, 1), ("blockquote", 1, 1)]),
    (">a\n>q||e||w||\nz", "a\nqew\nz", [("expandable_blockquote", 0, 6), ("spoiler", 3, 1)]),
]


@pytest.mark.parametrize(("source", "text", "entities"), GOOD_MARKDOWN)
def test_markdown_becomes_text_and_entities(source: str, text: str, entities: list[Entity]):
    found_text, found = parse_markdown_v2(source)
    assert (found_text, brief(found)) == (text, entities)


BAD_MARKDOWN = [
    ("🏟 🏟_abac * asd _", "Can't find end of Italic entity at byte offset 21"),
    ("🏟 🏟__🏟 _🏟___", "Can't find end of Italic entity at byte offset 23"),
    ("🏟 🏟```🏟 🏟`", "Can't find end of Code entity at byte offset 21"),
    ("🏟 🏟```a ", "Can't find end of PreCode entity at byte offset 9"),
    ("🏟 🏟||test\\|", "Can't find end of Spoiler entity at byte offset 9"),
    ("[telegram\\.org](asd\\)", "Can't find end of a URL at byte offset 16"),
    (">\n*a*>2", "Character '>' is reserved and must be escaped with the preceding '\\'"),
    (">*b\n>ld \n>bo\nld*\nasd\ndef", "Can't find end of Bold entity at byte offset 1"),
    ("🏟![👍](t://emoji?id=1)", "Custom emoji URL must have scheme tg"),
    *((c, f"Character '{c}' is reserved and must be escaped with the preceding '\\'") for c in "]()#+-=|{}.!"),
]


@pytest.mark.parametrize(("source", "words"), BAD_MARKDOWN)
def test_bad_markdown_is_told_with_byte_offsets(source: str, words: str):
    with pytest.raises(MarkupError, match=f"^{re.escape(words)}$"):
        parse_markdown_v2(source)


# properties

PIECES = st.text(alphabet="您好ab <>&\"'\n😀👨‍👩‍👧é\u3000", min_size=1, max_size=6)
KINDS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "tg-spoiler": "spoiler"}
TREES = st.recursive(
    PIECES,
    lambda inner: st.tuples(st.sampled_from(sorted(KINDS)), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=8,
)


def written(tree: Any) -> str:
    if isinstance(tree, str):
        return html_module.escape(tree, quote=False)
    tag, inner = tree
    return f"<{tag}>{''.join(map(written, inner))}</{tag}>"


def said(tree: Any) -> str:
    return tree if isinstance(tree, str) else "".join(map(said, tree[1]))


def meant(tree: Any) -> list[tuple[str, str]]:
    """Each tag's entity and the text that it covers."""
    if isinstance(tree, str):
        return []
    return [(KINDS[tree[0]], said(tree)), *(pair for inner in tree[1] for pair in meant(inner))]


@given(st.lists(TREES, min_size=1, max_size=4))
def test_entities_of_every_html_cover_in_utf16_what_their_tags_held(trees: list[Any]):
    text, entities = parse_html("".join(map(written, trees)))
    assert text == "".join(map(said, trees))
    covered = sorted((e["type"], u16_slice(text, e["offset"], e["length"])) for e in entities)
    assert covered == sorted(pair for tree in trees for pair in meant(tree))
    assert all(e["offset"] + e["length"] <= u16_length(text) for e in entities)


@given(st.text(alphabet="<>/bi&;= \"'a好😀", max_size=30))
def test_every_text_is_parsed_or_refused_but_never_breaks_the_parser(source: str):
    try:
        text, entities = parse_html(source)
    except MarkupError:
        return
    assert all(e["offset"] + e["length"] <= u16_length(text) for e in entities)


@given(st.text(alphabet="_*~`|>[]()!\\\n a好😀", max_size=30))
def test_every_marked_text_is_parsed_or_refused_but_never_breaks_the_parser(source: str):
    try:
        text, entities = parse_markdown_v2(source)
    except MarkupError:
        return
    assert all(0 < e["length"] <= u16_length(text) - e["offset"] for e in entities)


SPANS = st.lists(
    st.tuples(st.sampled_from(["bold", "italic", "underline", "strikethrough", "spoiler", "code"]), PIECES),
    min_size=1,
    max_size=5,
)


@given(SPANS)
def test_what_aiogram_writes_is_read_back(spans: list[tuple[str, str]]):
    text, entities = "", []
    for kind, piece in spans:
        piece = piece.replace("\n", "-")
        place = {"offset": u16_length(text), "length": u16_length(piece)}
        entities.append({"type": kind, **place})
        text += piece + "、"
    typed = [MessageEntity(**entity) for entity in entities]
    text, entities = formatted(text, entities=entities)
    for unparse, mode in ((html_decoration, "HTML"), (markdown_decoration, "MarkdownV2")):
        assert formatted(unparse.unparse(text, typed), parse_mode=mode) == (text, entities)


# what Telegram adds and trims

FOUND = [
    ("/start@desk_bot 请看", [("bot_command", 0, 15)]),
    ("好/start", []),
    ("找 @lin_hd 吧", [("mention", 2, 7)]),
    ("看https://a.com/x?y=1。好", []),
    ("看 https://a.com/x?y=1。好", [("url", 2, 19)]),
    ("请看 a.com/b", [("url", 3, 7)]),
    ("😀 #退款 a@b.cn", [("hashtag", 3, 3), ("email", 7, 6)]),
    ("电话 +8613800138000", [("phone_number", 3, 14)]),
]


@pytest.mark.parametrize(("text", "entities"), FOUND)
def test_links_commands_and_numbers_are_found(text: str, entities: list[Entity]):
    assert brief(formatted(text)[1]) == entities


def test_nothing_is_found_inside_of_code_and_links():
    text, entities = formatted("<code>/start</code> <a href='b.com'>a.com</a>", parse_mode="HTML")
    assert (text, brief(entities)) == ("/start a.com", [("code", 0, 6), ("text_link", 7, 5)])


def test_white_space_goes_from_both_ends_and_offsets_follow():
    text, entities = formatted("  \n好 <b>的 </b>\n", parse_mode="HTML")
    assert (text, brief(entities)) == ("好 的", [("bold", 2, 1)])


def test_white_space_before_an_entity_stays():
    assert formatted("<b> 好</b>", parse_mode="HTML") == (" 好", [{"type": "bold", "offset": 0, "length": 2}])


def test_control_characters_go_and_offsets_follow():
    text, entities = formatted("a\r\nb\t<b>好\u202e😀</b>\rc", parse_mode="HTML")
    assert (text, brief(entities)) == ("a\nb 好😀c", [("bold", 4, 3)])


def test_a_mention_by_id_names_the_person_and_of_nobody_goes():
    people = {7: {"id": 7, "is_bot": False, "first_name": "林"}}
    source = '<a href="tg://user?id=7">林</a><a href="tg://user?id=8">谁</a>'
    _, entities = formatted(source, parse_mode="HTML", user_of=people.get)
    assert entities == [{"type": "text_mention", "offset": 0, "length": 1, "user": people[7]}]
