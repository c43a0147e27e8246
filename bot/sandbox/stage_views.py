"""What the sandbox's page is told of the world: people with what they are, groups, the clock, the switches."""

from typing import Any

from bot.sandbox.company import Company
from bot.sandbox.world import World

Json = dict[str, Any]

ROLES = {"specialist": "专员", "supervisor": "主管", "manager": "经理"}


def state_of(world: World, company: Company) -> Json:
    """Everything but the messages."""
    return {
        "company": company.name,
        "bot": world.bots()[0],
        "zone": "Asia/Shanghai",
        "now": world.clock.now().isoformat(),
        "franchisees": _franchisees(world, company),
        "staff": [_staff(s, company) for s in company.staff],
        "guests": [{"id": g.telegram_id, "name": g.name, "region": g.region} for g in company.guests],
        "groups": _groups(world, company),
        "faults": world.faults.as_json(),
    }


def _franchisees(world: World, company: Company) -> list[Json]:
    users = {user["id"]: user for user in world.users()}
    chats = {chat["id"]: chat for chat in world.chats()}
    stores = {store.number: store for store in company.stores}
    found = []
    for person in company.franchisees:
        store = stores.get(person.store_number)
        chat = chats.get(person.telegram_id, {})
        found.append(
            {
                "id": person.telegram_id,
                "name": " ".join(p for p in (person.first_name, person.last_name) if p),
                "phone": users[person.telegram_id].get("_phone", ""),
                "store": f"{store.number} {store.name}" if store else "",
                "province": store.province if store else "",
                "code": store.code if store else "",
                "remark": person.remark,
                "is_started": chat.get("_started", False),
                "is_blocked": chat.get("_blocked", False),
            }
        )
    return found


def _staff(person: Any, company: Company) -> Json:
    names = {region.code: region.name for region in company.regions}
    where = names.get(person.region, "")
    return {"id": person.telegram_id, "name": person.name, "role": ROLES[person.role], "region": where}


def _groups(world: World, company: Company) -> list[Json]:
    """The living groups, each under the id that it has now."""
    own = {region.group_id: region.name for region in company.regions}
    chats = {chat["id"]: chat for chat in world.chats()}
    found = []
    departments = [d.chat_id for d in company.with_chat]
    for first_id in (*own, *departments, company.supervisors_chat):
        chat = chats[first_id]
        while chat["_migrated_to"]:
            chat = chats[chat["_migrated_to"]]
        members = [int(user_id) for user_id, status in chat["_members"].items() if status not in ("left", "kicked")]
        is_supervisors = first_id == company.supervisors_chat
        found.append(
            {
                "id": chat["id"],
                "title": chat["title"],
                "is_forum": bool(chat.get("is_forum")),
                "members": members,
                "is_supervisors": is_supervisors,
                "is_department": first_id in departments,
            }
        )
    return found
