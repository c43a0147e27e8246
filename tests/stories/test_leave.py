"""Leave, swaps, stand-ins: who has to say yes, who hears of it, and that twice is once."""

from pathlib import Path

from tests.cast import HE, LIN, MA, NORTHWEST, SOUTHWEST, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.stories.duty import rostered


async def test_leave_is_the_managers_to_approve(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        write = stage.world.user_writes
        write(LIN, SOUTHWEST, "/leave 明天 去医院")
        await stage.shows("""
            赵磊 | 首问: 请假申请 1 号 / 林晓：请假 11月24日 周二 / 原因：去医院 / 当天班次：早班（09:00-18:00） / 影响：批准后仍有人值班 / 请经理点下方按钮，或发送 /approve 1、/decline 1，谢谢您。 [批准|不批准]
            西南 | 林晓: /leave 明天 去医院
            西南 | 首问: ↩/leave 请假 11月24日 周二（1 号）已提交，正在等经理答复，请您留意消息。撤回请发送：/cancel 1。
            主管群 | 首问: 请假申请 1 号 / 林晓：请假 11月24日 周二 / 原因：去医院 / 当天班次：早班（09:00-18:00） / 影响：批准后仍有人值班 / 请经理点下方按钮，或发送 /approve 1、/decline 1，谢谢您。 [批准|不批准]
        """)
        write(WANG, SUPERVISORS, "/approve 1")
        write(LIN, LIN, "/approve 1")
        await stage.shows("""
            林晓 | 林晓: /approve 1
            林晓 | 首问: ↩/appro 这项申请请由经理批准。如有需要，请您联系经理。
            主管群 | 王芳: /approve 1
            主管群 | 首问: ↩/appro 这项申请请由经理批准。如有需要，请您联系经理。
        """)
        asked = stage.last(SUPERVISORS, "请假申请")
        yes = stage.press(ZHAO, asked, "批准")
        await stage.shows("""
            林晓 | 首问: 请假 11月24日 周二（1 号）已由赵磊批准，请您放心。
            主管群 | 改为 首问: 请假 11月24日 周二（1 号） / 林晓申请（去医院）：赵磊已批准。请您知悉。
        """)
        await stage.until(lambda: stage.world.callback_answer(yes))
        assert stage.world.callback_answer(yes)["text"] == "1 号，林晓 请假 11月24日 周二：已批准。"
        write(ZHAO, ZHAO, "/approve 1")  # twice is once
        write(WANG, WANG, "/decline 1")
        await stage.shows("""
        王芳 | 王芳: /decline 1
        王芳 | 首问: ↩/decli 1 号申请已由赵磊于 11月23日 08:00 处理：已批准。请您放心。
        赵磊 | 赵磊: /approve 1
        赵磊 | 首问: ↩/appro 1 号，林晓 请假 11月24日 周二：已批准。
    """)
        await stage.later(days=1, minutes=50)
        lines = [line for line in await stage.seen() if line.startswith("西南 | 首问: 11月24日")]
        assert lines == [], "whoever is on leave is not called to a shift that nobody else has"
        await stage.later(minutes=16)
        await stage.shows("""
            何静 | 首问: 何静，您的早班（09:00-18:00）已于 09:00 开始，还没有看到您签到。请您到岗后点“签到”或发送 /on；不能到岗时，请您发送：/leave 今天 原因。 [签到]
            主管群 | 首问: 西北此刻无人值班 / 班次：早班（09:00-18:00） / 应到：何静 / 请您安排同事到岗，或发送：/standin 姓名 今天 被代人。
            主管群 | 首问: 西南此刻无人值班 / 班次：早班（09:00-18:00） / 应到：林晓（请假） / 请您安排同事到岗，或发送：/standin 姓名 今天 被代人。
        """)


async def test_what_cannot_be_is_said_clearly(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        for words in ("/leave", "/leave 明天", "/leave 昨天 发烧", "/leave 生病", "/leave 现在 头痛", "/leave 明天至周四 回乡",
                      "/leave 明天至周四 回乡", "/leave 周三 搬家", "/cancel 1", "/cancel 1", "/cancel 9", "/approve x"):  # fmt: skip
            stage.world.user_writes(LIN, LIN, words)
        await stage.shows("""
            林晓 | 林晓: /leave
            林晓 | 林晓: /leave 明天
            林晓 | 林晓: /leave 昨天 发烧
            林晓 | 林晓: /leave 生病
            林晓 | 林晓: /leave 现在 头痛
            林晓 | 林晓: /leave 明天至周四 回乡
            林晓 | 林晓: /leave 明天至周四 回乡
            林晓 | 林晓: /leave 周三 搬家
            林晓 | 林晓: /cancel 1
            林晓 | 林晓: /cancel 1
            林晓 | 林晓: /cancel 9
            林晓 | 林晓: /approve x
            林晓 | 首问: ↩/leave 您的申请 / 无 / 请假请发送 /leave 日期 原因；换班 /swap 日期 姓名；撤回 /cancel 编号。
            林晓 | 首问: ↩/leave 请您用：/leave 日期 原因。例如： / /leave 11月25日 家中有事 / /leave 11月25日至27日 回乡 / /leave 现在 身体不适（中途离岗） / 请假由经理批准；撤回请发送 /cancel 编号。
            林晓 | 首问: ↩/leave 11月22日 周日的班次已经过去，不能再调整。请您核对日期。
            林晓 | 首问: ↩/leave 请您用：/leave 日期 原因。例如： / /leave 11月25日 家中有事 / /leave 11月25日至27日 回乡 / /leave 现在 身体不适（中途离岗） / 请假由经理批准；撤回请发送 /cancel 编号。
            林晓 | 首问: ↩/leave 您此刻没有班次，也没有在岗，不需要申请离岗。以后的日子请您用：/leave 日期 原因。
            林晓 | 首问: ↩/leave 请假 11月24日 周二 至 11月26日 周四（1 号）已提交，正在等经理答复，请您留意消息。撤回请发送：/cancel 1。
            林晓 | 首问: ↩/leave 请假 11月24日 周二 至 11月26日 周四（1 号）已经申请过了，目前是“待答复”，请您不必重复提交。
            林晓 | 首问: ↩/leave 这几天您已有请假 11月24日 周二 至 11月26日 周四（1 号，待答复）。请您先发送 /cancel 1 撤回，再重新申请。
            林晓 | 首问: ↩/cance 请假 11月24日 周二 至 11月26日 周四（1 号）已撤回，请您放心。
            林晓 | 首问: ↩/cance 请假 11月24日 周二 至 11月26日 周四（1 号）已撤回，请您放心。
            林晓 | 首问: ↩/cance 没有 9 号申请，请您核对编号。
            林晓 | 首问: ↩/appro 请您用：/approve 编号、/decline 编号、/cancel 编号，例如 /approve 3。
            赵磊 | 首问: 请假申请 1 号 / 林晓：请假 11月24日 周二 至 11月26日 周四 / 原因：回乡 / 当天班次：早班（09:00-18:00） / 影响：批准后仍有人值班 / 请经理点下方按钮，或发送 /approve 1、/decline 1，谢谢您。 [批准|不批准]
            主管群 | 首问: 请假申请 1 号 / 林晓：请假 11月24日 周二 至 11月26日 周四 / 原因：回乡 / 当天班次：早班（09:00-18:00） / 影响：批准后仍有人值班 / 请经理点下方按钮，或发送 /approve 1、/decline 1，谢谢您。 [批准|不批准]
            主管群 | 首问: 林晓已撤回请假 11月24日 周二 至 11月26日 周四（1 号），请您留意。
        """)
        stage.world.user_writes(ZHOU, ZHOU, "/cancel 1")
        stage.world.user_writes(ZHAO, ZHAO, "/approve 1")
        await stage.shows("""
            周宁 | 周宁: /cancel 1
            周宁 | 首问: ↩/cance 1 号申请不是您提交的，请由本人撤回。
            赵磊 | 赵磊: /approve 1
            赵磊 | 首问: ↩/appro 1 号申请已由林晓于 11月23日 08:00 处理：已撤回。请您放心。
        """)


async def test_leaving_the_post_hands_over_and_takes_off_duty_from_the_yes_on(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        stage.world.user_writes(HE, HE, "/on")
        stage.world.user_writes(LIN, LIN, "/on")
        await stage.later(hours=2)
        stage.world.user_starts(MA, "zhonglou-cod3")
        stage.world.user_writes(MA, MA, "货少了两箱")
        await stage.seen()
        stage.world.user_writes(HE, NORTHWEST, "/leave 现在 家里漏水")
        await stage.shows("""
            赵磊 | 首问: 请假申请 1 号 / 何静：请假 11月23日 周一 此刻起，至本班结束 / 原因：家里漏水 / 当天班次：早班（09:00-18:00） / 影响：批准后将无人值班：11月23日 周一 西北 / 请经理点下方按钮，或发送 /approve 1、/decline 1，谢谢您。 [批准|不批准]
            西北 | 何静: /leave 现在 家里漏水
            西北 | 首问: ↩/leave 请假 11月23日 周一 此刻起，至本班结束（1 号）已提交，正在等经理答复，请您留意消息。撤回请发送：/cancel 1。
            主管群 | 首问: 请假申请 1 号 / 何静：请假 11月23日 周一 此刻起，至本班结束 / 原因：家里漏水 / 当天班次：早班（09:00-18:00） / 影响：批准后将无人值班：11月23日 周一 西北 / 请经理点下方按钮，或发送 /approve 1、/decline 1，谢谢您。 [批准|不批准]
        """)
        stage.world.user_writes(ZHAO, ZHAO, "/approve 1")
        await stage.shows("""
        何静 | 首问: 请假 11月23日 周一 此刻起，至本班结束（1 号）已由赵磊批准，请您放心。
        赵磊 | 赵磊: /approve 1
        赵磊 | 首问: ↩/appro 1 号，何静 请假 11月23日 周一 此刻起，至本班结束：已批准。
        西北 | 首问: 交接：何静 · 早班（09:00-18:00） / 10:00 下班，请 下一班同事 接班。 / 未结工单：1 件；等待最久：0 分钟 / #1 马姐 待接入，已等 0 分钟 / 未兑现的承诺：无 / 未办的提醒与交办：无 / 请接班的同事点“已接班”或发送 /handover，谢谢您。 [已接班]
        西北 | 改为 首问: 卡片 #1 待接入 首问人：待接单 承办人：王芳 答复时限：11月23日 10:10 [接单|转交|协办|升级|备注|结案|标为投诉]
        主管群 | 首问: 何静：已签退，#1 现由 王芳 负责。请您查看。 [#1]
        主管群 | 首问: 西北此刻无人值班 / 班次：早班（09:00-18:00） / 应到：何静 / 请您安排同事到岗，或发送：/standin 姓名 今天 被代人。
    """)
        await stage.later(hours=9)
        assert not [line for line in await stage.seen() if line.startswith("何静 |")], "nothing more is asked of them"


async def test_the_setting_may_let_supervisors_approve_leave(tmp_path: Path) -> None:
    async with rostered(tmp_path, attendance={"leave_approver": "supervisor"}) as stage:
        stage.world.user_writes(LIN, LIN, "/leave 明天 去医院")
        await stage.seen()
        stage.world.user_writes(WANG, WANG, "/approve 1")
        await stage.shows("""
            林晓 | 首问: 请假 11月24日 周二（1 号）已由王芳批准，请您放心。
            王芳 | 王芳: /approve 1
            王芳 | 首问: ↩/appro 1 号，林晓 请假 11月24日 周二：已批准。
        """)


async def test_a_swap_takes_the_colleagues_yes_and_then_the_supervisors(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        write = stage.world.user_writes
        write(LIN, SOUTHWEST, "/swap 明天 周宁")
        await stage.shows("""
            西南 | 林晓: /swap 明天 周宁
            西南 | 首问: 换班 11月24日 周二 与周宁互换（1 号） / 林晓想与周宁这样调整，请周宁点下方按钮，或发送 /approve 1、/decline 1，谢谢您。 [同意|不同意]
            西南 | 首问: ↩/swap  换班 11月24日 周二 与周宁互换（1 号）已提交，正在等周宁答复，请您留意消息。撤回请发送：/cancel 1。
        """)
        for words in (
            "/swap 明天 周宁",
            "/swap 明天 何静",
            "/swap 明天 林晓",
            "/swap 周六 周宁",
            "/swap 明天",
            "/approve 1",
        ):
            write(LIN, LIN, words)
        await stage.shows("""
            林晓 | 林晓: /swap 明天 周宁
            林晓 | 林晓: /swap 明天 何静
            林晓 | 林晓: /swap 明天 林晓
            林晓 | 林晓: /swap 周六 周宁
            林晓 | 林晓: /swap 明天
            林晓 | 林晓: /approve 1
            林晓 | 首问: ↩/swap  换班 11月24日 周二 与周宁互换（1 号）已经申请过了，目前是“待答复”，请您不必重复提交。
            林晓 | 首问: ↩/swap  何静不服务这个大区，不能接这个班。请您另选本大区的同事。
            林晓 | 首问: ↩/swap  换班和代班需要另一位同事，请您核对姓名。
            林晓 | 首问: ↩/swap  林晓11月28日 周六没有班次，请您核对日期，/roster 可看值班表。
            林晓 | 首问: ↩/swap  请您用：/swap 日期 姓名，例如 /swap 11月25日 周宁；用对方另一天的班来换：/swap 11月25日 周宁 11月27日。
            林晓 | 首问: ↩/appro 1 号申请还在等周宁本人同意，请您稍候。
        """)
        stage.press(ZHOU, stage.last(SOUTHWEST, "想与"), "同意")
        await stage.shows("""
            林晓 | 首问: 换班 11月24日 周二 与周宁互换（1 号）：周宁已同意，正在等主管批准，请您留意消息。
            西南 | 改为 首问: 换班 11月24日 周二 与周宁互换（1 号） / 林晓申请：周宁已同意，等主管批准。请您知悉。
            主管群 | 首问: 换班 11月24日 周二 与周宁互换（1 号） / 林晓申请，对方已同意。请主管点下方按钮，或发送 /approve 1、/decline 1，谢谢您。 [批准|不批准]
        """)
        write(WANG, SUPERVISORS, "/approve 1")
        await stage.shows("""
            林晓 | 首问: 换班 11月24日 周二 与周宁互换（1 号）已由王芳批准，请您放心。
            周宁 | 首问: 值班有调整（林晓）：换班 11月24日 周二 与周宁互换，已由王芳批准。请您留意，/roster 可看最新的值班表。
            西南 | 首问: 值班有调整（林晓）：换班 11月24日 周二 与周宁互换，已由王芳批准。请您留意，/roster 可看最新的值班表。
            主管群 | 王芳: /approve 1
            主管群 | 首问: ↩/appro 1 号，林晓 换班 11月24日 周二 与周宁互换：已批准。
        """)
        write(LIN, LIN, "/roster 文字")
        assert "11月24日 周二 / 西南：周宁代林晓（早班）、林晓代周宁（晚班）" in (await stage.seen())[-1]


async def test_a_swap_ends_with_the_first_no_and_may_be_taken_back(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        write = stage.world.user_writes
        write(LIN, LIN, "/swap 明天 周宁")
        await stage.seen()
        stage.press(ZHOU, stage.last(SOUTHWEST, "想与"), "不同意")
        await stage.shows("""
            林晓 | 首问: 换班 11月24日 周二 与周宁互换（1 号）：周宁没有同意。如有需要，请您与周宁联系。
            西南 | 改为 首问: 换班 11月24日 周二 与周宁互换（1 号） / 林晓申请：周宁没有同意。请您知悉。
        """)
        write(LIN, LIN, "/swap 今天 周宁 明天")
        await stage.seen()
        write(ZHOU, ZHOU, "/approve 2")
        await stage.seen()
        write(ZHOU, ZHOU, "/decline 2")
        await stage.shows("""
        林晓 | 首问: 换班 11月23日 周一 与周宁的 11月24日 周二 互换（2 号）：周宁没有同意。如有需要，请您与周宁联系。
        周宁 | 周宁: /decline 2
        周宁 | 首问: ↩/decli 2 号，林晓 换班 11月23日 周一 与周宁的 11月24日 周二 互换：未批准。
    """)


async def test_supervisors_arrange_a_stand_in_at_once_also_from_another_region(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        write = stage.world.user_writes
        write(WANG, SUPERVISORS, "/standin 何静 明天 周宁")
        await stage.shows("""
            周宁 | 首问: 代班 11月24日 周二，由何静接替（1 号）已由王芳批准，请您放心。
            何静 | 首问: 值班有调整（周宁）：代班 11月24日 周二，由何静接替，已由王芳批准。请您留意，/roster 可看最新的值班表。
            西南 | 首问: 值班有调整（周宁）：代班 11月24日 周二，由何静接替，已由王芳批准。请您留意，/roster 可看最新的值班表。
            西北 | 首问: 值班有调整（周宁）：代班 11月24日 周二，由何静接替，已由王芳批准。请您留意，/roster 可看最新的值班表。
            主管群 | 王芳: /standin 何静 明天 周宁
            主管群 | 首问: ↩/stand 1 号，周宁 代班 11月24日 周二，由何静接替：已批准。
        """)
        for words in (
            "/standin 何静 明天 周宁",
            "/standin 何静 明天 林晓",
            "/standin 周宁 周六 林晓",
            "/standin 张三 明天 林晓",
            "/standin",
        ):
            write(WANG, WANG, words)
        await stage.shows("""
            林晓 | 首问: 代班 11月24日 周二，由何静接替（2 号）已由王芳批准，请您放心。
            何静 | 首问: 值班有调整（林晓）：代班 11月24日 周二，由何静接替，已由王芳批准。请您留意，/roster 可看最新的值班表。
            王芳 | 王芳: /standin 何静 明天 周宁
            王芳 | 王芳: /standin 何静 明天 林晓
            王芳 | 王芳: /standin 周宁 周六 林晓
            王芳 | 王芳: /standin 张三 明天 林晓
            王芳 | 王芳: /standin
            王芳 | 首问: ↩/stand 代班 11月24日 周二，由何静接替（1 号）已经申请过了，目前是“已批准”，请您不必重复提交。
            王芳 | 首问: ↩/stand 2 号，林晓 代班 11月24日 周二，由何静接替：已批准。
            王芳 | 首问: ↩/stand 林晓11月28日 周六没有班次，请您核对日期，/roster 可看值班表。
            王芳 | 首问: ↩/stand 没有找到在职同事“张三”，或有重名。请您核对姓名。
            王芳 | 首问: ↩/stand 请您用：/standin 姓名 日期，例如 /standin 周宁 11月25日；主管安排代班：/standin 代班人 日期 被代人。
            西南 | 首问: 值班有调整（林晓）：代班 11月24日 周二，由何静接替，已由王芳批准。请您留意，/roster 可看最新的值班表。
            西北 | 首问: 值班有调整（林晓）：代班 11月24日 周二，由何静接替，已由王芳批准。请您留意，/roster 可看最新的值班表。
        """)
        write(LIN, LIN, "/standin 周宁 明天")
        await stage.shows("""
            林晓 | 林晓: /standin 周宁 明天
            林晓 | 首问: ↩/stand 林晓11月24日 周二没有班次，请您核对日期，/roster 可看值班表。
        """)
