// The right column: four tabs that show what a person at a desk would not see.
import { el, fill } from "../dom.js";
import { BotPanel } from "./botpanel.js";
import { ClockPanel } from "./clockpanel.js";
import { Phone } from "./phone.js";
import { TrafficPanel } from "./trafficpanel.js";

const TABS = [
  ["phone", "Phone"],
  ["traffic", "Traffic"],
  ["bot", "Bot"],
  ["clock", "Clock"],
];

export class Inspector {
  constructor(store, actions, send, node, go) {
    Object.assign(this, { store, node, go, tab: "phone", wanted: "phone" });
    this.panels = {
      phone: new Phone(store),
      traffic: new TrafficPanel(store, send),
      bot: new BotPanel(store, actions, send),
      clock: new ClockPanel(store, send),
    };
    this.tabs = Object.fromEntries(TABS.map(([name, label]) => [name, this.tabButton(name, label)]));
    const pages = TABS.map(([name]) =>
      el(
        "section",
        {
          class: "side-panel",
          id: `side-${name}`,
          role: "tabpanel",
          "aria-labelledby": `side-tab-${name}`,
          hidden: true,
        },
        this.panels[name].node,
      ),
    );
    fill(
      node,
      el("div", { class: "side-tabs", role: "tablist", "aria-label": "Inspector" }, Object.values(this.tabs)),
      pages,
    );
    store.on("state clock", () => this.show(this.wanted));
    store.on("notification", () => this.tab === "phone" || this.tabs.phone.classList.add("news"));
  }

  tabButton(name, label) {
    return el(
      "button",
      {
        type: "button",
        role: "tab",
        class: "tab",
        id: `side-tab-${name}`,
        "data-testid": `side-${name}`,
        "aria-controls": `side-${name}`,
        onclick: () => this.go({ side: name }),
        onkeydown: (event) => this.steer(event, name),
      },
      label,
    );
  }

  steer(event, name) {
    const shown = TABS.map(([one]) => one).filter((one) => !this.tabs[one].hidden);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = shown[(shown.indexOf(name) + step + shown.length) % shown.length];
    this.go({ side: next });
    this.tabs[next].focus();
  }

  /** The clock's tab is only there when the clock can be moved; asked for too early, it comes with the state. */
  show(name) {
    this.wanted = name;
    const movable = this.store.clock.offset !== null && this.store.clock.offset !== undefined;
    this.tabs.clock.hidden = !movable;
    this.tab = TABS.some(([one]) => one === name) && (name !== "clock" || movable) ? name : "phone";
    for (const [one] of TABS) {
      const on = one === this.tab;
      this.tabs[one].setAttribute("aria-selected", String(on));
      this.tabs[one].tabIndex = on ? 0 : -1;
      document.getElementById(`side-${one}`).hidden = !on;
    }
    this.tabs[this.tab].classList.remove("news");
  }
}
