// What the message box offers while one types: commands and examples after "/", people after "@".
import { el, fill } from "../dom.js";
import { fullNameOf, mentionable, roleOf } from "../people.js";
import { avatar } from "./avatar.js";

export class Suggestions {
  constructor(store, field, changed) {
    Object.assign(this, { store, field, changed, rows: [], active: -1, chosen: false });
    this.node = el("ul", {
      class: "suggestions",
      id: "composer-suggestions",
      role: "listbox",
      "aria-label": "Suggestions",
      hidden: true,
    });
  }

  look() {
    const text = this.field.value;
    this.chosen = false;
    if (/^\/\S*$/.test(text)) return this.show("Commands", this.commands(text), !this.exact(text));
    const command = this.exact(text.split(/\s/)[0]);
    if (command && /^\/\S+\s/.test(text))
      return this.show(`${command.command}: try`, this.examples(command, text), false);
    const mention = text.slice(0, this.field.selectionStart).match(/(?:^|\s)@([\p{L}\p{N}._-]*)$/u);
    if (mention) return this.show("People", this.people(mention[1]), !this.isHandle(mention[1]));
    this.close();
  }

  exact(text) {
    return this.all().find((one) => one.command === text);
  }

  all() {
    return this.store.apps.flatMap((app) => (app.commands ?? []).map((one) => ({ ...one, app: app.name })));
  }

  commands(text) {
    return this.all()
      .filter((one) => one.command.startsWith(text.toLowerCase()))
      .map((one) => ({
        put: `${one.command} `,
        nodes: [
          el("strong", {}, one.command),
          el("small", {}, one.usage_hint),
          el("span", { class: "note" }, one.description),
        ],
      }));
  }

  examples(command, text) {
    const typed = text.slice(command.command.length + 1).toLowerCase();
    const hints = (command.usage_hint ?? "")
      .split("|")
      .map((hint) => hint.trim())
      .filter(Boolean);
    return hints
      .filter((hint) => hint.toLowerCase().startsWith(typed.trimStart()) && hint.toLowerCase() !== typed.trim())
      .map((hint) => ({
        put: `${command.command} ${hint}`,
        nodes: [el("span", { class: "example" }, el("span", { class: "soft" }, `${command.command} `), hint)],
      }));
  }

  people(typed) {
    const wanted = typed.toLowerCase();
    const before = this.field.value.slice(0, this.field.selectionStart).replace(/@[^@]*$/, "");
    const after = this.field.value.slice(this.field.selectionStart);
    return mentionable(this.store)
      .filter((user) =>
        `${fullNameOf(user)} ${user.name}`
          .toLowerCase()
          .split(/\s+/)
          .some((word) => word.startsWith(wanted)),
      )
      .slice(0, 8)
      .map((user) => ({
        put: `${before}@${user.name} ${after}`,
        caret: before.length + user.name.length + 2,
        nodes: [
          avatar(user, 22),
          el("strong", {}, fullNameOf(user)),
          el("small", {}, `@${user.name}`),
          el("span", { class: "note" }, roleOf(user)),
        ],
      }));
  }

  /** A handle typed to its end needs no choosing: Enter sends. */
  isHandle(typed) {
    return mentionable(this.store).some((user) => user.name === typed.toLowerCase());
  }

  /** `eager`: Enter takes the first row even before an arrow was used. */
  show(title, rows, eager) {
    this.rows = rows;
    this.eager = eager;
    if (!rows.length) return this.close();
    fill(
      this.node,
      el("li", { class: "popup-heading", role: "presentation" }, title),
      rows.map((row, index) => this.row(row, index)),
    );
    this.node.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.mark(eager ? 0 : -1);
  }

  row(row, index) {
    row.node = el(
      "li",
      {
        class: "option",
        role: "option",
        id: `suggestion-${index}`,
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.take(index),
      },
      row.nodes,
    );
    return row.node;
  }

  mark(index) {
    this.rows[this.active]?.node?.classList.remove("active");
    this.active = index;
    this.rows.forEach((row, at) => row.node.setAttribute("aria-selected", String(at === index)));
    this.rows[index]?.node.classList.add("active");
    this.rows[index]?.node.scrollIntoView({ block: "nearest" });
    if (index >= 0) this.field.setAttribute("aria-activedescendant", `suggestion-${index}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    this.rows = [];
    this.active = -1;
    this.node.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  take(index) {
    const { put, caret = put.length } = this.rows[index];
    this.field.value = put;
    this.field.focus();
    this.field.setSelectionRange(caret, caret);
    this.changed();
  }

  /** True when the key was meant for the list. */
  steer(event) {
    if (!this.rows.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = true;
      this.mark((this.active + step + this.rows.length) % this.rows.length);
    } else if (event.key === "Tab" && !event.shiftKey) this.take(Math.max(0, this.active));
    else if (event.key === "Enter" && !event.shiftKey && this.active >= 0 && (this.chosen || this.eager))
      this.take(this.active);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
