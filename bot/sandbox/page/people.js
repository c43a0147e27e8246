// Choose whose telephone it is.
import { avatar, el, openSheet } from "./dom.js";

export function choosePerson(people, chosen) {
  const list = el("div", { class: "list", role: "listbox", "aria-label": "加盟商" });
  const search = el("input", { class: "search", type: "search", placeholder: "按名字、门店、省份查找", "aria-label": "查找加盟商", dataset: { testid: "person-search" } });
  const draw = () => {
    const typed = search.value.trim().toLowerCase();
    const fitting = people.filter((p) => `${p.name} ${p.store} ${p.province} ${p.remark}`.toLowerCase().includes(typed));
    list.replaceChildren(...fitting.map((person) => row(person, chosen)));
  };
  search.addEventListener("input", draw);
  draw();
  openSheet("people", "换一位加盟商", search, list);
  search.focus();
}

function row(person, chosen) {
  const pick = () => { document.getElementById("people").close(); chosen(person.id); };
  const about = [person.store || "没有登记门店", person.province, person.remark].filter(Boolean).join(" · ");
  return el("button", { role: "option", onclick: pick, dataset: { testid: `person-${person.id}` } },
    avatar(person.id, person.name), el("span", {}, el("b", {}, person.name), el("small", {}, about)));
}
