// The input line: words, things to attach, the bot's commands and keyboard, replying and editing.
import { act } from "./api.js";
import { complain, el } from "./dom.js";
import { inWords, nameOf } from "./message.js";
import * as samples from "./samples.js";

const ATTACH = [
  ["图片", samples.photo], ["文件", samples.text], ["语音", samples.voice], ["贴纸", samples.sticker],
  ["位置", samples.place], ["投票", samples.poll],
];

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.commands = [];
    this.reply = null;
    this.editing = null;
    this.context = el("div", { class: "context", hidden: true });
    this.input = el("textarea", { rows: "1", placeholder: "写消息，Enter 发送", "aria-label": "写消息", dataset: { testid: `composer-${pane.name}` } });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => { this.grow(); this.suggest(); });
    this.file = el("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true" });
    this.file.addEventListener("change", () => this.sendFiles());
    const attach = el("button", { class: "icon", "aria-label": "发送图片、文件等", onclick: () => this.openAttach(), dataset: { testid: `attach-${pane.name}` } }, "＋");
    const slash = el("button", { class: "icon", "aria-label": "机器人的命令", onclick: () => this.openCommands(this.commands), dataset: { testid: `commands-${pane.name}` } }, "/");
    const send = el("button", { class: "send", onclick: () => this.send(), dataset: { testid: `send-${pane.name}` } }, "发送");
    this.line = el("div", { class: "line" }, attach, slash, this.input, send);
    this.keyboardBox = el("div", { class: "keyboard", hidden: true });
    this.gate = el("div", { class: "gate", hidden: true });
    this.root = el("div", { class: "composer" }, this.context, this.gate, this.line, this.keyboardBox, this.file);
  }

  offer(commands, place, keyboard) {
    this.commands = commands;
    this.root.hidden = false;
    const person = place.person;
    this.gate.hidden = !person || (person.is_started && !person.is_blocked);
    this.line.hidden = !this.gate.hidden;
    if (!this.gate.hidden) this.drawGate(person);
    this.setKeyboard(keyboard);
  }

  // Telegram shows this until a person presses Start (and again after they blocked the bot).
  drawGate(person) {
    const start = (code) => act({ do: "start", who: person.id, code }).then(() => this.pane.onStarted?.()).catch(complain);
    const testid = `start-${this.pane.name}`;
    if (person.is_blocked) {
      const unblock = () => act({ do: "unblock", who: person.id }).then(() => this.pane.onStarted?.()).catch(complain);
      return this.gate.replaceChildren(el("p", { class: "blocked" }, "已屏蔽机器人"), el("button", { class: "start", onclick: unblock }, "解除屏蔽"));
    }
    const plain = el("button", { class: person.code ? "" : "start", onclick: () => start(""), dataset: { testid } }, person.code ? "不用邀请，直接开始" : "开始");
    // The invitation binds the store, so that a first message finds its region's group.
    const invited = person.code && el("button", { class: "start", onclick: () => start(person.code), dataset: { testid: `${testid}-code` } }, "用门店的邀请链接开始");
    return this.gate.replaceChildren(...[invited, plain].filter(Boolean));
  }

  setKeyboard(keyboard) {
    this.keyboardBox.hidden = !keyboard || this.line.hidden;
    if (!keyboard) return;
    const press = (key) => {
      const { viewer, chat } = this.pane.place;
      const wish = key.request_contact ? { do: "share_contact", who: viewer } : { do: "write", who: viewer, chat, text: key.text };
      act(wish).then(() => { if (keyboard.one_time_keyboard) this.keyboardBox.hidden = true; }).catch(complain);
    };
    const rows = keyboard.keyboard.map((row) => el("div", {}, ...row.map((key) => el("button", { onclick: () => press(key) }, key.text ?? key))));
    this.keyboardBox.replaceChildren(...rows);
  }

  reset() {
    this.reply = null;
    this.editing = null;
    this.input.value = "";
    this.closePopup();
    this.drawContext();
    this.grow();
  }

  replyTo(message) {
    this.reply = message;
    this.editing = null;
    this.drawContext();
    this.input.focus();
  }

  edit(message) {
    this.editing = message;
    this.reply = null;
    this.input.value = message.text;
    this.drawContext();
    this.grow();
    this.input.focus();
  }

  drawContext() {
    const target = this.editing || this.reply;
    this.context.hidden = !target;
    if (!target) return;
    const words = this.editing ? `编辑：${inWords(target)}` : `回复 ${nameOf(target.from)}：${inWords(target)}`;
    this.context.replaceChildren(el("span", {}, words), el("button", { onclick: () => this.reset() }, "取消"));
  }

  key(event) {
    if (event.isComposing) return; // an input method is still choosing the characters
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      const own = this.pane.lastOwn();
      if (own) { event.preventDefault(); this.edit(own); }
    } else if (event.key === "Escape" && (this.popup || this.reply || this.editing)) {
      event.stopPropagation();
      if (this.popup) this.closePopup(); else this.reset();
    }
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(140, this.input.scrollHeight + 2)}px`;
  }

  suggest() {
    const typed = this.input.value;
    if (!/^\/[a-z_]*$/.test(typed)) return this.closePopup();
    const fitting = this.commands.filter((c) => c.command.startsWith(typed.slice(1)));
    return fitting.length ? this.openCommands(fitting) : this.closePopup();
  }

  // The line is empty at once, not when the answer comes: what is typed or opened meanwhile is not wiped. A refusal gives back what was written.
  async send() {
    const words = this.input.value.trim();
    if (!words || !this.pane.place) return;
    const { chat, viewer } = this.pane.place;
    const wish = this.editing
      ? { do: "edit", who: viewer, chat, message: this.editing.message_id, text: words }
      : { do: "write", who: viewer, chat, text: words, ...this.where() };
    await this.hand(words, () => act(wish));
  }

  async hand(words, deliver) {
    const { reply, editing } = this;
    this.reset();
    try {
      await deliver();
    } catch (error) {
      complain(error);
      if (this.input.value || this.reply || this.editing) return;
      Object.assign(this, { reply, editing });
      this.input.value = words;
      this.drawContext();
      this.grow();
    }
  }

  where() {
    const { thread } = this.pane.place;
    const place = thread && thread !== 1 ? { thread_id: thread } : {};
    return this.reply ? { ...place, reply_to: this.reply.message_id } : place;
  }

  async sendMade(make) {
    const { chat, viewer } = this.pane.place;
    const caption = this.input.value.trim();
    const where = this.where();
    await this.hand(caption, async () => {
      for (const [n, made] of [await make()].flat().entries()) {
        await act({ do: "send", who: viewer, chat, caption: n ? "" : caption, ...where, ...made });
      }
    });
  }

  sendFiles() {
    const files = [...this.file.files];
    this.file.value = "";
    if (files.length) this.sendMade(() => samples.fromFiles(files));
  }

  openAttach() {
    const buttons = ATTACH.map(([words, make]) => el("button", { onclick: () => this.sendMade(make) }, words));
    this.openPopup("grid", [...buttons, el("button", { onclick: () => { this.closePopup(); this.file.click(); } }, "选择本机文件（可多选）")]);
  }

  openCommands(commands) {
    if (!commands.length) return;
    const choose = (command) => {
      this.input.value = `/${command} `;
      this.closePopup();
      this.input.focus();
    };
    this.openPopup("", commands.map((c) => el("button", { onclick: () => choose(c.command) }, el("b", {}, `/${c.command}`), el("small", {}, c.description))));
  }

  openPopup(kind, buttons) {
    this.closePopup();
    this.popup = el("div", { class: `popup ${kind}`, role: "menu" }, ...buttons);
    this.popup.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); this.closePopup(); this.input.focus(); } });
    this.root.append(this.popup);
    this.outside = (event) => { if (!this.root.contains(event.target)) this.closePopup(); };
    document.addEventListener("pointerdown", this.outside);
  }

  closePopup() {
    this.popup?.remove();
    this.popup = null;
    document.removeEventListener("pointerdown", this.outside);
  }
}
