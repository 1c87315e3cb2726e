// The markdown block's standard Markdown to nodes: headings, lists, tasks, quotes, code, tables, rules.
import { el } from "../dom.js";
import { linkNode, withEmoji } from "./inline.js";

const INLINE = new RegExp(
  [
    /`([^`]+)`/,
    /\*\*(.+?)\*\*/,
    /__(.+?)__/,
    /~~(.+?)~~/,
    /\*(\S[^*]*?)\*/,
    /(?<!\w)_(\S[^_]*?)_(?!\w)/,
    /!?\[([^\]]*)\]\(([^)\s]+)\)/,
    /\\([\\`*_~[\]()#>-])/,
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);

export function markdown(source) {
  const rest = String(source ?? "")
    .replace(/\r/g, "")
    .split("\n");
  const nodes = [];
  while (rest.length) {
    const node = takeBlock(rest);
    if (node) nodes.push(node);
  }
  return nodes;
}

function takeBlock(rest) {
  const line = rest[0];
  if (!line.trim()) return void rest.shift();
  if (line.startsWith("```")) return takeCode(rest);
  if (/^ {0,3}(-{3,}|\*{3,}|_{3,})\s*$/.test(line)) return rest.shift() && el("hr");
  const heading = line.match(/^(#{1,6})\s+(.*)$/);
  if (heading)
    return (
      rest.shift() &&
      el(
        "p",
        { class: `md-h md-h${heading[1].length}`, role: "heading", "aria-level": heading[1].length },
        inlineMd(heading[2]),
      )
    );
  if (/^\s*>/.test(line))
    return el(
      "blockquote",
      {},
      markdown(
        takeWhile(rest, /^\s*>/)
          .map((one) => one.replace(/^\s*>\s?/, ""))
          .join("\n"),
      ),
    );
  if (/^\s*([-*+]|\d+[.)])\s/.test(line)) return takeList(rest);
  if (/^\|?.+\|/.test(line) && /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(rest[1] ?? "")) return takeTable(rest);
  return el("p", {}, takeParagraph(rest));
}

function takeWhile(rest, pattern) {
  const taken = [];
  while (rest.length && pattern.test(rest[0])) taken.push(rest.shift());
  return taken;
}

function takeCode(rest) {
  rest.shift();
  const code = [];
  while (rest.length && !rest[0].startsWith("```")) code.push(rest.shift());
  rest.shift();
  return el("pre", {}, code.join("\n"));
}

function takeList(rest) {
  const taken = takeWhile(rest, /^(\s*([-*+]|\d+[.)])\s|\s{2,}\S)/);
  const list = el(/^\s*\d/.test(taken[0]) ? "ol" : "ul");
  for (const line of taken) addItem(list, line);
  return list;
}

function addItem(list, line) {
  const [, space, , text] = line.match(/^(\s*)([-*+]|\d+[.)])?\s*(.*)$/);
  const task = text.match(/^\[([ xX])\]\s+(.*)$/);
  const body = task
    ? [el("span", { class: "md-task" }, task[1] === " " ? "☐ " : "☑ "), inlineMd(task[2])]
    : inlineMd(text);
  const parent = space.length > 1 && list.lastElementChild ? list.lastElementChild : null;
  if (!parent) return list.append(el("li", {}, body));
  const nested = parent.querySelector("ul,ol") ?? parent.appendChild(el(/^\s*\d/.test(line) ? "ol" : "ul"));
  nested.append(el("li", {}, body));
}

function takeTable(rest) {
  const [head, , ...body] = takeWhile(rest, /\|/).map((line) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => cell.trim()),
  );
  const row = (cells, tag) =>
    el(
      "tr",
      {},
      cells.map((cell) => el(tag, {}, inlineMd(cell))),
    );
  return el(
    "div",
    { class: "table-box" },
    el(
      "table",
      {},
      el("thead", {}, row(head, "th")),
      el(
        "tbody",
        {},
        body.map((cells) => row(cells, "td")),
      ),
    ),
  );
}

function takeParagraph(rest) {
  const taken = [rest.shift()];
  while (rest.length && rest[0].trim() && !/^(\s*>|#{1,6}\s|```|\s*([-*+]|\d+[.)])\s)/.test(rest[0]))
    taken.push(rest.shift());
  return taken.flatMap((line, index) => [index ? el("br") : "", ...inlineMd(line)]);
}

function inlineMd(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(...withEmoji(text.slice(at, match.index)), inlineToken(match));
    at = match.index + match[0].length;
  }
  nodes.push(...withEmoji(text.slice(at)));
  return nodes.filter((node) => node !== "");
}

function inlineToken([, code, bold, bold2, strike, italic, italic2, label, url, escaped]) {
  if (code !== undefined) return el("code", {}, code);
  if (bold ?? bold2) return el("strong", {}, inlineMd(bold ?? bold2));
  if (strike) return el("s", {}, inlineMd(strike));
  if (italic ?? italic2) return el("em", {}, inlineMd(italic ?? italic2));
  if (url) return linkNode(url, ...inlineMd(label));
  return escaped;
}
