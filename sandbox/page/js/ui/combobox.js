// A select one can type into: single or multiple, options at hand or asked from the bot.
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { plainOf } from "../text/mrkdwn.js";
import { hide, showAt } from "./popup.js";

const PAUSE = 140; // ms of not typing before the bot is asked
let made = 0;

/**
 * Spec: load(query), minQuery, remote, multi, most, selected, clearable, placeholder, field, name, key, confirm,
 * onPick(options, node).
 */
export function combobox(spec) {
  return new Combobox(spec).node;
}

class Combobox {
  constructor(spec) {
    Object.assign(this, { spec, picked: [...(spec.selected ?? [])], rows: [], active: -1, asked: 0 });
    this.id = `combo-${(made += 1)}`;
    this.input = this.makeInput();
    this.list = el("ul", {
      class: "popup listbox",
      role: "listbox",
      id: this.id,
      popover: "manual",
      "aria-label": spec.placeholder,
      "aria-multiselectable": spec.multi ? "true" : null,
    });
    this.chips = el("span", { class: "chips" });
    this.node = el(
      "div",
      { class: spec.multi ? "combo combo-multi" : "combo", data: { key: spec.key, action: spec.name } },
      this.chips,
      this.input,
      this.clearButton(),
      el("span", { class: "combo-arrow" }, icon("down", 14)),
      this.list,
    );
    this.node.addEventListener(
      "click",
      (event) =>
        event.target === this.input ||
        this.list.contains(event.target) ||
        event.target.closest("button") ||
        this.focusAndOpen(),
    );
    this.show();
  }

  makeInput() {
    const { field, placeholder, name } = this.spec;
    return el("input", {
      class: "combo-input",
      id: field?.inputId,
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-controls": this.id,
      "aria-autocomplete": "list",
      "aria-label": field ? null : placeholder || name,
      "aria-describedby": field?.describedBy,
      "aria-invalid": field?.invalid ? "true" : null,
      onfocus: () => this.input.select(),
      onclick: () => this.isOpen() || this.begin(),
      onblur: () => this.end(),
      oninput: () => this.look(this.input.value),
      onkeydown: (event) => this.steer(event),
    });
  }

  clearButton() {
    this.clear = el(
      "button",
      { type: "button", class: "combo-clear", "aria-label": "Clear", hidden: true, onclick: () => this.take([]) },
      icon("close", 12),
    );
    return this.clear;
  }

  /** What is picked, as text in the field or as chips beside it. */
  show() {
    const { spec } = this;
    this.clear.hidden = !(spec.clearable && !spec.multi && this.picked.length);
    this.input.placeholder = spec.multi && this.picked.length ? "" : spec.placeholder;
    this.input.value = spec.multi ? "" : plainOf(this.picked[0]?.text);
    if (spec.multi)
      fill(
        this.chips,
        this.picked.map((option) => this.chip(option)),
      );
  }

  chip(option) {
    const label = plainOf(option.text);
    return el(
      "span",
      { class: "chip" },
      label,
      el(
        "button",
        {
          type: "button",
          "aria-label": `Remove ${label}`,
          onclick: () => this.take(this.picked.filter((one) => one.value !== option.value)),
        },
        icon("close", 10),
      ),
    );
  }

  isOpen() {
    return this.input.getAttribute("aria-expanded") === "true";
  }

  focusAndOpen() {
    this.input.focus();
    this.begin();
  }

  begin() {
    this.input.select();
    this.look("");
  }

  end() {
    this.asked += 1;
    clearTimeout(this.timer);
    hide(this.list);
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.show();
  }

  look(query) {
    const { minQuery, remote } = this.spec;
    const turn = (this.asked += 1);
    clearTimeout(this.timer);
    if (query.trim().length < minQuery)
      return this.note(minQuery === 1 ? "Type to search" : `Type ${minQuery} or more characters`);
    if (remote && !this.rows.length) this.note("Looking…");
    this.timer = setTimeout(
      async () => {
        const groups = await this.spec.load(query);
        if (turn === this.asked) this.offer(groups);
      },
      remote && query ? PAUSE : 0,
    );
  }

  note(text) {
    this.rows = [];
    this.active = -1;
    fill(this.list, el("li", { class: "popup-note", role: "presentation" }, text));
    this.open();
  }

  open() {
    this.input.setAttribute("aria-expanded", "true");
    showAt(this.list, this.node, { wide: true });
  }

  offer(groups) {
    this.rows = [];
    const nodes = groups.flatMap((group) => [
      group.label && el("li", { class: "popup-heading", role: "presentation" }, group.label),
      ...group.options.map((option) => this.row(option)),
    ]);
    if (!this.rows.length) return this.note("Nothing found");
    fill(this.list, nodes);
    this.open();
    const held = this.rows.findIndex(({ option }) => this.has(option));
    this.mark(held >= 0 && !this.spec.multi ? held : 0);
  }

  has(option) {
    return this.picked.some((one) => one.value === option.value);
  }

  row(option) {
    const index = this.rows.length;
    const node = el(
      "li",
      {
        class: "option",
        role: "option",
        id: `${this.id}-${index}`,
        "aria-selected": String(this.has(option)),
        onmousemove: () => this.mark(index, false),
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.pick(option),
      },
      el("span", {}, plainOf(option.text), option.description && el("small", {}, plainOf(option.description))),
      this.has(option) && icon("check", 14),
    );
    this.rows.push({ option, node });
    return node;
  }

  mark(index, scroll = true) {
    this.rows[this.active]?.node.classList.remove("active");
    this.active = index;
    const row = this.rows[index]?.node;
    row?.classList.add("active");
    if (scroll) row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
  }

  pick(option) {
    if (!this.spec.multi) return this.take([option]);
    const without = this.picked.filter((one) => one.value !== option.value);
    if (without.length < this.picked.length) return this.take(without);
    if (this.picked.length < (this.spec.most ?? 100)) this.take([...this.picked, option]);
  }

  async take(options) {
    this.end();
    if (!(await this.spec.confirm())) return;
    this.picked = options;
    this.show();
    this.input.focus();
    this.end();
    this.spec.onPick(options, this.node);
  }

  steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!this.isOpen()) this.begin();
      else if (this.rows.length) this.mark((this.active + step + this.rows.length) % this.rows.length);
    } else if (event.key === "Enter" && this.isOpen() && this.rows[this.active]) {
      event.preventDefault();
      event.stopPropagation();
      this.pick(this.rows[this.active].option);
    } else if (event.key === "Escape" && this.isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      this.end();
    } else if (event.key === "Backspace" && this.spec.multi && !this.input.value && this.picked.length)
      this.take(this.picked.slice(0, -1));
  }
}
