// A group as somebody in it sees it: its topics at the side, one of them open.
import { get } from "./api.js";
import { complain, el } from "./dom.js";
import { Pane } from "./pane.js";
import { Topics } from "./topics.js";

export class Room {
  constructor(name, zone) {
    this.pane = new Pane(name, zone);
    this.topics = new Topics((thread) => this.open(thread).catch(complain));
    this.root = el("div", { class: "split" }, this.topics.root, this.pane.root);
    this.threads = new Map();
    this.asked = 0;
    this.listed = 0;
  }

  async show(group, viewer) {
    this.group = group;
    this.viewer = viewer;
    await this.open(group.is_forum ? this.threads.get(group.id) ?? 1 : null);
  }

  async open(thread) {
    if (thread) this.threads.set(this.group.id, thread);
    const mine = ++this.asked;
    await this.pane.show({ chat: this.group.id, thread, viewer: this.viewer });
    this.list(this.group.is_forum ? this.pane.topics : [], mine);
  }

  // A later answer is not undone by an earlier one that was longer on its way.
  list(topics, asked) {
    if (asked < this.listed) return;
    this.listed = asked;
    this.topics.show(topics, this.pane.place.thread);
  }

  hear(event) {
    if (!this.group || event.chat_id !== this.group.id) return;
    if (event.type === "message" && this.group.is_forum) {
      const thread = event.message.is_topic_message ? event.message.message_thread_id : 1;
      if (event.message.from?.id !== this.viewer) this.topics.count(thread);
    }
    this.pane.hear(event);
    if (event.type === "topic" || event.type === "message") this.refreshTopics();
  }

  // Many events come at once: the list is asked for once they have.
  refreshTopics() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.loadTopics().catch(complain), 60);
  }

  async loadTopics() {
    const { id, is_forum: isForum } = this.group;
    if (!isForum) return;
    const mine = ++this.asked;
    const { topics } = await get("history", { chat: id, thread: 1, last: 1 });
    if (id !== this.group.id) return;
    const chosen = this.pane.place?.thread ?? 1;
    if (!topics.some((topic) => topic.message_thread_id === chosen)) await this.open(1);
    this.list(topics, mine);
  }
}
