// The left column: workspace, who I am, the bot's DM and Home, channels.
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { channelName, channelTag, fullNameOf, isPerson, roleOf, tagOf } from "../people.js";
import { appAvatar, avatar, channelMark } from "./avatar.js";
import { openMenu } from "./menu.js";

export class Sidebar {
  constructor(store, node, go) {
    Object.assign(this, { store, node, go });
    store.on("state place unread bot", () => this.draw());
  }

  draw() {
    const { store } = this;
    const dms = new Set(store.apps.map((app) => app.dm));
    const others = store.channels.filter((channel) => !dms.has(channel.id));
    const talks = others.filter((channel) => channel.is_im || channel.is_mpim);
    fill(
      this.node,
      el("div", { class: "workspace" }, el("strong", {}, store.workspace.name || "Sandbox")),
      store.me && this.switcher(),
      el(
        "div",
        { class: "nav" },
        this.group(
          "Bot",
          store.apps.flatMap((app) => this.appRows(app)),
        ),
        this.group(
          "Channels",
          others.filter((channel) => !talks.includes(channel)).map((channel) => this.channelRow(channel)),
        ),
        talks.length > 0 &&
          this.group(
            "Direct messages",
            talks.map((channel) => this.channelRow(channel)),
          ),
      ),
    );
  }

  switcher() {
    const { me } = this.store;
    const note = roleOf(me) || tagOf(me);
    const button = el(
      "button",
      {
        type: "button",
        class: "person",
        "data-testid": "person",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "aria-label": `You are ${fullNameOf(me)}${note ? `, ${note}` : ""}. Act as someone else`,
        onclick: () => openMenu(button, this.people(), { wide: true, tallest: 620, label: "Act as" }),
      },
      avatar(me, 34),
      el(
        "span",
        { class: "person-name" },
        el("small", {}, "You are"),
        el("strong", {}, fullNameOf(me)),
        note && el("small", {}, note),
      ),
      icon("down", 16),
    );
    return button;
  }

  people() {
    const rows = [...this.store.users.values()].filter(isPerson);
    const staff = rows.filter((user) => !tagOf(user));
    const outside = rows.filter((user) => tagOf(user));
    return [
      { heading: "Act as" },
      ...staff.map((user) => this.personItem(user)),
      ...(outside.length ? [{ heading: "Others" }, ...outside.map((user) => this.personItem(user))] : []),
    ];
  }

  personItem(user) {
    const tag = tagOf(user);
    const node = [
      avatar(user, 26),
      el(
        "span",
        { class: "menu-person" },
        el("span", {}, fullNameOf(user)),
        roleOf(user) && el("small", {}, roleOf(user)),
      ),
      tag && el("span", { class: "tag" }, tag),
    ];
    return {
      label: fullNameOf(user),
      node,
      checked: user.id === this.store.me.id,
      testid: `person-${user.id}`,
      run: () => this.go({ user: user.id }),
    };
  }

  group(title, rows) {
    if (!rows.length) return null;
    return el(
      "section",
      { class: "nav-group" },
      el("h2", {}, title),
      el(
        "ul",
        {},
        rows.map((row) => el("li", {}, row)),
      ),
    );
  }

  appRows(app) {
    const { store } = this;
    const here = store.channel === app.dm;
    const on = store.bot.connected > 0;
    const dot = el("span", {
      class: `dot ${on ? "dot-on" : "dot-off"}`,
      role: "img",
      "aria-label": on ? "connected" : "not connected",
      title: on ? "connected" : "not connected",
    });
    return [
      this.row({
        current: here && store.tab !== "home",
        mark: appAvatar(20),
        label: app.name,
        extra: dot,
        unread: store.unread.get(app.dm),
        go: { channel: app.dm, tab: "messages" },
        testid: `channel-${app.dm}`,
      }),
      this.row({
        current: here && store.tab === "home",
        mark: icon("home", 16),
        label: "App Home",
        go: { channel: app.dm, tab: "home" },
        testid: "open-home",
      }),
    ];
  }

  channelRow(channel) {
    const { store } = this;
    const tag = channelTag(channel);
    const mark = channel.is_im ? avatar(store.users.get(channel.user), 20) : channelMark(channel);
    return this.row({
      current: store.channel === channel.id,
      mark,
      label: channelName(channel, store.users, store.apps),
      extra: tag && el("span", { class: "tag tag-side" }, tag),
      unread: store.unread.get(channel.id),
      go: { channel: channel.id, tab: "messages" },
      testid: `channel-${channel.id}`,
    });
  }

  row({ current, mark, label, extra, unread, go, testid }) {
    return el(
      "button",
      {
        type: "button",
        class: unread ? "nav-row nav-unread" : "nav-row",
        "data-testid": testid,
        "aria-current": current ? "page" : null,
        onclick: () => this.go(go),
      },
      el("span", { class: "nav-mark" }, mark),
      el("span", { class: "nav-label" }, label),
      extra,
      unread ? el("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread)) : null,
    );
  }
}
