// The list of messages of one conversation: day dividers, runs of one author, threads indented under their root.
import { arrange, el, redraw } from "../dom.js";
import { blockContext } from "../context.js";
import { Form } from "../form.js";
import { spoken } from "../frames.js";
import { asTyped } from "../text/typed.js";
import { dateOfTs, dayName, isoDay } from "../when.js";
import { beginning } from "./beginning.js";
import { authorOf, commandNode, messageNode } from "./message.js";
import { editor, messageTools } from "./tools.js";

const SAME_RUN = 300; // s between messages of one author that stand together
const NEAR_END = 120; // px

export class Messages {
  constructor(store, actions, send, does) {
    Object.assign(this, { store, actions, send, does, forms: new Map(), drawn: new Map(), notes: [], editing: null });
    this.node = el("section", {
      class: "messages",
      "data-testid": "messages",
      role: "log",
      "aria-live": "off",
      "aria-label": "Messages",
      tabindex: 0,
    });
    this.latest = el(
      "button",
      { type: "button", class: "to-latest", hidden: true, onclick: () => this.toEnd() },
      "New messages below",
    );
    this.node.addEventListener("scroll", () => this.nearEnd() && (this.latest.hidden = true));
    store.on("state", () => this.drawn.clear());
    store.on("state", () => this.show());
    store.on("message", (event) => this.arrived(event));
    store.on("changed deleted", ({ channel }) => channel === store.channel && this.draw());
    new ResizeObserver(() => this.sticky && this.toEnd()).observe(this.node);
  }

  show() {
    this.editing = null;
    this.draw();
    this.toEnd();
  }

  /** Remembers a command at its place among the messages. */
  note(channel, text) {
    this.notes.push({ channel, user: this.store.me.id, text, ts: this.store.nextTs(channel), note: true });
    this.draw();
    this.toEnd();
  }

  arrived({ channel, message }) {
    if (channel !== this.store.channel) return;
    const follow = this.nearEnd() || message.user === this.store.me.id || message.ephemeral;
    this.draw();
    if (follow) this.toEnd();
    else this.latest.hidden = false;
    if (message.user !== this.store.me.id)
      document.getElementById("announcer").textContent = spoken(this.store, message);
  }

  nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    this.sticky = scrollHeight - scrollTop - clientHeight < NEAR_END;
    return this.sticky;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.sticky = true;
    this.latest.hidden = true;
  }

  draw() {
    const { channel } = this.store;
    const all = [
      ...(this.store.messages.get(channel) ?? []),
      ...this.notes.filter((note) => note.channel === channel && note.user === this.store.me?.id),
    ].sort((a, b) => a.ts - b.ts);
    const here = new Set(all.map((one) => one.ts));
    const isReply = (one) => one.thread_ts && one.thread_ts !== one.ts && here.has(one.thread_ts);
    const roots = all.filter((one) => !isReply(one));
    const start = this.keep(`start/${channel}`, channel, () => beginning(this.store, (text) => this.does.put(text)));
    redraw(this.node, () => arrange(this.node, [start, ...this.rows(roots, all)]));
  }

  /** The node drawn before for the same thing, or a new one: only what changed is built again. */
  keep(key, same, build) {
    const known = this.drawn.get(key);
    if (known?.same === same) return known.node;
    const node = build();
    this.drawn.set(key, { same, node });
    return node;
  }

  rows(roots, all) {
    let day = "";
    let before = null;
    return roots.flatMap((one) => {
      const date = dateOfTs(one.ts);
      const isNewDay = isoDay(date) !== day;
      day = isoDay(date);
      const node = one.note
        ? this.keep(`note/${one.ts}`, one, () => commandNode(one))
        : this.item(one, isNewDay ? null : before, all);
      before = one.note || node.classList.contains("thread") ? null : one;
      return isNewDay ? [this.divider(date, day), node] : [node];
    });
  }

  divider(date, day) {
    const name = dayName(date, this.store.now());
    return this.keep(`day/${this.store.channel}/${day}`, name, () =>
      el("div", { class: "day", role: "separator" }, el("span", {}, name)),
    );
  }

  item(root, before, all) {
    const node = this.message(root, before);
    const replies = all.filter((one) => !one.note && one.thread_ts === root.ts && one !== root);
    if (!replies.length) return node;
    const thread = this.keep(`thread/${this.store.channel}/${root.ts}`, true, () =>
      el("div", { class: "thread" }, node, el("div", { class: "replies", role: "group", "aria-label": "Thread" })),
    );
    arrange(thread, [node, thread.querySelector(":scope > .replies")]);
    arrange(
      thread.lastChild,
      replies.map((reply, index) => this.message(reply, replies[index - 1])),
    );
    return thread;
  }

  message(message, before) {
    if (this.editing === message.ts) return this.editorOf(message);
    const author = authorOf(message, this.store);
    const compact =
      Boolean(before) &&
      !message.ephemeral &&
      !before.ephemeral &&
      authorOf(before, this.store).key === author.key &&
      message.ts - before.ts < SAME_RUN;
    const key = `${this.store.channel}/${message.ts}/${compact ? "compact" : "full"}`;
    return this.keep(key, message, () => this.build(message, author, compact));
  }

  build(message, author, compact) {
    const ctx = blockContext(this.store, this.actions, {
      surface: "message",
      container: { type: "message", channel: this.store.channel, ts: message.ts },
      form: this.formOf(message),
    });
    return messageNode(message, ctx, {
      author,
      compact,
      tools: messageTools(message, this.store, this.tools()),
      onDismiss: () => this.dismiss(message),
    });
  }

  formOf(message) {
    const key = `${this.store.channel}/${message.ts}`;
    if (!this.forms.has(key)) this.forms.set(key, new Form());
    const form = this.forms.get(key);
    form.begin();
    return form;
  }

  tools() {
    return {
      reply: (message) => this.does.reply(message),
      edit: (message) => this.edit(message.ts),
      remove: (message) => this.send({ t: "delete", channel: this.store.channel, ts: message.ts }),
      shortcut: (shortcut, message) =>
        this.send({ t: "shortcut", callback_id: shortcut.callback_id, channel: this.store.channel, ts: message.ts }),
    };
  }

  edit(ts) {
    this.editing = ts;
    this.draw();
    this.node.querySelector(".editor textarea")?.focus();
  }

  editorOf(message) {
    const leave = () => this.edit(null);
    const save = (text) => {
      this.send({ t: "edit", channel: this.store.channel, ts: message.ts, text });
      leave();
    };
    return editor(asTyped(message.text, blockContext(this.store, this.actions, {})), save, leave);
  }

  dismiss(message) {
    const list = this.store.list(this.store.channel);
    list.splice(list.indexOf(message), 1);
    this.send({ t: "delete", channel: this.store.channel, ts: message.ts });
    this.draw();
  }
}
