// Carries presses and typed-ahead queries to the server, and the waiting look of what was pressed.

const LONGEST_HOLD = 8000; // ms; Slack's own answer or error comes well before

export class Actions {
  constructor(store, send) {
    this.store = store;
    this.send = send;
    this.held = new Set();
    this.asked = new Map();
    this.twice = false; // the inspector's "send every press twice"
    store.on("busy", ({ on }) => on || this.release());
    store.on("suggestions", (frame) => this.answer(frame));
    store.on("toast stack view_errors", () => this.release());
  }

  /** A press: `place` is `{container, form}`; `node` looks busy until the bot has answered. */
  act(place, blockId, actionId, value, node) {
    this.hold(node);
    const frame = {
      t: "action",
      container: place.container,
      block_id: blockId,
      action_id: actionId,
      value,
      values: place.form.snapshot(),
    };
    this.send(this.twice ? { ...frame, times: 2 } : frame);
  }

  suggest(place, blockId, actionId, value) {
    const id = crypto.randomUUID();
    const view = place.container.type === "view" ? { view_id: place.container.view_id } : {};
    this.send({
      t: "suggest",
      id,
      ...view,
      container: place.container,
      block_id: blockId,
      action_id: actionId,
      value,
      values: place.form.snapshot(),
    });
    return new Promise((resolve) => this.asked.set(id, resolve));
  }

  answer(frame) {
    this.asked.get(frame.id)?.(frame);
    this.asked.delete(frame.id);
  }

  hold(node) {
    if (!node) return;
    node.setAttribute("aria-busy", "true");
    this.held.add(node);
    setTimeout(() => this.release(node), LONGEST_HOLD);
  }

  release(node) {
    for (const one of node ? [node] : this.held) one.removeAttribute("aria-busy");
    node ? this.held.delete(node) : this.held.clear();
  }
}
