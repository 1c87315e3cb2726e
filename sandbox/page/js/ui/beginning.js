// What stands above the first message: where one is, and for the bot what one can say.
import { el } from "../dom.js";
import { channelName } from "../people.js";
import { appAvatar } from "./avatar.js";

const OFFERED = 6;

/** `put(text)` places an example in the message box, unsent. */
export function beginning(store, put) {
  const app = store.currentApp();
  const channel = store.channelOf(store.channel);
  if (!app)
    return el(
      "div",
      { class: "beginning" },
      el("h2", {}, channel ? channelName(channel, store.users, store.apps) : "No conversation"),
      el("p", {}, channel ? "This is where the conversation begins." : "This person is in no conversation here."),
    );
  if (store.me?.deleted)
    return el(
      "div",
      { class: "beginning" },
      appAvatar(48),
      el("h2", {}, app.name),
      el("p", {}, "This account is deactivated: it can read nothing new and say nothing."),
    );
  return el(
    "div",
    { class: "beginning" },
    appAvatar(48),
    el("h2", {}, app.name),
    el("p", {}, "Your direct messages with the bot. Write as you would to a colleague, or use a command:"),
    el(
      "div",
      { class: "examples" },
      examples(app).map((text) =>
        el("button", { type: "button", class: "example-chip", onclick: () => put(text) }, text),
      ),
    ),
  );
}

function examples(app) {
  return (app.commands ?? [])
    .flatMap((one) => (one.usage_hint ?? "").split("|").map((hint) => `${one.command} ${hint.trim()}`.trim()))
    .slice(0, OFFERED);
}
