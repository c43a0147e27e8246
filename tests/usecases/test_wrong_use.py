"""Every command that takes words, used wrongly, is answered with how it is used; none is left out of the tables."""

import re

from bot.desk.menus import COMMANDS
from tests.cast import CHEN, LIN, SUPERVISORS, WANG
from tests.usecases.played import Played

SPECIALIST = (
    "/a", "/note", "/recall", "/ask", "/transfer 火星", "/assist 火箭", "/receipt", "/up", "/why", "/close", "/claim",
    "/wait", "/accept", "/return", "/confirm", "/unsolved", "/ledger 火星", "/case 火星", "/quality 火星",
    "/remind", "/reminders 火星", "/promise", "/promises 火星", "/tasks 火星", "/complaint", "/finding",
    "/measure", "/voices 火星", "/digest 火星", "/followup", "/ratings 火星", "/suggest", "/improvements 火星",
    "/goals 火星", "/sales 火星", "/review 火星", "/inspect 火星", "/roster 火星", "/leave", "/swap", "/standin",
    "/approve", "/decline", "/cancel",
)  # fmt: skip
LEADER = (
    "/cases 火星", "/case", "/ledger 火星", "/release", "/refuse", "/quality 火星", "/except", "/keep", "/unexcept",
    "/remind", "/promises 火星", "/task", "/tasks 火星", "/complaints 火星", "/complaint", "/finding", "/instruct",
    "/document", "/measure", "/voices 火星", "/digest 火星", "/followup", "/ratings 火星", "/lowratings 火星",
    "/survey 火星", "/warnings 火星", "/alike 火星", "/sales 火星", "/goals 火星", "/improvements 火星", "/suggest",
    "/review 火星", "/inspect 火星", "/report 火星", "/staff 火星", "/roster 火星", "/attendance 火星", "/standin",
    "/leave", "/approve", "/decline", "/swap", "/cancel",
)  # fmt: skip
FRANCHISEE = ("/rate", "/visit", "/suggest")
WORDLESS = {
    "on", "off", "handover", "help", "start", "mine", "overview", "patrol", "followups", "falsealarms", "falsealarm",
    "adopt", "modify", "rules", "meeting",
}  # fmt: skip
"""They take no words, or (rules, meeting: what is on file) say what there is."""
OUTSIDE = {
    "close", "claim", "wait", "recall", "ask", "accept", "return", "confirm", "unsolved", "transfer", "assist",
    "receipt", "up", "a", "note",
}  # fmt: skip
"""Outside of a case they say where they belong; what they say within one stands in tests/handlers/test_commands.py."""


async def test_wrong_use_is_answered_with_how_to_use_it(desk: Played) -> None:
    told = {text: await desk.says(LIN, text) for text in SPECIALIST}
    told |= {f"{text} ": await desk.says(WANG, text, SUPERVISORS) for text in LEADER}
    told |= {f"{text}  ": await desk.says(CHEN, text, CHEN) for text in FRANCHISEE}
    silent = {text: answer for text, answer in told.items() if not _teaches(text.split()[0].lstrip("/"), answer)}
    assert silent == {}


def _teaches(name: str, answer: str) -> bool:
    names_it = name in OUTSIDE or f"/{name}" in answer
    return names_it and re.search("请|您", answer) is not None and len(answer) < 400


def test_no_command_is_left_out() -> None:
    tried = {text.split()[0].lstrip("/") for text in (*SPECIALIST, *LEADER, *FRANCHISEE)}
    menus = {command for menu in ("group", "supervisor") for command in COMMANDS[menu]}
    assert menus - tried - WORDLESS == set()
