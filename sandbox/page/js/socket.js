// The page's web socket: one at a time, reconnects by itself, keeps what was said while it was down.

const FIRST_WAIT = 250; // ms, doubled up to
const LONGEST_WAIT = 4000;

export class Link {
  /** `onFrame(frame)` for each frame, `onState("connecting"|"open"|"down")` for the line itself. */
  constructor(onFrame, onState) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.waiting = [];
    this.wait = FIRST_WAIT;
  }

  /** Acts as this user from now on; the old socket is dropped. */
  open(user) {
    this.user = user;
    this.waiting = [];
    this.wait = FIRST_WAIT;
    this.connect();
  }

  connect() {
    clearTimeout(this.timer);
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.onState("connecting");
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ui?user=${encodeURIComponent(this.user ?? "")}`);
    this.socket = socket;
    socket.addEventListener("open", () => socket === this.socket && this.opened());
    socket.addEventListener("message", (event) => socket === this.socket && this.onFrame(JSON.parse(event.data)));
    socket.addEventListener("close", () => socket === this.socket && this.lost());
  }

  opened() {
    this.wait = FIRST_WAIT;
    this.onState("open");
    for (const frame of this.waiting.splice(0)) this.send(frame);
  }

  lost() {
    this.onState("down");
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  send(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
    else this.waiting.push(frame);
  }
}
