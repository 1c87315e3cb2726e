// What was sent before, walked with the arrow keys.

const KEPT = 100;

export class History {
  constructor() {
    this.lines = [];
    this.at = 0;
  }

  add(line) {
    if (this.lines.at(-1) !== line) this.lines = [...this.lines, line].slice(-KEPT);
    this.at = this.lines.length;
  }

  /** The line one step away, or null when the arrow should move the caret as usual. */
  step(direction, current) {
    const recalled = this.lines[this.at] === current;
    if (!recalled && current) return null; // a line being written keeps its arrows
    if (!recalled) this.at = this.lines.length;
    const next = this.at + direction;
    if (next < 0 || next > this.lines.length) return null;
    this.at = next;
    return this.lines[next] ?? "";
  }
}
