// A message's text with its entities (offsets are UTF-16 units, as JavaScript counts).
import { el } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function rich(text, entities = []) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return spread(text, 0, text.length, sorted);
}

function spread(text, from, to, entities) {
  const nodes = [];
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    if (entity.offset < at || entity.offset >= to) continue;
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const end = Math.min(to, entity.offset + entity.length);
    nodes.push(wrap(entity, text.slice(entity.offset, end), spread(text, entity.offset, end, entities.slice(index + 1))));
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, words, inner) {
  const tag = TAGS[entity.type];
  if (tag) return el(tag, {}, ...inner);
  if (entity.type === "spoiler") {
    return el("span", { class: "spoiler", onclick: (event) => event.currentTarget.classList.add("open") }, ...inner);
  }
  const address = entity.type === "text_link" ? entity.url : entity.type === "url" ? words : "";
  if (/^https?:\/\//.test(address)) {
    return el("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, ...inner);
  }
  return el("span", {}, ...inner);
}
