// The message box: Enter sends, Shift+Enter breaks the line, arrow up recalls, "/" and "@" suggest.
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { addPending } from "../frames.js";
import { openMenu } from "./menu.js";
import { History } from "./history.js";
import { Suggestions } from "./suggestions.js";

const TALLEST = 180; // px

export class Composer {
  /** `does`: ran(text) notes a command among the messages. */
  constructor(store, send, does) {
    Object.assign(this, { store, send, does, thread: null, drafts: new Map(), place: "" });
    this.history = new History();
    this.field = this.makeField();
    this.suggestions = new Suggestions(store, this.field, () => this.typed());
    this.reply = el("div", { class: "reply-chip", hidden: true });
    this.shortcut = iconButton("bolt", "Shortcuts and commands", "icon-button", "shortcuts", () => this.showOffers());
    this.button = iconButton("send", "Send", "send", "send", () => this.say());
    const box = el("div", { class: "composer-box" }, this.shortcut, this.field, this.button);
    this.node = el("div", { class: "composer" }, this.suggestions.node, this.reply, box, hint());
  }

  makeField() {
    return el("textarea", {
      id: "composer-text",
      rows: 1,
      "data-testid": "composer",
      "aria-label": "Message",
      autocomplete: "off",
      spellcheck: "true",
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": "composer-suggestions",
      oninput: () => this.typed(),
      onkeydown: (event) => this.steer(event),
      onblur: () => this.suggestions.close(),
    });
  }

  showOffers() {
    openMenu(this.shortcut, this.offers(), { above: true, label: "Shortcuts" });
  }

  /** Another conversation or person: its own draft comes back. */
  reset(title) {
    const place = `${this.store.me?.id}/${this.store.channel}`;
    const gone = Boolean(this.store.me?.deleted) || !this.store.channel;
    this.title = title;
    this.field.placeholder = gone ? "This account is deactivated and cannot write" : `Message ${title}`;
    this.field.disabled = this.shortcut.disabled = gone;
    if (place === this.place) return;
    this.drafts.set(this.place, this.field.value);
    this.place = place;
    this.field.value = this.drafts.get(place) ?? "";
    this.replyTo(null);
    this.typed();
    this.suggestions.close();
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
    this.button.disabled = !this.field.value.trim();
    this.suggestions.look();
  }

  put(text) {
    this.field.value = text;
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
    this.typed();
  }

  replyTo(message) {
    this.thread = message ? (message.thread_ts ?? message.ts) : null;
    this.reply.hidden = !message;
    this.field.placeholder = message
      ? "Reply in the thread"
      : this.field.disabled
        ? this.field.placeholder
        : `Message ${this.title}`;
    if (!message) return;
    fill(
      this.reply,
      icon("thread", 14),
      el("span", {}, `Replying in the thread of “${(message.text || "this message").slice(0, 60)}”`),
      el(
        "button",
        { type: "button", class: "icon-button", "aria-label": "Leave the thread", onclick: () => this.replyTo(null) },
        icon("close", 12),
      ),
    );
    this.field.focus();
  }

  steer(event) {
    if (this.suggestions.steer(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.say();
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !event.shiftKey) this.recall(event);
    else if (event.key === "Escape" && this.thread) this.replyTo(null);
  }

  recall(event) {
    const text = this.history.step(event.key === "ArrowUp" ? -1 : 1, this.field.value);
    if (text === null) return;
    event.preventDefault();
    this.put(text);
    this.suggestions.close();
  }

  say() {
    const text = this.field.value.trim();
    if (!text || this.field.disabled) return;
    this.history.add(text);
    const command = text.startsWith("/") ? this.commandIn(text) : null;
    if (command) this.run(command);
    else this.post(text);
    this.put("");
    this.suggestions.close();
  }

  commandIn(text) {
    const [, command, rest] = text.match(/^(\/\S+)\s*([\s\S]*)$/) ?? [];
    return command ? { command, rest, text } : null;
  }

  run({ command, rest, text }) {
    this.does.ran(text);
    const thread = this.thread ? { thread_ts: this.thread } : {}; // Slack refuses commands in threads, and says so
    this.send({ t: "command", channel: this.store.channel, command, text: rest, ...thread });
  }

  post(text) {
    const thread = this.thread ? { thread_ts: this.thread } : {};
    const { client_msg_id } = addPending(this.store, this.store.channel, {
      text: text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
      ...thread,
    });
    this.send({ t: "say", channel: this.store.channel, text, client_msg_id, ...thread });
  }

  /** Global shortcuts and commands, for those who do not know them by heart. */
  offers() {
    const shortcuts = this.store.apps.flatMap((app) =>
      (app.shortcuts ?? [])
        .filter((one) => one.type === "global")
        .map((one) => ({
          label: one.name,
          note: app.name,
          run: () => this.send({ t: "shortcut", callback_id: one.callback_id }),
        })),
    );
    const commands = this.store.apps.flatMap((app) =>
      (app.commands ?? []).map((one) => ({
        label: one.command,
        note: one.description,
        run: () => this.put(`${one.command} `),
      })),
    );
    return [
      ...(shortcuts.length ? [{ heading: "Shortcuts" }, ...shortcuts] : []),
      ...(commands.length ? [{ heading: "Commands" }, ...commands] : []),
    ];
  }
}

function iconButton(name, label, kind, testid, run) {
  const props = { type: "button", class: kind, "aria-label": label, title: label, "data-testid": testid, onclick: run };
  return el("button", props, icon(name));
}

function hint() {
  const keys = { Enter: "sends", "Shift Enter": "new line", "↑": "recalls", "/": "commands" };
  const parts = Object.entries(keys).map(([key, does], at) => [at ? " · " : "", el("kbd", {}, key), ` ${does}`]);
  return el("p", { class: "composer-hint" }, parts);
}
