// rich_text blocks to nodes: sections, lists, quotes, preformatted text and their parts.
import { el } from "../dom.js";
import { fillDate } from "../when.js";
import { channelMention, emojiNode, groupMention, linkNode, userMention } from "./inline.js";

export function richText(block, ctx) {
  const nodes = [];
  for (const element of block.elements ?? []) nodes.push(GROUPS[element.type]?.(element, ctx) ?? parts(element, ctx));
  return nodes;
}

const GROUPS = {
  rich_text_section: (element, ctx) => el("div", { class: "rt-section" }, parts(element, ctx)),
  rich_text_quote: (element, ctx) => el("blockquote", {}, parts(element, ctx)),
  rich_text_preformatted: (element, ctx) => el("pre", {}, parts(element, ctx)),
  rich_text_list: list,
};

function list(element, ctx) {
  const items = element.elements.map((item) => el("li", {}, parts(item, ctx)));
  const indent = Math.min(element.indent ?? 0, 8);
  const start = (element.offset ?? 0) + 1;
  return el(
    element.style === "ordered" ? "ol" : "ul",
    { class: `rt-list rt-indent-${indent}`, start: start > 1 ? start : null },
    items,
  );
}

function parts(element, ctx) {
  return (element.elements ?? []).map((part) => styled(part.style, PARTS[part.type]?.(part, ctx) ?? part.text ?? ""));
}

const PARTS = {
  text: (part) => el("span", { class: "rt-text" }, part.text ?? ""),
  link: (part) => linkNode(part.url, ...(part.text ? [part.text] : [])),
  user: (part, ctx) => userMention(part.user_id, ctx),
  usergroup: (part) => groupMention(part.usergroup_id),
  channel: (part, ctx) => channelMention(part.channel_id, ctx),
  broadcast: (part) => groupMention(part.range),
  emoji: (part) => emojiNode(part.name),
  color: (part) =>
    el("span", { class: "rt-colour" }, el("span", { class: "swatch", style: { background: part.value } }), part.value),
  date: (part) =>
    el("time", { title: part.fallback ?? "" }, fillDate(part.format ?? "{date_short_pretty}", part.timestamp)),
};

const STYLES = [
  ["code", "code"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
  ["underline", "u"],
];

function styled(style, node) {
  for (const [name, tag] of STYLES) {
    if (style?.[name]) node = el(tag, {}, node);
  }
  return node;
}
