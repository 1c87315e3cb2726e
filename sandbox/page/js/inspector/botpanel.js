// The bot's process: is it there, kill it, bring it back, and put faults in its way.
import { el, fill } from "../dom.js";

const FAULTS = [
  ["429", "Rate limited (429)", "Slack refuses and says when to try again."],
  ["500_before", "Error, not done (500)", "Slack fails before it does anything."],
  ["500_after", "Error, yet done (500)", "Slack does it, but the answer is an error."],
  ["reset_before", "Connection lost, not done", "The line breaks before Slack does anything."],
  ["reset_after", "Connection lost, yet done", "Slack does it, then the line breaks."],
  ["hang", "No answer", "The call hangs until the bot gives up."],
  ["slow", "Slow answer", "The call takes a few seconds."],
  ["disconnect", "Socket closed", "Slack closes the bot's web socket; it should come back."],
];

const METHODS = [
  "chat.postMessage",
  "chat.update",
  "chat.postEphemeral",
  "views.open",
  "views.update",
  "views.publish",
  "users.info",
  "conversations.info",
  "conversations.open",
];

export class BotPanel {
  constructor(store, actions, send) {
    Object.assign(this, { store, actions, send });
    this.state = el("div", { class: "bot-state", "data-testid": "bot-state", role: "status" });
    this.buttons = el(
      "div",
      { class: "bot-buttons" },
      this.button("kill", "Kill -9", "button-danger"),
      this.button("restart", "Restart", ""),
      this.button("stop", "Stop", ""),
      this.button("start", "Start", "button-primary"),
    );
    this.armed = el("ul", { class: "armed" });
    this.node = el(
      "div",
      { class: "bot-panel" },
      el("h3", {}, "Process"),
      this.state,
      this.buttons,
      el("h3", {}, "Faults"),
      this.faultForm(),
      this.armed,
      el("h3", {}, "Impatience"),
      this.doubleClick(),
    );
    store.on("state bot", () => this.draw());
  }

  button(what, label, kind) {
    return el(
      "button",
      {
        type: "button",
        class: `button button-small ${kind}`,
        "data-testid": `bot-${what}`,
        data: { does: what },
        onclick: () => this.send({ t: "bot", do: what }),
      },
      el("span", {}, label),
    );
  }

  draw() {
    const { running, connected, pid, faults = [] } = this.store.bot;
    const managed = running !== null && running !== undefined;
    const [look, words] =
      connected > 0
        ? ["on", "Connected"]
        : running
          ? ["wait", "Starting: not connected yet"]
          : ["off", managed ? "Stopped" : "Not connected"];
    fill(
      this.state,
      el("span", { class: `dot dot-${look}` }),
      el("strong", {}, words),
      el(
        "span",
        { class: "soft" },
        [
          pid && `process ${pid}`,
          connected > 0 && `${connected} web socket${connected > 1 ? "s" : ""}`,
          !managed && "started elsewhere",
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    );
    for (const button of this.buttons.children)
      button.disabled =
        !managed || (button.dataset.does === "start" ? running : !running && button.dataset.does !== "restart");
    fill(
      this.armed,
      faults.map((fault) => el("li", {}, `Armed: ${fault.kind} for ${fault.method ?? "any call"}, ${fault.times}×`)),
    );
  }

  faultForm() {
    const kind = this.faultKinds();
    const note = el("p", { class: "side-note" }, FAULTS[0][2]);
    const method = small("fault-method", { placeholder: "any", list: "fault-methods", autocomplete: "off" });
    const times = small("fault-times", { type: "number", min: 1, max: 50, value: "1" });
    kind.addEventListener("change", () => (note.textContent = FAULTS.find(([value]) => value === kind.value)[2]));
    const arm = (event) => {
      event.preventDefault();
      const named = method.value.trim() ? { method: method.value.trim() } : {};
      this.send({ t: "fault", kind: kind.value, ...named, times: Number(times.value) || 1 });
    };
    const label = (id, text) => el("label", { for: id }, text);
    return el(
      "form",
      { class: "fault-form", onsubmit: arm },
      [label("fault-kind", "What goes wrong"), kind, note],
      [label("fault-method", "Method"), method, methodList()],
      [label("fault-times", "Times"), times],
      el("button", { type: "submit", class: "button button-small", "data-testid": "fault-send" }, "Arm fault"),
    );
  }

  faultKinds() {
    const options = FAULTS.map(([value, label]) => el("option", { value }, label));
    return el("select", { class: "input input-small", id: "fault-kind", "data-testid": "fault-kind" }, options);
  }

  doubleClick() {
    const box = el("input", {
      type: "checkbox",
      "data-testid": "press-twice",
      onchange: () => (this.actions.twice = box.checked),
    });
    return el(
      "label",
      { class: "choice" },
      box,
      el(
        "span",
        {},
        el("span", {}, "Send every press twice"),
        el("small", {}, "As a double click on a slow day; the bot must act once."),
      ),
    );
  }
}

const small = (id, props) => el("input", { class: "input input-small", id, ...props });

function methodList() {
  const options = METHODS.map((name) => el("option", { value: name }));
  return el("datalist", { id: "fault-methods" }, options);
}
