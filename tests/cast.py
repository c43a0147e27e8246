"""The fixed cast of every story: one small department, three stores, and the settings that open the desk for them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.desk.people import Contact, Store
from bot.sandbox.clock import Clock
from bot.sandbox.world import World

TOKEN = "1000000009:stories-only-never-a-real-token-0000"
MONDAY_10 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 2026-11-23, ten in the morning in Shanghai."""

CHEN, LIU, MA, STRANGER = 3001, 3002, 3003, 3009
LIN, ZHOU, HE, WANG, ZHAO, GUEST = 5001, 5002, 5003, 5004, 5005, 5999
SOUTHWEST, NORTHWEST, SUPERVISORS = -1001000000001, -1001000000002, -1001000000009
LOGISTICS, FANG = -1001000000008, 6001
"""A department's chat, for stories that settle it, and somebody in it."""

FRANCHISEES = {CHEN: "小陈", LIU: "刘老板", MA: "马姐", STRANGER: "<b>阿强</b>"}
STAFF = (
    {"telegram_id": LIN, "name": "林晓", "role": "specialist", "regions": ["southwest"]},
    {"telegram_id": ZHOU, "name": "周宁", "role": "specialist", "regions": ["southwest"]},
    {"telegram_id": HE, "name": "何静", "role": "specialist", "regions": ["northwest"]},
    {"telegram_id": WANG, "name": "王芳", "role": "supervisor"},
    {"telegram_id": ZHAO, "name": "赵磊", "role": "manager"},
)
GROUPS = {SOUTHWEST: "西南", NORTHWEST: "西北", SUPERVISORS: "主管群", LOGISTICS: "物流部"}
STORES = (
    Store("CD001", "春熙路店", "四川", "成都", "春熙路 1 号", "19000020001", "chunxi-code-01"),
    Store("CQ002", "解放碑店", "重庆", "重庆", "民权路 2 号", "19000020002", "jiefang-code2"),
    Store("XA003", "钟楼店", "陕西", "西安", "西大街 3 号", "19000020003", "zhonglou-cod3"),
)
CONTACTS = (Contact("19000030002", "刘建国", "CQ002"), Contact("19000030003", "马秀英", "XA003"))
PHONES = {LIU: "+8619000030002", MA: "+8619000030003", CHEN: "+8619000030001"}
NO_LIMITS = {
    "overall_per_second": 10_000,
    "private_per_second": 1_000,
    "private_burst": 1_000,
    "group_per_minute": 10_000,
}


def make_world(clock: Clock | None = None) -> World:
    """Everybody of the cast, three groups (西北 without topics), the bot an administrator everywhere."""
    world = World(clock or Clock(start=MONDAY_10, frozen=True))
    world.add_bot(TOKEN, username="shouwen_bot", first_name="首问")
    for user_id, name in FRANCHISEES.items():
        world.add_user(user_id, name, phone=PHONES.get(user_id))
    for person in STAFF:
        world.add_user(int(str(person["telegram_id"])), str(person["name"]))
    world.add_user(GUEST, "路过的人")
    leaders = {ZHAO: "creator", WANG: "administrator"}
    world.add_group(SOUTHWEST, "西南", members=leaders | {LIN: "member", ZHOU: "member", GUEST: "member"})
    world.add_group(NORTHWEST, "西北", is_forum=False, members=leaders | {HE: "member"})
    world.add_group(SUPERVISORS, "主管群", members=leaders)
    return world


def make_settings(api_base: str, database: str | Path, **sections: dict[str, Any]) -> Settings:
    """The settings of the cast; a section that is given is laid over it key by key."""
    url = database if isinstance(database, str) else f"sqlite:///{database}"
    values: dict[str, Any] = {
        "telegram": {"token": TOKEN, "api_base": api_base, "limits": NO_LIMITS},
        "database": {"url": url},
        "regions": [
            {"code": "southwest", "name": "西南", "provinces": ["四川", "重庆", "贵州"], "group_id": SOUTHWEST},
            {"code": "northwest", "name": "西北", "provinces": ["陕西", "甘肃"], "group_id": NORTHWEST},
            {"code": "north", "name": "华北", "provinces": ["北京", "河北"]},
        ],
        "staff": list(STAFF),
        "supervisors": {"chat_id": SUPERVISORS},
        "digest": {"to": "nobody", "for_specialists": False},  # its own story switches it on
    }
    for name, section in sections.items():
        values[name] = {**values.get(name, {}), **section} if isinstance(section, dict) else section
    return Settings.model_validate(values)
