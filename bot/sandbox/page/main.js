// The page: three people's screens side by side, one clock.
import { act, get, listen } from "./api.js";
import { avatar, complain, el, openSheet } from "./dom.js";
import { openFaults } from "./faults.js";
import { Pane } from "./pane.js";
import { choosePerson } from "./people.js";
import { Room } from "./room.js";

const remembered = (key, otherwise) => Number(sessionStorage.getItem(key)) || otherwise;
const remember = (key, value) => sessionStorage.setItem(key, value);

class Page {
  open() {
    listen((event) => this.hear(event), () => this.load().catch(complain));
  }

  async load() {
    await this.refresh();
    if (!this.phone) this.furnish();
    await this.showAll();
  }

  furnish() {
    const zone = this.state.zone;
    this.phone = new Pane("phone", zone);
    this.phone.onStarted = () => this.started().catch(complain);
    this.group = new Room("group", zone);
    this.upstairs = new Room("supervisors", zone);
    this.private = new Pane("private", zone);
    this.personId = remembered("person", this.state.franchisees[0].id);
    this.groupIndex = 0;
    this.isPrivate = false;
    this.bar();
  }

  async refresh() {
    const unread = new Map(this.state?.groups.map((group) => [group.id, group.unread]));
    this.state = await get("state");
    for (const group of this.state.groups) group.unread = unread.get(group.id);
    this.offset = new Date(this.state.now) - Date.now();
    document.getElementById("company").textContent = this.state.company;
  }

  showAll() {
    return Promise.all([this.showPhone(), this.showGroup(), this.showUpstairs()]);
  }

  hear(event) {
    if (!this.phone) return;
    if (event.type === "clock") this.offset = new Date(event.now) - Date.now();
    if (event.type === "faults") this.state.faults = event.faults;
    if (["migrated", "member"].includes(event.type)) this.refreshSoon();
    for (const place of [this.phone, this.group, this.upstairs, this.private]) place.hear(event);
    if (event.type === "message" && event.chat_id < 0) this.countUnread(event.chat_id, event.message);
  }

  refreshSoon() {
    clearTimeout(this.refreshing);
    this.refreshing = setTimeout(() => this.load().catch(complain), 150);
  }

  // The conversation stays where it is, so that nobody loses the input line while they type.
  setColumn(id, heads, room) {
    const column = document.getElementById(id);
    for (const old of [...column.children]) if (old !== room) old.remove();
    if (room.parentElement !== column) column.append(room);
    room.before(...heads);
  }

  // the franchisee's telephone

  get person() {
    return this.state.franchisees.find((p) => p.id === this.personId) || this.state.franchisees[0];
  }

  async showPhone() {
    const person = this.person;
    const pick = el("button", { class: "pick", dataset: { testid: "person-select" }, "aria-label": "换一位加盟商", onclick: () => choosePerson(this.state.franchisees, (id) => this.setPerson(id)) },
      avatar(person.id, person.name), el("span", { class: "who" }, el("b", {}, person.name), el("small", {}, person.store || "没有登记门店")), el("small", {}, "换人 ▾"));
    this.setColumn("phone", [el("div", { class: "head" }, pick)], this.phone.root);
    await this.phone.show({ chat: person.id, thread: null, viewer: person.id, person });
  }

  // The button that was pressed is gone: what comes next is to write.
  async started() {
    await this.refresh();
    await this.showPhone();
    const { gate, input } = this.phone.composer;
    if (document.activeElement === document.body || gate.contains(document.activeElement)) input.focus();
  }

  async setPerson(id) {
    this.personId = id;
    remember("person", id);
    await this.refresh();
    await this.showPhone();
    this.phone.composer.input.focus();
  }

  // the agent groups

  get groups() {
    return this.state.groups.filter((g) => !g.is_supervisors);
  }

  get current() {
    return this.groups[this.groupIndex];
  }

  peopleOf(group) {
    const staff = this.state.staff.filter((s) => group.members.includes(s.id));
    const guests = this.state.guests.filter((g) => group.members.includes(g.id)).map((g) => ({ ...g, role: group.is_department ? "部门同事" : "不是同事" }));
    return [...staff.filter((s) => s.role === "专员"), ...staff.filter((s) => s.role !== "专员"), ...guests];
  }

  async showGroup() {
    const group = this.current;
    const people = this.peopleOf(group);
    const viewer = people.find((p) => p.id === remembered(`viewer${group.title}`, 0)) || people[0];
    const tabs = this.groups.map((g, index) => el("button", { role: "tab", "aria-selected": String(index === this.groupIndex), dataset: { testid: `region-${index}` }, onclick: () => this.openGroup(index) },
      g.title.replace("客服群", ""), g.unread ? el("span", { class: "badge" }, String(g.unread)) : null));
    const who = this.asWhom(people, viewer, "viewer-group", (id) => { remember(`viewer${group.title}`, id); this.showGroup().catch(complain); });
    const head = el("div", { class: "head" }, el("span", { class: "who" }, el("b", {}, group.title), el("small", {}, group.is_department ? "部门群：请回复协办单，结果会转给承办人" : group.is_forum ? "有话题：一个加盟商一个话题" : "没有话题：请回复工单的消息来答复")), who);
    this.setColumn("group", [el("div", { class: "regions", role: "tablist", "aria-label": "大区" }, ...tabs), head], this.group.root);
    await this.group.show(group, viewer.id);
  }

  async openGroup(index) {
    this.groupIndex = index;
    this.current.unread = 0;
    await this.showGroup().catch(complain);
  }

  countUnread(chatId, message) {
    const group = this.groups.find((g) => g.id === chatId);
    if (!group || group === this.current || !message.from?.is_bot) return;
    group.unread = (group.unread || 0) + 1;
    const tab = document.querySelector(`[data-testid="region-${this.groups.indexOf(group)}"]`);
    tab.querySelector(".badge")?.remove();
    tab.append(el("span", { class: "badge" }, String(group.unread)));
  }

  asWhom(people, viewer, testid, chosen) {
    const options = people.map((p) => el("option", { value: p.id, selected: p.id === viewer.id }, `${p.name}（${p.role}）`));
    const select = el("select", { "aria-label": "以谁的身份", dataset: { testid } }, ...options);
    select.addEventListener("change", () => chosen(Number(select.value)));
    return select;
  }

  // the supervisors

  async showUpstairs() {
    const group = this.state.groups.find((g) => g.is_supervisors);
    const leaders = this.peopleOf(group).filter((p) => p.role !== "不是同事");
    const specialists = this.state.staff.filter((p) => p.role === "专员").map((p) => ({ ...p, role: `${p.region}专员` }));
    const people = this.isPrivate ? [...leaders, ...specialists] : leaders;
    const key = this.isPrivate ? "private" : "leader";
    const viewer = people.find((p) => p.id === remembered(key, 0)) || people[0];
    const who = this.asWhom(people, viewer, "viewer-supervisors", (id) => { remember(key, id); this.showUpstairs().catch(complain); });
    const tab = (words, isPrivate, testid) => el("button", { role: "tab", "aria-selected": String(this.isPrivate === isPrivate), dataset: { testid }, onclick: () => { this.isPrivate = isPrivate; this.showUpstairs().catch(complain); } }, words);
    const tabs = el("div", { class: "regions", role: "tablist", "aria-label": "主管" }, tab(group.title, false, "tab-supervisors"), tab("与机器人私聊", true, "tab-private"));
    const head = el("div", { class: "head" }, el("span", { class: "who" }, el("b", {}, viewer.name), el("small", {}, viewer.role)), who);
    this.setColumn("supervisors", [tabs, head], this.isPrivate ? this.private.root : this.upstairs.root);
    const person = { id: viewer.id, is_started: true, is_blocked: false };
    if (this.isPrivate) await this.private.show({ chat: viewer.id, thread: null, viewer: viewer.id, person });
    else await this.upstairs.show(group, viewer.id);
  }

  // the bar

  bar() {
    const clock = document.getElementById("clock");
    const format = new Intl.DateTimeFormat("zh-CN", { timeZone: this.state.zone, month: "numeric", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
    const tick = () => { clock.textContent = format.format(new Date(Date.now() + this.offset)); };
    tick();
    setInterval(tick, 500);
    for (const button of document.querySelectorAll("[data-minutes]")) {
      button.addEventListener("click", () => act({ do: "advance", minutes: Number(button.dataset.minutes) }).catch(complain));
    }
    document.getElementById("open-faults").addEventListener("click", () => this.openFaults());
    document.getElementById("open-help").addEventListener("click", () => openHelp());
    for (const button of document.querySelectorAll("[data-column]")) button.addEventListener("click", () => this.showColumn(button.dataset.column));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  openFaults() {
    openFaults({ faults: this.state.faults, person: this.person, group: this.current, thread: this.group.pane.place?.thread });
  }

  showColumn(name) {
    for (const column of document.querySelectorAll(".column")) column.dataset.shown = String(column.id === name);
    for (const button of document.querySelectorAll("[data-column]")) button.setAttribute("aria-pressed", String(button.dataset.column === name));
  }

  key(event) {
    const name = event.altKey && { 1: "phone", 2: "group", 3: "supervisors" }[event.key];
    if (name) {
      event.preventDefault();
      this.showColumn(name);
      [...document.querySelectorAll(`#${name} .start, #${name} textarea`)].find((e) => e.offsetParent)?.focus();
    } else if (event.key === "?" && !/^(TEXTAREA|INPUT|SELECT)$/.test(document.activeElement.tagName)) openHelp();
  }
}

function openHelp() {
  const keys = [
    ["Enter", "发送"], ["Shift+Enter", "换行"], ["↑", "输入框为空时，编辑自己的上一条"], ["/", "机器人的命令"],
    ["Alt+1 Alt+2 Alt+3", "加盟商、客服群、主管"], ["↑ ↓", "在话题之间移动"], ["Esc", "关闭窗口、取消回复"], ["?", "打开这份说明"],
  ];
  openSheet("help", "怎么玩",
    el("p", {}, "左边是加盟商的手机：请换一位加盟商，点“用门店的邀请链接开始”，说一件事；不用邀请直接开始的，要先说出门店或省份才知道归哪个大区。中间是大区客服群：以专员的身份在话题里直接回复，或点现成答复。右边是主管：请试 /overview、/cases、/staff。"),
    el("p", {}, "中间坐着的是真实的机器人，只有 Telegram 是这台机器上仿造的。时钟可以往后拨，看应声、关闭和重开；“故障”里可以让 Telegram 出错。"),
    el("dl", { class: "help-keys" }, ...keys.flatMap(([key, words]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)])));
}

new Page().open();
