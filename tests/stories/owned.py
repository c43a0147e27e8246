"""What the stories about 首问负责制 begin with, and how they look at who answers for a case."""

from typing import Any

from tests.cast import CHEN, FANG, LIN, LOGISTICS, SOUTHWEST, ZHOU
from tests.stories.theatre import Theatre

DEPARTMENTS = [
    {"code": "logistics", "name": "物流", "chat_id": LOGISTICS},
    {"code": "finance", "name": "财务", "contact": "钱会计 分机 801"},
]


async def opened(stage: Theatre) -> int:
    """林晓 has answered 小陈, and so is first owner and handler of #1; the topic's thread."""
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "昨天订的货少了两箱杯子")
    await stage.quiet()
    topic = stage.topic(SOUTHWEST, "小陈")
    stage.world.user_writes(LIN, SOUTHWEST, "您好，我来查，请您稍等。", thread_id=topic)
    await stage.seen()
    return topic


async def handed(stage: Theatre) -> int:
    """And 周宁 has accepted it since."""
    topic = await opened(stage)
    stage.world.user_writes(LIN, SOUTHWEST, "/transfer 周宁 班次交接", thread_id=topic)
    await stage.quiet()
    stage.world.user_writes(ZHOU, SOUTHWEST, "/accept", thread_id=topic)
    await stage.seen()
    return topic


def move_in_logistics(stage: Theatre) -> None:
    """The department's chat, with somebody in it who is no staff of the desk."""
    stage.world.add_user(FANG, "物流小方")
    stage.world.add_group(LOGISTICS, "物流部", is_forum=False, members={FANG: "member"})


async def hands(stage: Theatre, case_id: int = 1) -> tuple[str, str | None]:
    """(handler, first owner) of a case, by name."""
    return await stage.desk.run(_hands, case_id=case_id)


def _hands(work: Any, office: Any, now: Any, *, case_id: int) -> tuple[str, str | None]:
    names = {s.id: s.name for s in work.staff.all()}
    case = work.cases.get(case_id)
    return names[case.handler_id], names.get(case.first_owner_id)


async def happened(stage: Theatre, case_id: int = 1) -> list[str]:
    """What happened to a case, by the events' names."""
    events = await stage.desk.run(lambda work, office, now: work.events.of_case(case_id))
    return [str(e.did) for e in events]


async def told(stage: Theatre, who: int, words: str, chat: int, thread: int | None = None) -> str:
    """What the bot answers to words, where they were said."""
    asked = stage.world.user_writes(who, chat, words, thread_id=thread)
    await stage.quiet()
    after = [m for m in stage.world.history(chat, thread) if m["message_id"] > asked["message_id"]]
    return "\n".join(m.get("text", "") for m in after if m["from"]["is_bot"])


def answer(stage: Theatre, query: str) -> str:
    """What a press was answered with."""
    found = stage.world.callback_answer(query)
    return str(found["text"]) if found else ""
