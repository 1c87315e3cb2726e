// What a locked phone shows to whoever glances at it: the message's text and nothing else; and the desktop's banner.
import { el, fill } from "../dom.js";
import { appAvatar } from "../ui/avatar.js";
import { clockTime, longDay } from "../when.js";
import { decode, withEmoji } from "../text/inline.js";

const ON_SCREEN = 4;

export class Phone {
  constructor(store) {
    this.store = store;
    this.screen = el("div", { class: "phone-screen" });
    this.desktop = el("div", { class: "desktop" });
    this.node = el(
      "div",
      { class: "phone-panel", "data-testid": "phone" },
      el(
        "p",
        { class: "side-note" },
        "A notification may be read by anyone near the phone: it shows the message's ",
        el("code", {}, "text"),
        ", so nothing about a patient belongs there.",
      ),
      el("div", { class: "phone" }, this.screen),
      el("h3", {}, "Desktop preview"),
      this.desktop,
    );
    store.on("state notification clock", () => this.draw());
    setInterval(() => this.draw(), 30000);
  }

  draw() {
    const { notifications } = this.store;
    const now = this.store.now();
    const latest = notifications.slice(-ON_SCREEN).reverse();
    fill(
      this.screen,
      el(
        "div",
        { class: "phone-clock" },
        el("strong", {}, clockTime(now).replace(/\s?[AP]M/, "")),
        el("span", {}, longDay(now)),
      ),
      latest.length
        ? latest.map((one) => this.card(one, one.mobile, now))
        : el("p", { class: "phone-empty" }, "No notifications"),
      notifications.length > ON_SCREEN &&
        el("p", { class: "phone-empty" }, `+${notifications.length - ON_SCREEN} earlier`),
    );
    const last = notifications.at(-1);
    fill(
      this.desktop,
      last
        ? this.card(last, last.desktop ?? last.mobile, now)
        : el("p", { class: "soft" }, "Shows the first text of the message's blocks."),
    );
  }

  card(one, text, now) {
    const app = this.store.apps.find((each) => each.dm === one.channel) ?? this.store.apps[0];
    const channel = this.store.channelOf(one.channel);
    const where = channel && !channel.is_im && channel.name ? `#${channel.name}` : "";
    return el(
      "div",
      { class: "push", "data-testid": "push", data: { ts: one.ts ?? "" } },
      appAvatar(30),
      el(
        "div",
        {},
        el(
          "div",
          { class: "push-head" },
          el("strong", {}, app?.name ?? "App"),
          where && el("span", {}, where),
          el("time", {}, since(one, now)),
        ),
        el("p", {}, plain(text, this.store)),
      ),
    );
  }
}

function since(one, now) {
  const minutes = Math.floor((now.getTime() / 1000 - parseFloat(one.ts ?? one.at ?? now.getTime() / 1000)) / 60);
  if (minutes < 1) return "now";
  return minutes < 60
    ? `${minutes} min`
    : minutes < 1440
      ? `${Math.floor(minutes / 60)} h`
      : `${Math.floor(minutes / 1440)} d`;
}

/** Notifications know no markup: names for ids, labels for links, emoji; nothing else is changed or left out. */
function plain(text, store) {
  const named = String(text ?? "")
    .replace(/<@([UW]\w+)(?:\|[^>]*)?>/g, (_, id) => `@${store.userName(id) ?? id}`)
    .replace(/<#C\w+\|([^>]*)>/g, "#$1")
    .replace(/<(?:!date\^|https?:|mailto:|tel:)[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<((?:https?:|mailto:|tel:)[^>]*)>/g, "$1");
  return withEmoji(decode(named));
}
