// What can be done with a message: reply, edit, delete, message shortcuts.
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "./menu.js";

/** `does` has reply, edit, remove, shortcut; each takes what it needs. */
export function messageTools(message, store, does) {
  if (message.ephemeral || message.pending) return null;
  const mine = message.user === store.me?.id;
  const tool = (name, label, run) =>
    el(
      "button",
      { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: run },
      icon(name, 16),
    );
  const more = tool("more", "More actions", () =>
    openMenu(more, shortcutItems(message, store, does), { label: "Message actions" }),
  );
  const shortcuts = shortcutItems(message, store, does);
  return el(
    "div",
    { class: "message-tools" },
    tool("reply", "Reply in thread", () => does.reply(message)),
    mine && tool("edit", "Edit message", () => does.edit(message)),
    mine && tool("trash", "Delete message", () => does.remove(message)),
    shortcuts.length > 0 && more,
  );
}

function shortcutItems(message, store, does) {
  return store.apps.flatMap((app) =>
    (app.shortcuts ?? [])
      .filter((one) => one.type === "message")
      .map((one) => ({ label: one.name, note: app.name, run: () => does.shortcut(one, message) })),
  );
}

/** A field in place of the message's text; Enter saves, Esc leaves it. */
export function editor(text, save, leave) {
  const field = el("textarea", {
    class: "input",
    rows: 2,
    "aria-label": "Edit message",
    value: text,
    "data-testid": "editor",
  });
  const finish = () => (field.value.trim() ? save(field.value) : leave());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      finish();
    }
  });
  const button = (label, kind, run) =>
    el("button", { type: "button", class: `button button-small ${kind}`, onclick: run }, label);
  return el(
    "div",
    { class: "editor" },
    field,
    el("div", { class: "editor-foot" }, button("Cancel", "", leave), button("Save", "button-primary", finish)),
  );
}
