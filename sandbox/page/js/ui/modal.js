// The modal stack: a real dialog shows the top view; what was typed survives updates, pushes and a way back.
import { el, fill, redraw } from "../dom.js";
import { icon } from "../icons.js";
import { renderBlocks } from "../blocks/index.js";
import { blockContext } from "../context.js";
import { Form } from "../form.js";
import { plainOf } from "../text/mrkdwn.js";
import { appAvatar } from "./avatar.js";

export class Modal {
  constructor(store, actions, send) {
    Object.assign(this, { store, actions, send, forms: new Map(), errors: {}, shown: null });
    this.dialog = el("dialog", { class: "dialog", "data-testid": "modal", "aria-labelledby": "modal-title" });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close(false);
    });
    document.body.append(this.dialog);
    store.on("stack state", () => this.update());
    store.on("view_errors", (frame) => this.refuse(frame));
  }

  top() {
    return this.store.stack.at(-1);
  }

  update() {
    const view = this.top();
    const open = new Set(this.store.stack.map((one) => one.id));
    for (const id of this.forms.keys()) if (!open.has(id)) this.forms.delete(id);
    if (!view) return this.dismiss();
    if (view.id !== this.shown?.id || view.hash !== this.shown?.hash) this.errors = {};
    const fresh = view.id !== this.shown?.id;
    this.shown = view;
    this.draw(view);
    if (!this.dialog.open) {
      this.back = document.activeElement;
      this.dialog.showModal();
    }
    if (fresh) this.focusFirst();
  }

  dismiss() {
    this.shown = null;
    if (!this.dialog.open) return;
    this.dialog.close();
    this.back?.focus?.();
  }

  focusFirst() {
    const body = this.dialog.querySelector(".dialog-body");
    body.scrollTop = 0;
    const first =
      body.querySelector("[autofocus]") ??
      body.querySelector("input:not([type=radio]),textarea") ??
      this.dialog.querySelector("[data-testid=modal-submit],.dialog-foot button");
    first?.focus();
  }

  formOf(view) {
    if (!this.forms.has(view.id)) this.forms.set(view.id, new Form());
    const form = this.forms.get(view.id);
    form.adopt(view.state?.values);
    return form;
  }

  draw(view) {
    const form = this.formOf(view);
    form.begin();
    const ctx = blockContext(this.store, this.actions, {
      surface: "modal",
      container: { type: "view", view_id: view.id },
      form,
      errors: this.errors,
    });
    const body = el("div", { class: "dialog-body", tabindex: -1 }, renderBlocks(view.blocks, ctx));
    const top = this.dialog.querySelector(".dialog-body")?.scrollTop ?? 0;
    redraw(this.dialog, () =>
      fill(
        this.dialog,
        el(
          "form",
          { class: "dialog-form", novalidate: true, onsubmit: (event) => this.submit(event) },
          this.head(view),
          body,
          this.foot(view),
        ),
      ),
    );
    body.scrollTop = top;
  }

  head(view) {
    const back =
      this.store.stack.length > 1 &&
      el(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": "Back",
          "data-testid": "modal-back",
          onclick: () => this.close(false),
        },
        icon("back"),
      );
    return el(
      "header",
      { class: "dialog-head" },
      back || appAvatar(28),
      el("h2", { id: "modal-title" }, plainOf(view.title)),
      el(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": "Close",
          "data-testid": "modal-close",
          onclick: () => this.close(true),
        },
        icon("close"),
      ),
    );
  }

  foot(view) {
    const cancel = el(
      "button",
      { type: "button", class: "button", "data-testid": "modal-cancel", onclick: () => this.close(false) },
      plainOf(view.close) || (view.submit ? "Cancel" : "Close"),
    );
    const submit =
      view.submit &&
      el(
        "button",
        { type: "submit", class: "button button-primary", "data-testid": "modal-submit" },
        el("span", {}, plainOf(view.submit)),
      );
    return el("footer", { class: "dialog-foot" }, cancel, submit);
  }

  close(all) {
    const view = this.top();
    if (view) this.send({ t: "close", view_id: view.id, ...(all ? { all: true } : {}) });
  }

  submit(event) {
    event.preventDefault();
    const view = this.top();
    const button = this.dialog.querySelector("[data-testid=modal-submit]");
    if (!view || !button || button.getAttribute("aria-busy") === "true") return;
    const form = this.formOf(view);
    const problems = form.problems();
    if (Object.keys(problems).length) return this.refuse({ view_id: view.id, errors: problems });
    this.actions.hold(button);
    this.send({ t: "submit", view_id: view.id, values: form.snapshot() });
  }

  refuse({ view_id: viewId, errors }) {
    const view = this.top();
    if (view?.id !== viewId) return;
    this.errors = errors ?? {};
    this.draw(view);
    const wrong = this.dialog.querySelector(".field-wrong");
    wrong?.scrollIntoView({ block: "nearest" });
    wrong?.querySelector("input,textarea,button")?.focus();
  }
}
