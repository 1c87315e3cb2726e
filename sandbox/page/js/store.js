// Everything the page knows, and who wants to hear of a change. Frames come in through `apply`.
import { FRAMES } from "./frames.js";
import { nameOf } from "./people.js";

export class Store {
  constructor() {
    this.listeners = new Map();
    this.reset();
  }

  reset() {
    Object.assign(this, {
      workspace: { name: "" },
      me: null,
      users: new Map(),
      channels: [],
      apps: [],
      messages: new Map(),
      stack: [],
      home: null,
      bot: { connected: 0, running: null },
      clock: { now: null, offset: null },
      clockSeen: Date.now(),
      notifications: [],
      unread: new Map(),
      busy: new Set(),
      channel: null,
      tab: "messages",
    });
  }

  /** Several topics may be given, separated by blanks. */
  on(topics, listener) {
    for (const topic of topics.split(" ")) this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  emit(topic, detail) {
    for (const listener of this.listeners.get(topic) ?? []) listener(detail);
  }

  apply(frame) {
    FRAMES[frame.t]?.(this, frame);
  }

  list(channel) {
    if (!this.messages.has(channel)) this.messages.set(channel, []);
    return this.messages.get(channel);
  }

  /** A timestamp for what only the page shows: now, and after every message there, wherever the clock was moved. */
  nextTs(channel) {
    const last = parseFloat(this.list(channel).at(-1)?.ts ?? 0);
    return Math.max(this.now().getTime() / 1000, last + 0.000001).toFixed(6);
  }

  currentApp() {
    return this.apps.find((app) => app.dm === this.channel) ?? null;
  }

  channelOf(id) {
    return this.channels.find((channel) => channel.id === id) ?? null;
  }

  /** The sandbox's present moment, which may be moved. */
  now() {
    return new Date(Date.now() + (this.clock.offset ?? 0) * 1000);
  }

  userName(id) {
    const user = this.users.get(id);
    return user ? nameOf(user) : null;
  }
}
