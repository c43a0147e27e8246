// The switches that make Telegram misbehave, each in plain words, so that anybody can watch the desk get through.
import { act } from "./api.js";
import { complain, el, openSheet, toast } from "./dom.js";

const METHODS = { sendMessage: "发消息", copyMessage: "转发图片等", editMessageText: "改卡片", createForumTopic: "建话题", "*": "任何调用" };

// `desk`: faults, person (on the telephone), groups, group (shown), thread (shown).
export function openFaults(desk) {
  const apply = (faults, words) => act({ do: "faults", faults }).then((now) => { desk.faults = now; toast(words); draw(); }).catch(complain);
  const run = (wish, words) => act(wish).then(() => toast(words)).catch(complain);
  const body = el("div", { class: "switches" });
  const draw = () => body.replaceChildren(
    limits(desk, apply), outage(desk, apply), errors(desk, apply), resets(desk, apply), updates(desk, apply),
    blocking(desk, run), topic(desk, run), group(desk, run));
  draw();
  openSheet("faults", "故障开关", body);
}

function part(title, about, ...rest) {
  return el("fieldset", {}, el("legend", {}, title), el("p", {}, about), el("div", { class: "row" }, ...rest));
}

function button(words, does, testid) {
  return el("button", { onclick: does, dataset: testid ? { testid } : {} }, words);
}

function number(value, label) {
  return el("input", { type: "number", min: "0", value: String(value), "aria-label": label });
}

function choice(options, label) {
  return el("select", { "aria-label": label }, ...Object.entries(options).map(([value, words]) => el("option", { value }, words)));
}

function limits(desk, apply) {
  const now = desk.faults.limits;
  const minute = number(now.group_per_minute, "每群每分钟");
  const second = number(now.overall_per_second, "全部每秒");
  const set = (enabled) => apply({ limits: { enabled, group_per_minute: Number(minute.value), overall_per_second: Number(second.value) } },
    enabled ? "已打开限速：超过就回 429" : "已关闭限速");
  return part(`发送限额（现在${now.enabled ? "打开" : "关闭"}）`, "像真的 Telegram 一样限速，超过的调用回 429。",
    "每群每分钟", minute, "全部每秒", second, button(now.enabled ? "关闭" : "打开", () => set(!now.enabled), "fault-limits"));
}

function outage(desk, apply) {
  const names = new Map([["", "正常"], ["503", "全部回 503"], ["reset", "全部断线"]]);
  return part(`停机（现在：${names.get(desk.faults.outage)}）`, "Telegram 整个不可用，直到改回正常；恢复后消息会补上。",
    ...[...names].map(([value, words]) => button(words, () => apply({ outage: value }, words), `fault-outage-${value || "none"}`)));
}

function errors(desk, apply) {
  const method = choice(METHODS, "哪种调用");
  const kinds = {
    429: ["429 请等几秒", { code: 429 }],
    500: ["500 服务器出错", { code: 500, description: "Internal Server Error" }],
    403: ["403 被屏蔽", { code: 403, description: "Forbidden: bot was blocked by the user" }],
    400: ["400 文件太大", { code: 400, description: "Bad Request: file is too big" }],
  };
  const kind = choice(Object.fromEntries(Object.entries(kinds).map(([code, [words]]) => [code, words])), "哪种错误");
  const times = number(1, "次数");
  const seconds = number(5, "429 请等的秒数");
  const wait = () => ({ description: `Too Many Requests: retry after ${seconds.value}`, parameters: { retry_after: Number(seconds.value) } });
  const error = () => ({ method: method.value, times: Number(times.value), parameters: {}, ...kinds[kind.value][1], ...(kind.value === "429" ? wait() : {}) });
  const add = () => apply({ errors: [...desk.faults.errors, error()] }, "接下来的调用会出错");
  return part(`出错（排着 ${desk.faults.errors.length} 项）`, "接下来若干次调用被拒绝，什么也没有发生。429 可以写明要等的秒数。",
    method, kind, seconds, "秒", times, "次", button("加上", add, "fault-error"));
}

function resets(desk, apply) {
  const method = choice(METHODS, "哪种调用");
  const waiting = desk.faults.resets.length + desk.faults.hangs.length;
  const reset = (when, words) => apply({ resets: [...desk.faults.resets, { method: method.value, when, times: 1 }] }, words);
  const hang = () => apply({ hangs: [...desk.faults.hangs, { method: method.value, seconds: 40, times: 1 }] }, "下一次调用要等 40 秒才回答");
  return part(`断线与卡住（排着 ${waiting} 项）`, "断在生效之前、生效之后，或迟迟不回答：后两种机器人不知道对方收到没有。", method,
    button("生效前断线", () => reset("before", "下一次调用在生效前断线"), "fault-reset-before"),
    button("生效后断线", () => reset("after", "下一次调用在生效后断线"), "fault-reset-after"), button("卡住 40 秒", hang, "fault-hang"));
}

function updates(desk, apply) {
  return part("来信重复与乱序", `还会重复 ${desk.faults.duplicate} 条、打乱 ${desk.faults.reorder} 条。`,
    button("重复接下来 3 条", () => apply({ duplicate: 3 }, "接下来 3 条来信各送两遍"), "fault-duplicate"),
    button("打乱接下来 3 条", () => apply({ reorder: 3 }, "接下来 3 条来信乱序送达"), "fault-reorder"));
}

function blocking(desk, run) {
  return part(`加盟商 ${desk.person.name}`, "屏蔽后机器人的话送不到；对方再来信或解除屏蔽即恢复。",
    button("屏蔽机器人", () => run({ do: "block", who: desk.person.id }, "已屏蔽"), "fault-block"),
    button("解除屏蔽", () => run({ do: "unblock", who: desk.person.id }, "已解除"), "fault-unblock"));
}

function topic(desk, run) {
  const where = { chat: desk.group.id, thread_id: desk.thread };
  if (!desk.thread || desk.thread === 1) return part("话题", "先在客服群里打开一个话题，再来删除或关闭它。");
  return part("当前打开的话题", "有人手动删除或关闭了它：下一条消息会让机器人重建或重开。",
    button("删除话题", () => run({ do: "delete_topic", ...where }, "话题已删除"), "fault-delete-topic"),
    button("关闭话题", () => run({ do: "close_topic", ...where }, "话题已关闭"), "fault-close-topic"),
    button("打开话题", () => run({ do: "reopen_topic", ...where }, "话题已打开"), "fault-reopen-topic"));
}

function group(desk, run) {
  const chat = desk.group.id;
  const rights = (given, words) => run({ do: "rights", chat, rights: given }, words);
  return part(`群“${desk.group.title}”`, "群升级后编号会变；缺权限或被移出时，消息保留，恢复后补发。",
    button("升级为超级群", () => run({ do: "migrate", chat }, "群编号已改变"), "fault-migrate"),
    button("移出机器人", () => run({ do: "remove_bot", chat }, "机器人已被移出"), "fault-remove"),
    button("请回机器人", () => run({ do: "return_bot", chat }, "机器人已回到群里"), "fault-return"),
    button("取消“管理话题”权限", () => rights({ can_manage_topics: false }, "权限已取消"), "fault-rights"),
    button("恢复权限", () => rights({ can_manage_topics: true }, "权限已恢复"), "fault-rights-back"));
}
