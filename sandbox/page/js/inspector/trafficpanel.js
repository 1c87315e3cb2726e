// Every call and envelope between Slack and the bot, as it happens; a row opens to its JSON.
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { clockSeconds } from "../when.js";
import { jsonNode } from "./json.js";

const KEPT = 400;

export class TrafficPanel {
  constructor(store, send) {
    Object.assign(this, { store, send, rows: [], paused: false });
    this.filter = el("input", {
      class: "input input-small",
      type: "search",
      placeholder: "Filter: method, text…",
      "aria-label": "Filter traffic",
      "data-testid": "traffic-filter",
      oninput: () => this.applyFilter(),
    });
    this.pause = el("button", {
      type: "button",
      class: "button button-small",
      "data-testid": "traffic-pause",
      onclick: () => this.setPaused(!this.paused),
    });
    this.list = el("ol", {
      class: "traffic",
      "data-testid": "traffic",
      "aria-label": "Traffic between Slack and the bot",
    });
    this.nothing = el("p", { class: "soft center" }, "Nothing yet. Say something to the bot.");
    this.node = el(
      "div",
      { class: "traffic-panel" },
      el(
        "div",
        { class: "traffic-tools" },
        this.filter,
        this.pause,
        el("button", { type: "button", class: "button button-small", onclick: () => this.clear() }, "Clear"),
      ),
      this.nothing,
      this.list,
    );
    store.on("state", () => this.begin());
    store.on("traffic", (frame) => this.add(frame));
    this.label();
  }

  /** A new socket tells the latest frames again, so what is shown starts anew. */
  begin() {
    if (this.paused) return;
    this.clear();
    this.send({ t: "traffic", on: true });
  }

  setPaused(paused) {
    this.paused = paused;
    this.label();
    this.send({ t: "traffic", on: !paused });
    if (!paused) this.clear();
  }

  label() {
    this.pause.setAttribute("aria-pressed", String(this.paused));
    fill(this.pause, icon(this.paused ? "play" : "pause", 13), this.paused ? "Resume" : "Pause");
  }

  clear() {
    this.rows = [];
    fill(this.list);
    this.nothing.hidden = false;
  }

  add(frame) {
    this.nothing.hidden = true;
    const node = row(frame);
    const words = `${frame.kind} ${frame.summary ?? ""} ${frame.dir} ${JSON.stringify(frame.body ?? "")}`.toLowerCase();
    this.rows.push({ node, words });
    node.hidden = !this.matches(words);
    this.list.prepend(node);
    if (this.rows.length > KEPT) this.rows.shift().node.remove();
  }

  matches(words) {
    return this.filter.value
      .toLowerCase()
      .split(/\s+/)
      .every((word) => words.includes(word));
  }

  applyFilter() {
    for (const { node, words } of this.rows) node.hidden = !this.matches(words);
  }
}

function row(frame) {
  const toBot = frame.dir.startsWith("slack");
  const failed = frame.ok === false;
  const body = el("div", { class: "traffic-body" });
  const box = el(
    "details",
    { ontoggle: () => box.open && !body.childNodes.length && body.append(jsonNode(frame.body)) },
    el(
      "summary",
      {},
      el(
        "span",
        { class: toBot ? "arrow arrow-in" : "arrow arrow-out", title: frame.dir, role: "img", "aria-label": frame.dir },
        toBot ? "→" : "←",
      ),
      el(
        "span",
        { class: "traffic-what" },
        el("strong", {}, frame.kind),
        frame.summary && el("span", { class: "traffic-summary" }, frame.summary),
      ),
      failed && el("span", { class: "tag tag-bad" }, frame.body?.response?.error ?? frame.body?.error ?? "failed"),
      el(
        "span",
        { class: "traffic-ms" },
        frame.ms === null || frame.ms === undefined ? "" : `${Math.round(frame.ms)} ms`,
      ),
    ),
    el(
      "p",
      { class: "traffic-at" },
      `${toBot ? "Slack to bot" : "Bot to Slack"}, ${clockSeconds(new Date(frame.at * 1000))}`,
    ),
    body,
  );
  return el("li", { class: failed ? "failed" : "" }, box);
}
