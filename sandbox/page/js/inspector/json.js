// JSON laid out for reading, with keys, texts and numbers told apart.
import { el } from "../dom.js";

const PART = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export function jsonNode(value) {
  const text = JSON.stringify(value ?? null, null, 2);
  const pre = el("pre", { class: "json", tabindex: 0 });
  let at = 0;
  for (const match of text.matchAll(PART)) {
    pre.append(text.slice(at, match.index), el("span", { class: kindOf(match) }, match[1] ?? match[0]), match[2] ?? "");
    at = match.index + match[0].length;
  }
  pre.append(text.slice(at));
  return pre;
}

function kindOf([, text, colon, word]) {
  if (text) return colon ? "json-key" : "json-text";
  return word ? "json-word" : "json-number";
}
