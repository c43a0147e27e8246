"""The page's side of the sandbox over real HTTP: what it is told, what people may do, and who is turned away."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout
from aiohttp.test_utils import TestClient, TestServer

from bot.sandbox import company
from bot.sandbox.clock import Clock
from bot.sandbox.company import Company
from bot.sandbox.server import make_app
from bot.sandbox.stage import BACKLOG, add_stage
from bot.sandbox.stage_acts import ACTS
from bot.sandbox.world import World

BOT = "1:sandbox"
PNG = b"\x89PNG\r\n\x1a\n drawn"


@pytest.fixture(scope="module")
def made() -> Company:
    return company.load()


@pytest.fixture
def world(made: Company) -> World:
    world = World(Clock())
    world.add_bot(BOT, username="sandbox_bot", first_name="首问")
    made.settle(world)
    return world


@pytest.fixture
async def page(world: World, made: Company) -> AsyncIterator[TestClient[Any, Any]]:
    app = make_app(world)
    add_stage(app, world, company=made)
    async with TestClient(TestServer(app)) as client:
        yield client


async def do(page: TestClient[Any, Any], **wish: Any) -> tuple[int, Any]:
    answer = await page.post("/stage/act", json=wish)
    told = await answer.json()
    return answer.status, told.get("done", told.get("error"))


async def test_the_page_and_all_that_it_loads_come_from_here(page: TestClient[Any, Any]) -> None:
    html = await (await page.get("/")).text()
    assert "首问 · 试用台" in html
    assert "http://" not in html
    assert "https://" not in html
    for name in ("page.css", "main.js", "pane.js", "composer.js", "icon.svg"):
        assert (await page.get(f"/page/{name}")).status == 200


async def test_it_is_told_everybody_every_group_and_the_switches(page: TestClient[Any, Any], made: Company) -> None:
    state = await (await page.get("/stage/state")).json()
    assert len(state["franchisees"]) == len(made.franchisees)
    assert {s["role"] for s in state["staff"]} == {"专员", "主管", "经理"}
    assert len(state["groups"]) == len(made.regions) + len(made.with_chat) + 1
    assert state["faults"]["outage"] == ""


async def test_a_group_that_was_upgraded_is_shown_under_its_new_number(
    page: TestClient[Any, Any], world: World, made: Company
) -> None:
    old = made.regions[0].group_id
    _, new = await do(page, do="migrate", chat=old)
    state = await (await page.get("/stage/state")).json()
    assert new in [g["id"] for g in state["groups"]]
    assert old not in [g["id"] for g in state["groups"]]


async def test_people_write_send_reply_edit_react_and_delete(
    page: TestClient[Any, Any], world: World, made: Company
) -> None:
    who = made.franchisees[0].telegram_id
    await do(page, do="start", who=who, code="abc")
    _, said = await do(page, do="write", who=who, chat=who, text="少了两箱")
    picture = base64.b64encode(PNG).decode()
    _, sent = await do(page, do="send", who=who, chat=who, kind="photo", data=picture, reply_to=said["message_id"])
    await do(page, do="edit", who=who, chat=who, message=said["message_id"], text="少了三箱")
    await do(page, do="react", who=who, chat=who, message=said["message_id"], emoji="👍")
    _, shared = await do(page, do="share_contact", who=who)
    await do(page, do="delete", who=who, chat=who, message=shared["message_id"])
    shown = (await (await page.get("/stage/history", params={"chat": who, "viewer": who})).json())["messages"]
    by_id = {m["message_id"]: m for m in shown}
    assert by_id[said["message_id"]]["text"] == "少了三箱"
    assert by_id[said["message_id"]]["_reactions"] == {"👍": [who]}
    assert by_id[sent["message_id"]]["reply_to_message"]["message_id"] == said["message_id"]
    assert by_id[shared["message_id"]]["_deleted"]
    file = await page.get(f"/stage/file/{by_id[sent['message_id']]['photo'][-1]['file_id']}")
    assert await file.read() == PNG
    assert file.content_type == "image/png"


async def test_only_the_last_messages_are_sent_and_how_many_are_older_is_told(
    page: TestClient[Any, Any], world: World, made: Company
) -> None:
    who = made.franchisees[0].telegram_id
    world.user_starts(who)
    for number in range(30):
        world.user_writes(who, who, f"第 {number} 句")
    shown = await (await page.get("/stage/history", params={"chat": who, "last": 10})).json()
    assert [m["text"] for m in shown["messages"]][-1] == "第 29 句"
    assert (len(shown["messages"]), shown["older"]) == (10, 21)


async def test_topics_rights_blocking_clock_and_switches(
    page: TestClient[Any, Any], world: World, made: Company
) -> None:
    group, boss, who = made.regions[0].group_id, made.staff[0].telegram_id, made.franchisees[0].telegram_id
    _, topic = await do(page, do="make_topic", who=boss, chat=group, name="闲聊")
    thread = topic["message_id"]
    for name in ("close_topic", "reopen_topic", "delete_topic"):
        assert (await do(page, do=name, chat=group, thread_id=thread))[0] == 200
    before = world.clock.now()
    assert (await do(page, do="advance", minutes=60))[0] == 200
    assert (world.clock.now() - before).total_seconds() >= 3600
    assert (await do(page, do="faults", faults={"outage": "503"}))[1]["outage"] == "503"
    for wish in (
        {"do": "rights", "chat": group, "rights": {"can_manage_topics": False}},
        {"do": "remove_bot", "chat": group},
        {"do": "return_bot", "chat": group},
        {"do": "start", "who": who},
        {"do": "block", "who": who},
        {"do": "unblock", "who": who},
    ):
        assert (await do(page, **wish))[0] == 200, wish


SHORT, LONG = 1.5, 30.0
"""Seconds that a bot waits for an answer: to a call that hangs, to any other."""


def error(code: int, **parameters: int) -> Any:
    return {"method": "sendMessage", "times": 1, "code": code, "description": "planned", "parameters": parameters}


def once(**more: Any) -> list[Any]:
    return [{"method": "sendMessage", "times": 1, **more}]


SWITCHES: dict[str, tuple[Any, list[int], int]] = {
    "limits": ({"limits": {"enabled": True, "group_per_minute": 1, "overall_per_second": 30}}, [200, 429], 1),
    "429": ({"errors": [error(429, retry_after=17)]}, [429, 200], 1),
    "5xx": ({"errors": [error(500)]}, [500, 200], 1),
    "reset before": ({"resets": once(when="before")}, [0, 200], 1),
    "reset after": ({"resets": once(when="after")}, [0, 200], 2),
    "hang": ({"hangs": once(seconds=30)}, [0, 200], 2),
    "outage, answered 503": ({"outage": "503"}, [503, 503], 0),
    "outage, cut": ({"outage": "reset"}, [0, 0], 0),
}
"""What the page switches on; what two calls of a bot are then answered (0: not at all); how many took effect."""


@pytest.mark.parametrize("name", SWITCHES)
async def test_a_switch_of_the_page_is_felt_by_the_bot(
    page: TestClient[Any, Any], world: World, made: Company, name: str
) -> None:
    faults, answers, arrived = SWITCHES[name]
    group = made.regions[0].group_id
    assert (await do(page, do="faults", faults=faults))[0] == 200
    patience = (SHORT if "hangs" in faults else LONG, LONG)
    assert [await called(page, seconds, chat_id=group, text="您好") for seconds in patience] == answers
    assert len([m for m in world.history(group) if m.get("text") == "您好"]) == arrived


async def called(page: TestClient[Any, Any], seconds: float, **params: Any) -> int:
    """A bot's sendMessage over HTTP: its status, 0 when no answer came within so many seconds."""
    try:
        async with page.post(f"/bot{BOT}/sendMessage", json=params, timeout=ClientTimeout(total=seconds)) as answer:
            return answer.status
    except (ClientError, TimeoutError):
        return 0


@pytest.mark.parametrize(("switch", "heard"), [("duplicate", ["一", "一", "二", "二"]), ("reorder", ["二", "一"])])
async def test_updates_come_twice_or_in_disorder_when_the_page_says_so(
    page: TestClient[Any, Any], world: World, made: Company, switch: str, heard: list[str]
) -> None:
    who = made.franchisees[0].telegram_id
    world.user_starts(who)
    world.realm.bots[BOT].updates.clear()
    await do(page, do="faults", faults={switch: 3})
    for text in ("一", "二"):
        await do(page, do="write", who=who, chat=who, text=text)
    async with page.post(f"/bot{BOT}/getUpdates") as answer:
        assert [u["message"]["text"] for u in (await answer.json())["result"]] == heard


async def test_what_people_do_to_the_bot_on_the_page_is_felt_by_it(
    page: TestClient[Any, Any], world: World, made: Company
) -> None:
    group, boss, who = made.regions[0].group_id, made.staff[0].telegram_id, made.franchisees[0].telegram_id
    _, topic = await do(page, do="make_topic", who=boss, chat=group, name="闲聊")
    in_topic = {"chat_id": group, "message_thread_id": topic["message_id"], "text": "您好"}
    await do(page, do="start", who=who)
    steps = (
        ({"do": "block", "who": who}, {"chat_id": who, "text": "您好"}, 403),
        ({"do": "unblock", "who": who}, {"chat_id": who, "text": "您好"}, 200),
        ({"do": "delete_topic", "chat": group, "thread_id": topic["message_id"]}, in_topic, 400),
        ({"do": "remove_bot", "chat": group}, {"chat_id": group, "text": "您好"}, 403),
        ({"do": "return_bot", "chat": group}, {"chat_id": group, "text": "您好"}, 200),
        ({"do": "migrate", "chat": group}, {"chat_id": group, "text": "您好"}, 400),
    )
    for wish, call, status in steps:
        assert (await do(page, **wish))[0] == 200, wish
        assert await called(page, LONG, **call) == status, wish


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"do": "fly"}, "没有这个动作"),
        ({"who": 1}, "写明做什么"),
        ({"do": "advance", "minutes": -5}, "只能往后拨"),
        ({"do": "advance", "minutes": 10**7}, "31 天"),
        ({"do": "write", "who": 1}, "不能这样做"),
        ({"do": "write", "who": "x", "chat": 1, "text": ""}, "不能这样做"),
        ({"do": "faults", "faults": {"weather": 1}}, "不能这样做"),
    ],
)
async def test_what_cannot_be_done_is_told_in_chinese(page: TestClient[Any, Any], wish: Any, told: str) -> None:
    status, words = await do(page, **wish)
    assert status == 409
    assert told in words


async def test_every_act_of_the_table_is_reached_by_the_pages_own_code(page: TestClient[Any, Any]) -> None:
    code = ""
    for name in ("composer.js", "pane.js", "main.js", "faults.js"):
        code += await (await page.get(f"/page/{name}")).text()
    unused = {name for name in ACTS if f'"{name}"' not in code}
    assert unused == {"make_topic"}, "topics are made by the bot; people may, and the tests above do"


async def test_a_page_hears_what_happens(page: TestClient[Any, Any], world: World, made: Company) -> None:
    async with page.ws_connect("/stage/events") as socket:
        world.user_starts(made.franchisees[0].telegram_id)
        event = await socket.receive_json(timeout=5)
        assert event["type"] in ("message", "member")
        for _ in range(BACKLOG + 5):
            world.realm.emit("clock", now="x")
        heard = [await socket.receive_json(timeout=5)]
        while heard[-1]["type"] != "reload":
            heard.append(await socket.receive_json(timeout=5))
        assert heard[-1] == {"type": "reload"}, "a page that fell behind loads anew"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {"Host": "evil.example"}, 403),
        ("GET", "/stage/state", {"Host": "evil.example:8090"}, 403),
        ("POST", "/stage/act", {"Origin": "https://evil.example", "Content-Type": "application/json"}, 403),
        ("POST", "/stage/act", {"Content-Type": "text/plain"}, 415),
        ("GET", "/stage/events", {"Origin": "https://evil.example"}, 403),
        ("GET", "/stage/file/none", {}, 404),
        ("GET", "/page/../../stage.py", {}, 404),
    ],
)
async def test_strangers_pages_and_names_are_turned_away(
    page: TestClient[Any, Any], method: str, path: str, headers: dict[str, str], status: int
) -> None:
    async with ClientSession() as session, session.request(method, page.make_url(path), headers=headers) as answer:
        assert answer.status == status
