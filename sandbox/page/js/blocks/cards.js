// Blocks that hold others: card, carousel, container; and the agent's task_card and plan.
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { renderElement } from "../elements/index.js";
import { inlineText, textObject } from "../text/mrkdwn.js";
import { richText } from "../text/richtext.js";
import { picture } from "./content.js";

export const CARDS = {
  card,
  carousel: (block, ctx) =>
    el(
      "div",
      { role: "list", tabindex: 0, "aria-label": "Cards" },
      (block.elements ?? []).map((one, index) => {
        const node = card({ block_id: `${block.block_id}-${index}`, ...one }, ctx);
        node.classList.add("block-card");
        return el("div", { role: "listitem" }, node);
      }),
    ),
  container,
  task_card: (block, ctx) =>
    el(
      "div",
      { class: `task-${block.status ?? "pending"}` },
      el("strong", {}, inlineText(block.title, ctx)),
      el("small", {}, (block.status ?? "pending").replace("_", " ")),
    ),
  plan: (block, ctx, render) => el("div", {}, el("strong", {}, inlineText(block.title, ctx)), render(block.tasks, ctx)),
};

function card(block, ctx) {
  return el(
    "div",
    {},
    block.hero_image && picture(block.hero_image, "picture"),
    el(
      "div",
      { class: "card-head" },
      block.icon && picture(block.icon, "picture-small"),
      el(
        "div",
        {},
        block.title && el("div", { class: "card-title text" }, textObject(block.title, ctx)),
        block.subtitle && el("div", { class: "card-subtitle text" }, textObject(block.subtitle, ctx)),
      ),
    ),
    block.body && el("div", { class: "text" }, textObject(block.body, ctx)),
    block.actions?.length &&
      el(
        "div",
        { class: "block-actions" },
        block.actions.map((element) => renderElement(element, block, ctx)),
      ),
  );
}

function container(block, ctx, render) {
  const title = el(
    "div",
    { class: "card-head" },
    block.icon && picture(block.icon, "picture-small"),
    el(
      "div",
      {},
      el(
        "div",
        { class: "card-title" },
        block.rich_text_title ? richText(block.rich_text_title, ctx) : inlineText(block.title, ctx),
      ),
      block.subtitle && el("div", { class: "card-subtitle text" }, textObject(block.subtitle, ctx)),
    ),
  );
  const body = el("div", { class: "container-body" }, render(block.child_blocks, ctx));
  const width = `width-${block.width ?? "standard"}`;
  if (!block.is_collapsible)
    return el("div", { class: `${width}${block.has_header_divider ? " header-divider" : ""}` }, title, body);
  return el(
    "details",
    { class: width, open: !block.default_collapsed },
    el("summary", {}, title, icon("down", 16)),
    body,
  );
}
