// Elements without markup: what people wrote only ever becomes text.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (key === "dataset") Object.assign(element.dataset, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const COLOURS = ["#3a7d6b", "#8a5a44", "#4b6a9b", "#8c4f73", "#6b7a2e", "#a0632a", "#5a5f94", "#2f7f8f"];

export function colourOf(id) {
  return COLOURS[Math.abs(Number(id)) % COLOURS.length];
}

export function avatar(id, name) {
  const first = [...name.replace(/[\s\u200b<>*_]/g, "")][0] || "?";
  const shape = el("span", { class: "avatar", "aria-hidden": "true" }, first);
  shape.style.background = colourOf(id);
  return shape;
}

export function toast(words) {
  const line = el("p", {}, words);
  document.getElementById("toasts").append(line);
  setTimeout(() => line.remove(), 5000);
}

export function complain(error) {
  toast(`${error.message}`);
}

// A dialog with a title and a button that closes it; Escape does the same.
export function openSheet(id, title, ...body) {
  const sheet = document.getElementById(id);
  const close = el("button", { onclick: () => sheet.close(), "aria-label": "关闭" }, "关闭");
  sheet.replaceChildren(el("h2", {}, el("span", {}, title), close), el("div", { class: "body" }, ...body));
  if (!sheet.open) sheet.showModal();
  return sheet;
}
