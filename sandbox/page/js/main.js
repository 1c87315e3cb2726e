// Puts the page together: socket, store, the three columns, the place in the address.
import { Actions } from "./actions.js";
import { fill } from "./dom.js";
import { icon } from "./icons.js";
import { Inspector } from "./inspector/inspector.js";
import { readPlace, writePlace } from "./place.js";
import { Link } from "./socket.js";
import { Store } from "./store.js";
import { Conversation } from "./ui/conversation.js";
import { Modal } from "./ui/modal.js";
import { Sidebar } from "./ui/sidebar.js";
import { toast } from "./ui/toast.js";

const byId = (id) => document.getElementById(id);
const NARROW = matchMedia("(max-width: 1180px)");

const store = new Store();
const link = new Link((frame) => store.apply(frame), showLine);
const send = (frame) => link.send(frame);
const actions = new Actions(store, send);

new Sidebar(store, byId("sidebar"), go);
const conversation = new Conversation(store, actions, send, go);
byId("centre").append(conversation.node);
const inspector = new Inspector(store, actions, send, byId("inspector"), go);
new Modal(store, actions, send);

store.on("toast", ({ text }) => toast(text));
store.on("state", settle);
store.on("bot", () => showLine());

/** Moves to another person, conversation, tab or inspector tab. */
function go(change) {
  if (change.user && change.user !== store.me?.id) return actAs(change.user);
  const opensHome = change.tab === "home";
  if (change.channel) store.channel = change.channel;
  if (change.tab) store.tab = change.tab;
  if (change.side) showInspector(true);
  inspector.show(change.side ?? inspector.tab);
  store.unread.delete(store.channel);
  remember();
  store.emit("place");
  if (change.channel || change.tab === "messages") conversation.messages.show();
  if ((change.channel || change.tab) && store.currentApp()) send({ t: "home", tab: store.tab });
  if (change.channel || change.tab) closeSidebar();
  if (change.channel && !opensHome) conversation.composer.field.focus();
}

function actAs(user) {
  const shared = store.channelOf(store.channel);
  store.channel = shared && !shared.is_im ? shared.id : null;
  link.open(user);
}

/** After each `state`: a conversation that exists for this person is chosen and the address tells it. */
function settle() {
  const known = store.channelOf(store.channel) || store.apps.some((app) => app.dm === store.channel);
  if (!known) store.channel = store.apps[0]?.dm ?? store.channels[0]?.id ?? null;
  link.user = store.me?.id ?? link.user;
  document.title = "CCM Bot sandbox";
  remember();
  store.emit("place");
  conversation.messages.show();
  if (store.tab === "home") send({ t: "home", tab: "home" });
  else if (!document.querySelector("dialog[open]")) conversation.composer.field.focus();
  showLine();
}

function remember() {
  const side = inspector.tab === "phone" ? null : inspector.tab;
  writePlace({ user: store.me?.id, channel: store.channel, tab: store.tab, side });
}

function showLine(state) {
  if (state) link.state = state;
  const line = byId("link-state");
  const offline = link.state !== "open";
  const words = offline ? "Reconnecting…" : store.bot.connected > 0 ? "Bot connected" : "Bot not connected";
  line.className = `link-state ${offline ? "line-wait" : store.bot.connected > 0 ? "line-on" : "line-off"}`;
  line.textContent = words;
}

function showInspector(open) {
  byId("shell").classList.toggle("no-inspector", !open);
  byId("inspector-toggle").setAttribute("aria-expanded", String(open));
}

function closeSidebar() {
  byId("shell").classList.remove("show-sidebar");
  byId("menu-toggle").setAttribute("aria-expanded", "false");
}

function toggleSidebar() {
  const open = byId("shell").classList.toggle("show-sidebar");
  byId("menu-toggle").setAttribute("aria-expanded", String(open));
}

fill(byId("menu-toggle"), icon("menu"));
fill(byId("inspector-toggle"), icon("panel"));
byId("menu-toggle").addEventListener("click", toggleSidebar);
byId("inspector-toggle").addEventListener("click", () =>
  showInspector(byId("shell").classList.contains("no-inspector")),
);
byId("centre").addEventListener("click", closeSidebar);
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  conversation.composer.field.focus();
});
NARROW.addEventListener("change", () => showInspector(!NARROW.matches));

function start() {
  const place = readPlace();
  store.channel = place.channel;
  store.tab = place.tab;
  inspector.show(place.side ?? "phone");
  if (place.user !== store.me?.id || !store.me) link.open(place.user);
  else settle();
}

addEventListener("hashchange", start);
showInspector(!NARROW.matches || Boolean(readPlace().side));
start();
