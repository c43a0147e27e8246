"""What nobody should send, and what Telegram should not do: told clearly, nothing lost, and the desk goes on."""

from tests.cast import CHEN, LIN, LIU, SOUTHWEST, SUPERVISORS, WANG
from tests.stories.theatre import Theatre


async def test_a_text_of_a_megabyte_is_passed_on_in_pieces_and_nothing_of_it_is_lost(stage: Theatre) -> None:
    world = stage.world
    world.user_starts(CHEN, "chunxi-code-01")
    world.user_writes(CHEN, CHEN, "先说一句")
    await stage.quiet()
    huge = "".join(f"第{n}句，货少了。" for n in range(50_000))
    assert len(huge.encode()) > 1_000_000
    world.inject({"message": {**_private(CHEN, 77), "text": huge}})
    await stage.quiet()
    topic = stage.topic(SOUTHWEST, "小陈")
    said = [m.get("text", "") for m in world.history(SOUTHWEST, topic)]
    assert "".join(s for s in said if "句，货少了" in s and "依据：" not in s) == huge
    assert max(len(s) for s in said) <= 4096


async def test_a_file_that_telegram_refuses_is_told_with_the_reason_and_sent_by_the_retry_button(
    stage: Theatre,
) -> None:
    world = stage.world
    world.user_starts(CHEN, "chunxi-code-01")
    world.user_writes(CHEN, CHEN, "您好")
    await stage.seen()
    topic = stage.topic(SOUTHWEST, "小陈")
    world.faults.next_error("copyMessage", 400, "Bad Request: file is too big")
    world.user_sends(LIN, SOUTHWEST, "video", data=b"x", caption="教学视频", thread_id=topic)
    await stage.shows("""
        西南›小陈 · CD001 春熙路店 | 林晓: [video] 教学视频
        西南›小陈 · CD001 春熙路店 | 首问: ↩教学视频 已发出。请您下次留意： / · 缺“请” / · 缺“您”
        西南›小陈 · CD001 春熙路店 | 首问: ↩教学视频 未送达：文件超过 Telegram 允许的大小。加盟商没有收到这条消息，请您重试或换一种方式。 [重试发送]
        西南›小陈 · CD001 春熙路店 | 改为 首问: 卡片 #1 处理中 首问人：林晓 承办人：林晓 答复时限：— [转交|协办|升级|备注|待加盟商|结案|标为投诉]
    """)
    stage.press(LIN, stage.last(SOUTHWEST, "未送达", topic), "重试发送")
    await stage.shows("""
        小陈 | 首问: [video] 教学视频
        西南›小陈 · CD001 春熙路店 | （👌）林晓: [video] 教学视频
    """)


async def test_updates_that_nobody_can_read_are_set_aside_and_the_next_one_is_served(stage: Theatre) -> None:
    world = stage.world
    world.inject({"message": {"message_id": "seven", "chat": {"id": CHEN}, "text": 5}})
    world.inject({"message": None})
    world.inject({"message": {}})
    world.inject({"callback_query": {"id": "1", "from": {"id": CHEN}, "data": "do:"}})
    world.user_writes(CHEN, CHEN, "还在吗")
    await stage.shows("""
        小陈 | 小陈: 还在吗
        小陈 | 首问: 上午好，这里是首问客服。您的来信已收到，工单号 #1，由主管王芳接待您，预计 11月23日 10:10 前答复。 / 请您顺手发来门店编号、单号或现场照片，我们可以更快看明白，也少打扰您。
        小陈 | 首问: 请问您的门店在哪个省？请您点一下下方的按钮，我们请当地大区的专员来接待您。问题可以接着说，不必等。 [四川|重庆|贵州|陕西|甘肃|北京|河北]
        主管群 | 首问: 有一条来自 Telegram 的更新（编号 9）多次处理失败，已另存，其余照常。请您让管理员运行 python -m bot inbox 查看。
        主管群 | 首问: 有一条来自 Telegram 的更新（编号 11）多次处理失败，已另存，其余照常。请您让管理员运行 python -m bot inbox 查看。
        主管群 | 首问: 有一条来自 Telegram 的更新（编号 12）多次处理失败，已另存，其余照常。请您让管理员运行 python -m bot inbox 查看。
        主管群›小陈 | （话题打开）
        主管群›小陈 | 首问: 卡片 #1 待接入 首问人：待接单 承办人：王芳 答复时限：11月23日 10:10 [接单|转交|协办|升级|备注|结案|标为投诉]
        主管群›小陈 | 首问: 还在吗
        主管群›小陈 | （置顶）
    """)
    world.user_writes(WANG, SUPERVISORS, "/overview")
    await stage.quiet()
    assert stage.last(SUPERVISORS, "未能处理的更新：3")


async def test_kinds_of_update_that_do_not_exist_yet_change_nothing(stage: Theatre) -> None:
    world = stage.world
    world.user_starts(CHEN)
    await stage.seen()
    world.inject({"hologram": {"from": {"id": CHEN}, "shape": "cube"}})
    world.inject({"message": {**_private(CHEN, 78), "hologram": {"shape": "cube"}}})
    await stage.shows("""
        小陈 | 首问: 很抱歉，暂不支持的消息没有办法转给专员。请您改用文字、图片、语音或文件再发一次，谢谢您。
        小陈 | 首问: 上午好，这里是首问客服。您的来信已收到，工单号 #1，由主管王芳接待您，预计 11月23日 10:10 前答复。 / 请您顺手发来门店编号、单号或现场照片，我们可以更快看明白，也少打扰您。
        小陈 | 首问: 请问您的门店在哪个省？请您点一下下方的按钮，我们请当地大区的专员来接待您。问题可以接着说，不必等。 [四川|重庆|贵州|陕西|甘肃|北京|河北]
        主管群›小陈 | （话题打开）
        主管群›小陈 | 首问: 卡片 #1 待接入 首问人：待接单 承办人：王芳 答复时限：11月23日 10:10 [接单|转交|协办|升级|备注|结案|标为投诉]
        主管群›小陈 | 首问: 加盟商发来一条暂不支持的消息，无法转入此处。请您让对方换成文字或图片说明。
        主管群›小陈 | （置顶）
    """)
    world.user_writes(CHEN, CHEN, "您好")
    await stage.shows("""
        小陈 | 小陈: 您好
        主管群›小陈 | 首问: 您好
    """)


async def test_without_the_right_to_make_topics_supervisors_are_told_and_words_wait(stage: Theatre) -> None:
    world = stage.world
    world.set_bot_rights(SOUTHWEST, can_manage_topics=False)
    await stage.shows("""
        主管群 | 首问: 群“西南”出现问题：缺少“管理话题”权限，请在管理员权限中打开。消息会保留，请您处理后自动补发。
    """)
    world.user_starts(LIU, "jiefang-code2")
    world.user_writes(LIU, LIU, "停电了怎么办")
    await stage.paced_out()
    assert [t["name"] for t in world.topics(SOUTHWEST)] == ["General"]
    world.set_bot_rights(SOUTHWEST, can_manage_topics=True)
    await stage.meanwhile(minutes=2)
    await stage.shows("""
        刘老板 | 刘老板: /start jiefang-code2
        刘老板 | 刘老板: 停电了怎么办
        刘老板 | 首问: 已为您绑定门店 CQ002 解放碑店。以后来信，请您直接说事情，门店资料不用再填。若门店不对，请您告诉我们，我们来更正。
        刘老板 | 首问: 刘老板，上午好，这里是首问客服。您的来信已收到，工单号 #1，请专员林晓来接待您，预计 11月23日 10:10 前答复。 / 您的门店资料我们这里都有，不用再填；有单号或照片，请您一并发来。
        西南›刘老板 · CQ002 解放碑店 | （话题打开）
        西南›刘老板 · CQ002 解放碑店 | 首问: 卡片 #1 待接入 首问人：待接单 承办人：林晓 答复时限：11月23日 10:10 [接单|转交|协办|升级|备注|结案|标为投诉]
        西南›刘老板 · CQ002 解放碑店 | 首问: 停电了怎么办 [▸ 临时停业报备]
        西南›刘老板 · CQ002 解放碑店 | （置顶）
        主管群 | 首问: 群“西南”已恢复正常，请您放心。
    """)


def _private(person: int, message_id: int) -> dict[str, object]:
    person_json = {"id": person, "first_name": "小陈"}
    chat, sender = {**person_json, "type": "private"}, {**person_json, "is_bot": False}
    return {"message_id": message_id, "date": 1, "chat": chat, "from": sender}
