// Nodes shared by every kind of text: emoji, mentions, links, plain text with Slack's three entities.
import { el } from "../dom.js";
import { emojiFor } from "./emoji.js";

const SAFE = /^(https?:|mailto:|tel:|slack:)/i;

export const decode = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

export function emojiNode(name) {
  const character = emojiFor(name);
  return character
    ? el("span", { class: "emoji", role: "img", "aria-label": name, title: `:${name}:` }, character)
    : `:${name}:`;
}

/** Text with `:emoji:` names turned into characters. */
export function withEmoji(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(/:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/g)) {
    if (!emojiFor(match[1])) continue;
    parts.push(text.slice(at, match.index), emojiNode(match[1]));
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}

/** A link that opens elsewhere; anything but a known scheme stays text. */
export function linkNode(url, ...label) {
  const shown = label.length ? label : [url.replace(/^mailto:|^tel:/, "")];
  if (!SAFE.test(url)) return el("span", {}, shown);
  return el("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, shown);
}

export function userMention(id, ctx, label) {
  const name = ctx.userName?.(id) ?? label ?? id;
  return el("span", { class: ctx.me === id ? "mention mention-me" : "mention" }, `@${name}`);
}

export function channelMention(id, ctx, label) {
  return el("span", { class: "mention" }, `#${ctx.channelName?.(id) ?? label ?? id}`);
}

export const groupMention = (name) => el("span", { class: "mention mention-me" }, `@${name}`);
