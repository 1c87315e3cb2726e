// The centre of the page: title, tabs (Messages | Home), the messages or the Home, the composer.
import { el, fill } from "../dom.js";
import { names } from "../context.js";
import { channelName, channelTag } from "../people.js";
import { appAvatar, avatar, channelMark } from "./avatar.js";
import { Composer } from "./composer.js";
import { Home } from "./home.js";
import { Messages } from "./messages.js";

const SLOW = 350; // ms before "is working" shows

export class Conversation {
  constructor(store, actions, send, go) {
    Object.assign(this, { store, send, go });
    this.home = new Home(store, actions);
    this.messages = new Messages(store, actions, send, {
      reply: (message) => this.composer.replyTo(message),
      put: (text) => this.composer.put(text),
    });
    this.composer = new Composer(store, send, {
      names: () => names(store),
      ran: (text) => this.messages.note(store.channel, text),
    });
    this.head = el("header", { class: "head" });
    this.working = el("p", { class: "working", role: "status" });
    this.panel = el(
      "div",
      { class: "talk", id: "panel-messages", role: "tabpanel" },
      this.messages.node,
      this.messages.latest,
      this.working,
      this.composer.node,
    );
    this.node = el("div", { class: "conversation" }, this.head, this.panel, this.home.node);
    store.on("state place", () => this.draw());
    store.on("busy", () => this.showBusy());
  }

  draw() {
    const { store } = this;
    const channel = store.channelOf(store.channel);
    const app = store.currentApp();
    const isHome = Boolean(app) && store.tab === "home";
    fill(this.head, this.title(channel, app), app && this.tabs(isHome));
    this.panel.hidden = isHome;
    this.home.node.hidden = !isHome;
    this.composer.reset(channel ? channelName(channel, store.users, store.apps) : "");
  }

  title(channel, app) {
    if (!channel && !app) return el("h1", {}, "No conversation");
    const { users, apps } = this.store;
    const mark = app ? appAvatar(26) : channel.is_im ? avatar(users.get(channel.user), 26) : channelMark(channel);
    const tag = channel && channelTag(channel);
    const topic = app
      ? "Your direct messages with the bot"
      : channel.topic?.value || (channel.num_members ? `${channel.num_members} members` : "");
    return el(
      "div",
      { class: "head-title" },
      mark,
      el("h1", {}, app ? app.name : channelName(channel, users, apps)),
      tag && el("span", { class: "tag tag-warn" }, tag),
      el("span", { class: "topic" }, topic),
    );
  }

  tabs(isHome) {
    const tab = (name, label, on) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          class: "tab",
          id: `tab-${name}`,
          "data-testid": `tab-${name}`,
          "aria-selected": String(on),
          "aria-controls": `panel-${name}`,
          onclick: () => this.go({ tab: name }),
          onkeydown: (event) => this.otherTab(event, on, name),
        },
        label,
      );
    return el(
      "div",
      { class: "tabs", role: "tablist", "aria-label": "Messages or Home" },
      tab("messages", "Messages", !isHome),
      tab("home", "Home", isHome),
    );
  }

  otherTab(event, _on, name) {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const other = name === "home" ? "messages" : "home";
    this.go({ tab: other });
    document.getElementById(`tab-${other}`)?.focus();
  }

  showBusy() {
    clearTimeout(this.timer);
    const name = this.store.currentApp()?.name ?? this.store.apps[0]?.name ?? "The bot";
    if (!this.store.busy.size) this.working.textContent = "";
    else
      this.timer = setTimeout(() => this.store.busy.size && (this.working.textContent = `${name} is working…`), SLOW);
  }
}
