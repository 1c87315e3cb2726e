// Blocks that only show something: section, header, context, divider, image, rich_text, markdown, alert, file, video.
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { renderElement } from "../elements/index.js";
import { markdown } from "../text/markdown.js";
import { inlineText, plainOf, textObject } from "../text/mrkdwn.js";
import { richText } from "../text/richtext.js";

const LEVELS = { default: "Note", info: "Info", warning: "Warning", error: "Error", success: "Success" };
const LEVEL_ICONS = { warning: "warn", error: "warn", success: "check" };

export const CONTENT = {
  section: (block, ctx) =>
    el(
      "div",
      {},
      el(
        "div",
        { class: "section-main" },
        block.text && el("div", { class: "text" }, textObject(block.text, ctx)),
        block.fields &&
          el(
            "div",
            { class: "fields" },
            block.fields.map((field) => el("div", { class: "text" }, textObject(field, ctx))),
          ),
      ),
      block.accessory && el("div", { class: "accessory" }, renderElement(block.accessory, block, ctx)),
    ),

  header: (block) => el("div", { role: "heading", "aria-level": block.level ?? 3 }, inlineText(block.text)),
  divider: () => el("hr"),
  context: (block, ctx) =>
    el(
      "div",
      {},
      (block.elements ?? []).map((part) => contextPart(part, ctx)),
    ),
  rich_text: (block, ctx) => el("div", { class: "text" }, richText(block, ctx)),
  markdown: (block) => el("div", { class: "text md" }, markdown(block.text)),

  image: (block) =>
    el("figure", {}, block.title && el("figcaption", {}, inlineText(block.title)), picture(block, "picture")),

  alert: (block, ctx) => {
    const level = block.level ?? "default";
    return el(
      "div",
      { class: `alert-${level}`, role: "note", "aria-label": LEVELS[level] },
      icon(LEVEL_ICONS[level] ?? "info"),
      el("div", { class: "text" }, textObject(block.text, ctx)),
    );
  },

  file: (block) => el("div", { class: "file-card" }, icon("file"), el("span", {}, block.external_id ?? "File")),
  video: (block) =>
    el(
      "div",
      { class: "file-card" },
      icon("play"),
      el("span", {}, plainOf(block.title), el("small", {}, block.alt_text ?? "")),
    ),
};

function contextPart(part, ctx) {
  if (part.type === "image") return picture(part, "picture-small");
  return el("div", { class: "text" }, textObject(part, ctx));
}

/** Nothing is fetched from elsewhere: a picture of this host is shown, any other as its alt text. */
export function picture(image, kind) {
  const url = image.image_url ?? "";
  if (url.startsWith("/") || url.startsWith(location.origin) || url.startsWith("data:image/")) {
    return el("img", { class: kind, src: url, alt: image.alt_text ?? "" });
  }
  const label = image.alt_text || "Picture";
  return el(
    "span",
    { class: `${kind} picture-stand-in`, role: "img", "aria-label": label, title: label },
    icon("image", 16),
    kind === "picture" && el("span", {}, label),
  );
}
