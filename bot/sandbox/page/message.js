// One message as an element: who, what it replies to, media, words, buttons, reactions.
import { colourOf, el } from "./dom.js";
import { rich } from "./text.js";

const KINDS = {
  photo: "图片", video: "视频", animation: "动图", audio: "音频", voice: "语音", video_note: "视频留言",
  document: "文件", sticker: "贴纸", location: "位置", venue: "地点", contact: "名片", poll: "投票", dice: "骰子", story: "动态",
};

export function nameOf(user) {
  return user ? [user.first_name, user.last_name].filter(Boolean).join(" ") : "";
}

export function inWords(message) {
  const kind = Object.keys(KINDS).find((name) => name in message);
  return [kind ? `[${KINDS[kind]}]` : "", message.text || message.caption || ""].filter(Boolean).join(" ");
}

export function serviceWords(message) {
  const who = nameOf(message.from);
  if (message.forum_topic_created) return `${who} 创建了话题“${message.forum_topic_created.name}”`;
  if (message.forum_topic_edited) return `${who} 修改了话题`;
  if (message.forum_topic_closed) return `${who} 关闭了话题`;
  if (message.forum_topic_reopened) return `${who} 重新打开了话题`;
  if (message.pinned_message) return `${who} 置顶了“${inWords(message.pinned_message).slice(0, 24)}”`;
  if (message.new_chat_members) return `${message.new_chat_members.map(nameOf).join("、")} 进群`;
  if (message.left_chat_member) return `${nameOf(message.left_chat_member)} 离群`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "群已升级为超级群";
  return "";
}

export function timeOf(message, zone) {
  return new Date(message.date * 1000).toLocaleTimeString("zh-CN", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
}

// `actions`: zone, viewer, press(message, button), menu(message, anchor), jump(messageId).
export function messageElement(message, actions) {
  const service = serviceWords(message);
  if (service) return el("div", { class: "service", dataset: { id: message.message_id } }, service);
  const isMine = message.from && message.from.id === actions.viewer;
  const frame = el("article", {
    class: `message${isMine ? " mine" : ""}`, dataset: { id: message.message_id, bot: message.from?.is_bot ? "true" : "" },
    "aria-label": `${nameOf(message.from)}：${inWords(message)}`,
  });
  if (message._deleted) {
    frame.append(el("div", { class: "service" }, "这条消息已删除"));
    return frame;
  }
  frame.append(bubble(message, actions, isMine));
  const keys = inlineKeys(message, actions);
  if (keys) frame.append(keys);
  const marks = Object.entries(message._reactions || {});
  if (marks.length) {
    frame.append(el("div", { class: "reactions" }, ...marks.map(([mark, users]) => el("span", {}, users.length > 1 ? `${mark} ${users.length}` : mark))));
  }
  const tools = el("button", { class: "tools", "aria-label": "更多操作", "aria-haspopup": "menu" }, "⋯");
  tools.addEventListener("click", () => actions.menu(message, tools));
  frame.append(tools);
  return frame;
}

function bubble(message, actions, isMine) {
  const parts = [];
  if (!isMine && message.chat.type !== "private") parts.push(fromLine(message));
  if (message.forward_origin) parts.push(el("div", { class: "quoted" }, `转发自 ${originOf(message.forward_origin)}`));
  if (isRealReply(message)) parts.push(quotedLine(message, actions));
  parts.push(...media(message));
  const words = message.text ?? message.caption;
  if (words) parts.push(el("div", { class: "text" }, ...rich(words, message.entities || message.caption_entities)));
  parts.push(el("span", { class: "meta" }, `${message._edited ? "已编辑 " : ""}${timeOf(message, actions.zone)}`));
  return el("div", { class: "bubble" }, ...parts);
}

function fromLine(message) {
  const line = el("div", { class: "from" }, nameOf(message.from), message.from.is_bot ? el("small", {}, "机器人") : "");
  line.style.color = colourOf(message.from.id);
  return line;
}

function originOf(origin) {
  return nameOf(origin.sender_user) || origin.sender_user_name || origin.chat?.title || "";
}

// In a topic every plain message "replies" to the one that opened it: nobody wants to see that.
function isRealReply(message) {
  return message.reply_to_message && !message.reply_to_message.forum_topic_created;
}

function quotedLine(message, actions) {
  const target = message.reply_to_message;
  const words = message.quote?.text || inWords(target);
  return el("div", { class: "quoted", onclick: () => actions.jump(target.message_id) }, `${nameOf(target.from)}：${words}`);
}

function media(message) {
  const kind = Object.keys(KINDS).find((name) => name in message);
  if (!kind) return [];
  const file = kind === "photo" ? message.photo.at(-1) : message[kind];
  const source = file?.file_id ? `/stage/file/${encodeURIComponent(file.file_id)}` : "";
  const label = KINDS[kind];
  switch (kind) {
    case "photo": case "sticker": return [picture(source, label)];
    case "video": case "animation": case "video_note":
      return [el("video", { class: "media", src: source, controls: true, muted: true, preload: "metadata", "aria-label": label }), chip(label, size(file))];
    case "voice": case "audio":
      return [el("audio", { class: "media", src: source, controls: true, preload: "none", "aria-label": label }), chip(label, size(file))];
    case "document": return [el("a", { class: "chip", href: source, download: file.file_name || "文件" }, file.file_name || label, el("small", {}, size(file)))];
    case "contact": return [chip(`${label} ${nameOf(file)}`, file.phone_number)];
    case "location": return [chip(label, `${file.latitude.toFixed(4)}, ${file.longitude.toFixed(4)}`)];
    case "venue": return [chip(`${label} ${file.title}`, file.address)];
    case "poll": return [chip(`${label} ${file.question}`, file.options.map((o) => o.text).join(" / "))];
    case "dice": return [chip(label, `${file.emoji} ${file.value}`)];
    default: return [chip(label, "")];
  }
}

function picture(source, label) {
  const image = el("img", { class: "media", src: source, alt: label, loading: "lazy" });
  const link = el("a", { href: source, target: "_blank", rel: "noreferrer noopener", title: "看大图" }, image);
  image.addEventListener("error", () => link.replaceWith(chip(label, "")));
  return link;
}

function chip(label, detail) {
  return el("span", { class: "chip" }, label, el("small", {}, detail));
}

function size(file) {
  const bytes = file?.file_size || 0;
  const length = file?.duration ? `${file.duration} 秒 ` : "";
  if (bytes < 1024) return `${length}${bytes} B`;
  return bytes < 1048576 ? `${length}${(bytes / 1024).toFixed(0)} KB` : `${length}${(bytes / 1048576).toFixed(1)} MB`;
}

function inlineKeys(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const key = (button) => (button.url
    ? el("a", { class: "chip", href: button.url, target: "_blank", rel: "noreferrer noopener" }, button.text)
    : el("button", { onclick: () => actions.press(message, button), dataset: { data: button.callback_data || "" } }, button.text));
  return el("div", { class: "keys" }, ...rows.map((row) => el("div", {}, ...row.map(key))));
}
