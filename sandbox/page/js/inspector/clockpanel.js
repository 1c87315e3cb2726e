// The movable clock: what the bot believes the time is, and jumps to month-end and beyond.
import { el, fill } from "../dom.js";
import { clockTime, fullMoment, longDay } from "../when.js";

const MOVES = [
  ["+1h", "One hour later"],
  ["next_business_day", "Next business day"],
  ["month_end_minus_3", "Three days before month-end"],
  ["next_month", "First of next month"],
];

export class ClockPanel {
  constructor(store, send) {
    this.store = store;
    this.face = el("div", { class: "clock-face", "data-testid": "clock", role: "status" });
    const button = (move, label) => {
      const run = () => send({ t: "clock", do: move });
      return el("button", { type: "button", class: "button", "data-testid": `clock-${move}`, onclick: run }, label);
    };
    this.reset = button("reset", "Back to the real time");
    const moves = MOVES.map(([move, label]) => button(move, label));
    const note = "The bot and this page share this clock. Reminders and digests come due as it moves.";
    this.node = el(
      "div",
      { class: "clock-panel" },
      this.face,
      el("p", { class: "side-note" }, note),
      el("div", { class: "clock-moves" }, moves, this.reset),
    );
    store.on("state clock", () => this.draw());
    setInterval(() => this.draw(), 5000);
  }

  draw() {
    const now = this.store.now();
    const moved = Math.abs(this.store.clock.offset ?? 0) >= 1;
    fill(
      this.face,
      el("strong", { title: fullMoment(now) }, clockTime(now)),
      el("span", {}, `${longDay(now)}, ${now.getFullYear()}`),
      el(
        "span",
        { class: moved ? "tag tag-warn" : "tag" },
        moved ? `moved by ${distance(this.store.clock.offset)}` : "real time",
      ),
    );
    this.reset.disabled = !moved;
  }
}

function distance(seconds) {
  const hours = Math.abs(seconds) / 3600;
  const text = hours < 24 ? `${Math.round(hours * 10) / 10} h` : `${Math.round((hours / 24) * 10) / 10} days`;
  return `${seconds < 0 ? "−" : "+"}${text}`;
}
