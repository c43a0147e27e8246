// The topics of a group, with what has not been looked at yet.
import { el } from "./dom.js";

export class Topics {
  constructor(choose) {
    this.choose = choose;
    this.unread = new Map();
    this.chosen = null;
    this.root = el("div", { class: "topics", role: "tablist", "aria-label": "话题", "aria-orientation": "vertical" });
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  show(topics, chosen) {
    this.chosen = chosen;
    this.unread.delete(chosen);
    this.root.hidden = topics.length === 0;
    this.root.replaceChildren(...topics.map((topic) => this.row(topic)));
  }

  row(topic) {
    const id = topic.message_thread_id;
    const name = id === 1 ? "综合" : topic.name;
    const waiting = this.unread.get(id);
    return el("button", {
      role: "tab", "aria-selected": String(id === this.chosen), dataset: { testid: `topic-${id}`, thread: id }, title: name,
      onclick: () => this.choose(id),
    },
    el("span", { class: "name" }, name),
    topic.is_closed ? el("small", {}, "已关闭") : null,
    waiting ? el("span", { class: "badge", "aria-label": `${waiting} 条未读` }, String(waiting)) : null);
  }

  count(thread) {
    if (thread !== this.chosen) this.unread.set(thread, (this.unread.get(thread) || 0) + 1);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...this.root.children];
    const next = tabs[tabs.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  }
}
