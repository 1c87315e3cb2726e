// One message as the reader sees it: who, when, what, and whether only they see it.
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { renderBlocks } from "../blocks/index.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { nameOf } from "../people.js";
import { clockTime, dateOfTs, fullMoment, shortTime } from "../when.js";
import { appAvatar, avatar } from "./avatar.js";

/** `ctx` is a block context; `look` has author, compact, tools, onDismiss. */
export function messageNode(message, ctx, look) {
  const classes = [
    "message",
    look.compact && "message-compact",
    message.ephemeral && "message-ephemeral",
    message.pending && "message-pending",
  ]
    .filter(Boolean)
    .join(" ");
  const when = dateOfTs(message.ts);
  const spoken = `${look.author.name}, ${clockTime(when)}`;
  return el(
    "article",
    { class: classes, "data-testid": "message", "aria-label": spoken, tabindex: -1, data: { ts: message.ts } },
    message.ephemeral && el("p", { class: "only-you" }, icon("eye", 14), " Only visible to you"),
    el(
      "div",
      { class: "message-row" },
      el(
        "div",
        { class: "message-side" },
        look.compact
          ? el("time", { class: "side-time", title: fullMoment(when) }, shortTime(when))
          : look.author.avatar,
      ),
      el(
        "div",
        { class: "message-main" },
        !look.compact && head(look.author, when),
        body(message, ctx),
        foot(message, look),
      ),
    ),
    look.tools,
  );
}

function head(author, when) {
  return el(
    "div",
    { class: "message-head" },
    el("strong", { class: "author" }, author.name),
    author.tag && el("span", { class: "tag" }, author.tag),
    el("time", { title: fullMoment(when) }, clockTime(when)),
  );
}

function body(message, ctx) {
  const content = message.blocks?.length
    ? renderBlocks(message.blocks, ctx)
    : el("div", { class: "block text" }, mrkdwn(message.text, ctx));
  if (message.edited) markEdited([content].flat().at(-1));
  return el(
    "div",
    { class: "message-body" },
    content,
    (message.attachments ?? []).map((part) => attachment(part, ctx)),
    (message.files ?? []).map(fileCard),
  );
}

/** "(edited)" at the end of the last line, not below it. */
function markEdited(block) {
  const lines = block.querySelectorAll(".line, .rt-section");
  (lines[lines.length - 1] ?? block).append(el("small", { class: "edited" }, " (edited)"));
}

function attachment(part, ctx) {
  return el(
    "div",
    {
      class: "attachment",
      style: {
        "--colour": /^#?[0-9a-f]{6}$/i.test(part.color ?? "")
          ? `#${part.color.replace("#", "")}`
          : "var(--line-strong)",
      },
    },
    part.title && el("strong", {}, part.title),
    part.blocks
      ? renderBlocks(part.blocks, ctx)
      : el("div", { class: "text" }, mrkdwn(part.text ?? part.fallback, ctx)),
  );
}

function fileCard(file) {
  const url = file.url_private ?? file.permalink ?? "";
  const local = url.startsWith("/") || url.startsWith(location.origin);
  return el(
    local ? "a" : "div",
    { class: "file-card", href: local ? url : null, target: local ? "_blank" : null, rel: local ? "noopener" : null },
    icon("file"),
    el(
      "span",
      {},
      file.title || file.name || "File",
      el(
        "small",
        {},
        [file.pretty_type || file.filetype, file.size && `${Math.ceil(file.size / 1024)} KB`]
          .filter(Boolean)
          .join(" · "),
      ),
    ),
  );
}

function foot(message, look) {
  if (message.pending) return el("p", { class: "message-foot" }, "Sending…");
  if (!message.ephemeral) return null;
  return el(
    "p",
    { class: "message-foot" },
    el("button", { type: "button", class: "link", onclick: look.onDismiss }, "Dismiss"),
  );
}

/** Who wrote a message: a person, an app, or a name given with it. */
export function authorOf(message, store) {
  const app = store.apps.find((one) => one.bot_user === message.user || (message.bot_id && one.id === message.app_id));
  if (app) return { key: app.id, name: message.username || app.name, tag: "APP", avatar: appAvatar() };
  const user = store.users.get(message.user);
  if (!user)
    return { key: message.bot_id ?? message.user, name: message.username || "App", tag: "APP", avatar: appAvatar() };
  return { key: user.id, name: nameOf(user), tag: user.is_bot ? "APP" : "", avatar: avatar(user) };
}

/** The command a person ran, which Slack does not show and the sandbox does. */
export function commandNode(note) {
  return el(
    "p",
    { class: "command-note", "data-testid": "command-echo", data: { ts: note.ts } },
    icon("bolt", 14),
    el("span", {}, "You ran "),
    el("code", {}, note.text),
    el("time", {}, clockTime(dateOfTs(note.ts))),
  );
}
