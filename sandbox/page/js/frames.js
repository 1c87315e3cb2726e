// What each frame from the server does to the store.
import { fullNameOf } from "./people.js";
import { useZone } from "./when.js";

const KEPT_NOTIFICATIONS = 30;

export const FRAMES = {
  state(store, frame) {
    const { channel, tab, me, notifications } = store;
    store.reset();
    Object.assign(store, {
      channel,
      tab,
      workspace: frame.workspace ?? { name: "Sandbox" },
      apps: frame.apps ?? [],
      channels: frame.channels ?? [],
    });
    store.users = new Map((frame.users ?? []).map((user, index) => [user.id, { ...user, hue: index % 8 }]));
    store.me = store.users.get(frame.me?.id ?? frame.me) ?? frame.me;
    store.messages = new Map(Object.entries(frame.messages ?? {}).map(([id, list]) => [id, [...list].sort(byTs)]));
    Object.assign(store, {
      stack: frame.stack ?? [],
      home: frame.home ?? null,
      bot: frame.bot ?? store.bot,
      clock: frame.clock ?? store.clock,
    });
    store.notifications = [...(frame.notifications ?? (me?.id === store.me?.id ? notifications : []))];
    useZone(store.me?.tz);
    store.emit("state");
  },

  message(store, { channel, message }) {
    const list = store.list(channel);
    dropPending(list, message);
    const known = list.findIndex((one) => one.ts === message.ts && !one.pending);
    if (known >= 0) return replaceAt(store, channel, list, known, message);
    list.push(message);
    list.sort(byTs);
    if (channel !== store.channel && message.user !== store.me?.id)
      store.unread.set(channel, (store.unread.get(channel) ?? 0) + 1);
    store.emit("message", { channel, message });
    store.emit("unread");
  },

  message_changed(store, { channel, message }) {
    const list = store.list(channel);
    const known = list.findIndex((one) => one.ts === message.ts);
    if (known < 0) return FRAMES.message(store, { channel, message });
    replaceAt(store, channel, list, known, message);
  },

  message_deleted(store, { channel, ts }) {
    const list = store.list(channel);
    const known = list.findIndex((one) => one.ts === ts);
    if (known >= 0) list.splice(known, 1);
    store.emit("deleted", { channel, ts });
  },

  stack(store, frame) {
    store.stack = frame.stack ?? [];
    store.emit("stack");
  },
  view_errors: (store, frame) => store.emit("view_errors", frame),
  home(store, frame) {
    store.home = frame.view ?? null;
    store.emit("home");
  },
  notification(store, frame) {
    store.notifications = [...store.notifications, { ...frame, at: frame.at ?? store.now().getTime() / 1000 }].slice(
      -KEPT_NOTIFICATIONS,
    );
    store.emit("notification", frame);
  },
  toast: (store, frame) => store.emit("toast", frame),
  suggestions: (store, frame) => store.emit("suggestions", frame),
  traffic: (store, frame) => store.emit("traffic", frame),
  bot(store, frame) {
    store.bot = { ...store.bot, ...frame };
    store.emit("bot");
  },
  clock(store, frame) {
    store.clock = { now: frame.now, offset: frame.offset };
    store.emit("clock");
  },
  busy(store, { what, on }) {
    store.busy[on ? "add" : "delete"](what ?? "action");
    store.emit("busy", { what, on });
  },
};

const byTs = (a, b) => parseFloat(a.ts) - parseFloat(b.ts);

function replaceAt(store, channel, list, index, message) {
  list[index] = message;
  store.emit("changed", { channel, message });
}

/** Takes away the grey copy shown while the server had not yet answered. */
function dropPending(list, message) {
  const echoed = list.findIndex((one) => one.pending && one.client_msg_id === message.client_msg_id);
  const index = echoed >= 0 ? echoed : list.findIndex((one) => one.pending && one.user === message.user);
  if (index >= 0) list.splice(index, 1);
}

/** Shows at once what the person said, until the server's own copy comes. */
export function addPending(store, channel, fields) {
  const message = {
    pending: true,
    user: store.me.id,
    ts: store.nextTs(channel),
    client_msg_id: crypto.randomUUID(),
    ...fields,
  };
  store.list(channel).push(message);
  store.emit("message", { channel, message });
  return message;
}

/** What a message says in one breath, for the announcer. */
export function spoken(store, message) {
  const user = store.users.get(message.user);
  const who = user
    ? fullNameOf(user)
    : (store.apps.find((app) => app.bot_user === message.user)?.name ?? message.username ?? "App");
  return `${who}: ${message.text || "a message"}`;
}
