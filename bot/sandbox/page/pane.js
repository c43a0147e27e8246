// A conversation as one person sees it: the pinned message, the messages, what can be said.
import { act, get } from "./api.js";
import { Composer } from "./composer.js";
import { complain, el, openSheet, toast } from "./dom.js";
import { inWords, messageElement } from "./message.js";

const LATEST = 200;
const MARKS = ["👍", "❤", "👌", "🙏", "👎"];
const GENERAL = 1;

export class Pane {
  constructor(name, zone) {
    this.name = name;
    this.zone = zone;
    this.place = null;
    this.shown = LATEST;
    this.messages = new Map();
    this.pressed = new Set();
    this.pressing = 0;
    this.early = new Map(); // answers to presses that are still on their way
    this.asked = 0;
    this.loaded = 0;
    this.missed = new Set();
    this.pin = el("button", { class: "pin", hidden: true, onclick: () => this.jump(Number(this.pin.dataset.id)) });
    this.list = el("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": "消息", tabindex: "0", dataset: { testid: `messages-${name}` } });
    this.isAtEnd = true;
    this.list.addEventListener("scroll", () => { this.isAtEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80; });
    this.list.addEventListener("load", () => this.stay(), true); // a picture that arrives late makes the list longer
    this.typing = el("div", { class: "typing", "aria-live": "polite" });
    this.composer = new Composer(this);
    this.root = el("div", { class: "pane" }, this.pin, this.list, this.typing, this.composer.root);
  }

  // place: { chat, thread (null: whole chat), viewer, person (a franchisee's own phone), isReadOnly }
  async show(place) {
    const isSame = this.place && place && this.place.chat === place.chat && this.place.thread === place.thread;
    this.place = place;
    if (!isSame) {
      this.shown = LATEST;
      this.composer.reset();
    }
    await this.load();
  }

  // What happens while the answer is on its way is not in it: it is put on top. A later answer is not undone by an earlier one.
  async load() {
    const place = this.place;
    if (!place) return this.clear("请选择一个话题");
    const mine = ++this.asked;
    const missed = [];
    this.missed.add(missed);
    let found;
    try {
      found = await get("history", { ...place, person: "", last: this.shown });
    } finally { this.missed.delete(missed); }
    if (place !== this.place || mine < this.loaded) return undefined;
    this.loaded = mine;
    this.messages = new Map(found.messages.map((message) => [message.message_id, message]));
    this.older = found.older;
    this.topics = found.topics;
    this.draw();
    this.drawPin(found.pinned);
    this.composer.offer(found.commands, place, this.keyboard());
    for (const event of missed) this.change(event);
    return undefined;
  }

  clear(words) {
    this.messages = new Map();
    this.list.replaceChildren(el("p", { class: "empty" }, words));
    this.pin.hidden = true;
    this.composer.root.hidden = true;
  }

  draw() {
    const actions = this.actions();
    const more = this.older ? [el("button", { class: "older", onclick: () => this.showOlder() }, `更早的消息（${this.older} 条）`)] : [];
    const lines = [...this.messages.values()].map((message) => messageElement(message, actions));
    this.list.replaceChildren(...more, ...(lines.length ? lines : [el("p", { class: "empty" }, "还没有消息")]));
    this.isAtEnd = true;
    this.stay();
  }

  stay() {
    if (this.isAtEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  async showOlder() {
    const height = this.list.scrollHeight;
    this.shown += LATEST;
    await this.load();
    this.isAtEnd = false;
    this.list.scrollTop = this.list.scrollHeight - height;
  }

  actions() {
    return {
      zone: this.zone, viewer: this.place.viewer,
      press: (message, button) => this.press(message, button),
      menu: (message, anchor) => this.menu(message, anchor),
      jump: (id) => this.jump(id),
    };
  }

  // What happens in the world; only what stands in this place matters.
  hear(event) {
    if (!this.place || event.chat_id !== this.place.chat) return;
    for (const missed of this.missed) missed.push(event);
    this.change(event);
    switch (event.type) {
      case "pin": case "commands": this.load().catch(complain); break;
      case "chat_action":
        if ((event.thread_id ?? null) === this.place.thread || !this.place.thread) this.showTyping();
        break;
      case "callback_answer":
        if (this.pressed.delete(event.callback_query_id)) this.answered(event);
        else if (this.pressing) this.early.set(event.callback_query_id, event);
        break;
      default:
    }
  }

  change(event) {
    if (event.chat_id !== this.place.chat) return;
    if (["message", "edited", "reaction"].includes(event.type) && this.holds(event.message)) this.put(event.message);
    if (event.type === "deleted") this.remove(event.message_id);
  }

  holds(message) {
    if (this.place.thread === null) return true;
    const thread = message.is_topic_message ? message.message_thread_id : GENERAL;
    return thread === this.place.thread;
  }

  put(message) {
    const isNew = !this.messages.has(message.message_id);
    this.messages.set(message.message_id, message);
    const fresh = messageElement(message, this.actions());
    const old = this.list.querySelector(`[data-id="${message.message_id}"]`);
    if (old) old.replaceWith(fresh);
    else {
      this.list.querySelector(".empty")?.remove();
      this.list.append(fresh);
    }
    if (isNew && message.from?.id === this.place.viewer) this.isAtEnd = true;
    this.stay();
    if (isNew && message.from?.is_bot) this.typing.textContent = "";
    if (this.pin.dataset.id === String(message.message_id)) this.drawPin([message]);
    this.composer.setKeyboard(this.keyboard());
  }

  remove(id) {
    const message = this.messages.get(id);
    if (message) this.put({ ...message, _deleted: true });
  }

  drawPin(pinned) {
    const top = pinned[0];
    this.pin.hidden = !top;
    if (!top) return;
    this.pin.dataset.id = top.message_id;
    this.pin.replaceChildren(el("span", {}, inWords(top).replace(/\s+/g, " ")));
  }

  // The keyboard that the bot put under the input line: the latest word on it counts.
  keyboard() {
    for (const message of [...this.messages.values()].reverse()) {
      if (message._keyboard && !message._deleted) return message._keyboard.keyboard ? message._keyboard : null;
    }
    return null;
  }

  jump(id) {
    const target = this.list.querySelector(`[data-id="${id}"]`);
    if (!target) return toast("这条消息在更早的地方");
    target.scrollIntoView({ block: "center" });
    target.classList.add("flash");
    setTimeout(() => target.classList.remove("flash"), 1300);
    return undefined;
  }

  showTyping() {
    this.typing.textContent = "对方正在输入…";
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => { this.typing.textContent = ""; }, 5000);
  }

  async press(message, button) {
    const { viewer, chat } = this.place;
    this.pressing += 1;
    try {
      const id = await act({ do: "press", who: viewer, chat, message: message.message_id, data: button.callback_data });
      if (this.early.has(id)) this.answered(this.early.get(id));
      else this.pressed.add(id);
    } catch (error) {
      complain(error);
    } finally {
      this.pressing -= 1;
      if (!this.pressing) this.early.clear();
    }
  }

  answered(event) {
    if (!event.text) return;
    if (event.show_alert) openSheet("alert", "提示", el("p", {}, event.text));
    else toast(event.text);
  }

  menu(message, anchor) {
    const { viewer, chat } = this.place;
    const isMine = message.from?.id === viewer;
    const run = (wish) => act({ who: viewer, chat, message: message.message_id, ...wish }).catch(complain);
    const item = (words, does) => el("button", { role: "menuitem", onclick: () => { close(); does(); } }, words);
    const mark = (emoji) => el("button", { role: "menuitem", "aria-label": `表情 ${emoji}`, onclick: () => { close(); run({ do: "react", emoji }); } }, emoji);
    const menu = el("div", { class: "menu", role: "menu" },
      item("回复", () => this.composer.replyTo(message)),
      isMine && message.text !== undefined ? item("编辑", () => this.composer.edit(message)) : null,
      isMine ? item("删除", () => run({ do: "delete" })) : null,
      el("div", { class: "row" }, ...MARKS.map(mark)),
      item("取消表情", () => run({ do: "react", emoji: "" })));
    const close = () => { menu.remove(); anchor.setAttribute("aria-expanded", "false"); document.removeEventListener("pointerdown", outside); anchor.focus(); };
    const outside = (event) => { if (!menu.contains(event.target)) close(); };
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
    const box = anchor.getBoundingClientRect(), home = this.root.getBoundingClientRect();
    menu.style.top = `${Math.min(box.top - home.top, home.height - 220)}px`;
    menu.style.left = `${Math.max(6, Math.min(box.left - home.left, home.width - 190))}px`;
    this.root.append(menu);
    anchor.setAttribute("aria-expanded", "true");
    setTimeout(() => document.addEventListener("pointerdown", outside));
    menu.querySelector("button").focus();
  }

  lastOwn() {
    return [...this.messages.values()].reverse().find((m) => m.from?.id === this.place.viewer && m.text !== undefined && !m._deleted);
  }
}
