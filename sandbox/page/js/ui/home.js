// App Home: the view the bot published for this person, or a friendly emptiness.
import { el, fill, redraw } from "../dom.js";
import { renderBlocks } from "../blocks/index.js";
import { blockContext } from "../context.js";
import { Form } from "../form.js";
import { appAvatar } from "./avatar.js";

export class Home {
  constructor(store, actions) {
    Object.assign(this, { store, actions, forms: new Map() });
    this.node = el("section", {
      class: "home",
      id: "panel-home",
      role: "tabpanel",
      "aria-labelledby": "tab-home",
      tabindex: 0,
      "data-testid": "home",
      hidden: true,
    });
    store.on("home state", () => this.draw());
  }

  draw() {
    const { home } = this.store;
    if (!home?.blocks?.length) return fill(this.node, this.empty());
    if (!this.forms.has(home.id)) this.forms.set(home.id, new Form());
    const form = this.forms.get(home.id);
    form.begin();
    form.adopt(home.state?.values);
    const ctx = blockContext(this.store, this.actions, {
      surface: "home",
      container: { type: "view", view_id: home.id },
      form,
    });
    redraw(this.node, () => fill(this.node, el("div", { class: "home-page" }, renderBlocks(home.blocks, ctx))));
  }

  empty() {
    return el(
      "div",
      { class: "empty" },
      appAvatar(48),
      el("p", {}, "The bot has not published a Home for you yet."),
      el("p", { class: "soft" }, "It does when this tab is opened and the bot is running."),
    );
  }
}
