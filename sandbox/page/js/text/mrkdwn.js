// Slack's mrkdwn to nodes: *bold* _italic_ ~strike~ `code` ```pre``` > quotes, <links|x>, <@U>, <#C>, <!date>, :emoji:.
import { el } from "../dom.js";
import { fillDate } from "../when.js";
import { channelMention, decode, groupMention, linkNode, userMention, withEmoji } from "./inline.js";

const styled = (mark) => `(?<![\\p{L}\\p{N}${mark}])${mark}(\\S|\\S[^${mark}\\n]*?\\S)${mark}(?![\\p{L}\\p{N}${mark}])`;
const TOKEN = new RegExp(`<([^<>\\n]+)>|\`([^\`\\n]+)\`|${styled("\\*")}|${styled("_")}|${styled("~")}`, "gu");
const TAGS = [null, null, null, "strong", "em", "s"];

/** Several lines of mrkdwn as block nodes. */
export function mrkdwn(text, ctx) {
  const parts = String(text ?? "").split(/```\n?([\s\S]*?)\n?```/);
  return parts.flatMap((part, index) =>
    index % 2 ? [el("pre", {}, decode(part))] : lines(part.replace(/^\n|\n$/g, ""), ctx),
  );
}

function lines(text, ctx) {
  if (!text) return [];
  const nodes = [];
  for (const line of text.split("\n")) {
    const quote = line.match(/^(?:&gt;|>)(?:&gt;|>){0,2}\s?(.*)$/);
    if (quote) quoteLine(nodes, quote[1], ctx);
    else nodes.push(plainLine(line, ctx));
  }
  return nodes;
}

function quoteLine(nodes, text, ctx) {
  const last = nodes.at(-1);
  const box = last?.tagName === "BLOCKQUOTE" ? last : el("blockquote");
  if (box !== last) nodes.push(box);
  box.append(el("div", { class: "line" }, inline(text, ctx)));
}

function plainLine(line, ctx) {
  const item = line.match(/^(\s*)([•◦▪\-–]|\d{1,3}[.)])\s+(.*)$/);
  if (!item) return el("div", { class: line.trim() ? "line" : "line line-empty" }, inline(line, ctx));
  return el(
    "div",
    { class: item[1].length > 1 ? "line item item-deep" : "line item" },
    el("span", { class: "item-mark" }, item[2] === "-" ? "•" : item[2]),
    el("span", {}, inline(item[3], ctx)),
  );
}

/** One line's worth of nodes. */
export function inline(text, ctx) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(...withEmoji(decode(text.slice(at, match.index))), token(match, ctx));
    at = match.index + match[0].length;
  }
  nodes.push(...withEmoji(decode(text.slice(at))));
  return nodes;
}

function token(match, ctx) {
  if (match[1] !== undefined) return angle(match[1], ctx);
  if (match[2] !== undefined) return el("code", {}, decode(match[2]));
  const kind = match.findIndex((part, index) => index > 2 && part !== undefined);
  return el(TAGS[kind], {}, inline(match[kind], ctx));
}

function angle(body, ctx) {
  const [target, label] = split(body);
  if (target.startsWith("@")) return userMention(target.slice(1), ctx, label);
  if (target.startsWith("#")) return channelMention(target.slice(1), ctx, label);
  if (target.startsWith("!date^")) return dateNode(target, label);
  if (target.startsWith("!subteam^")) return groupMention((label ?? target.slice(9)).replace(/^@/, ""));
  if (target.startsWith("!")) return groupMention(target.slice(1));
  return linkNode(decode(target), ...(label === undefined ? [] : withEmoji(decode(label))));
}

function split(body) {
  const cut = body.indexOf("|");
  return cut < 0 ? [body, undefined] : [body.slice(0, cut), body.slice(cut + 1)];
}

function dateNode(target, fallback) {
  const [, epoch, pattern, link] = target.split("^");
  const text = Number.isFinite(Number(epoch)) ? fillDate(decode(pattern), epoch) : decode(fallback ?? "");
  const node = el("time", { title: decode(fallback ?? "") }, text);
  return link ? linkNode(link, node) : node;
}

/** A text object (plain_text or mrkdwn, or a bare string) as nodes. */
export function textObject(object, ctx) {
  if (!object) return [];
  if (typeof object === "string") return withEmoji(object);
  if (object.type === "mrkdwn") return mrkdwn(object.text, ctx);
  const text = decode(object.text ?? "");
  return text
    .split("\n")
    .map((line) =>
      el("div", { class: line ? "line" : "line line-empty" }, object.emoji === false ? line : withEmoji(line)),
    );
}

/** The same, but on one line (buttons, titles, options). */
export function inlineText(object, ctx) {
  if (!object) return [];
  if (typeof object === "string") return withEmoji(object);
  return object.type === "mrkdwn" ? inline(object.text ?? "", ctx) : withEmoji(decode(object.text ?? ""));
}

export const plainOf = (object) => decode(typeof object === "string" ? object : (object?.text ?? ""));
