// button, workflow_button, icon_button, feedback_buttons, overflow.
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../ui/menu.js";
import { confirmed } from "../ui/confirm.js";
import { inlineText, plainOf } from "../text/mrkdwn.js";

const ICONS = { trash: "trash", thumbs_up: "check", thumbs_down: "close" };

export const BUTTONS = {
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedback,
  overflow,
};

const keyOf = (block, element) => `${block.block_id}/${element.action_id}`;

async function press(element, block, ctx, value, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  if (!(await confirmed(element.confirm))) return;
  if (element.url) window.open(element.url, "_blank", "noopener");
  ctx.act(block.block_id, element.action_id, value, node);
}

function hidden(element, ctx) {
  return element.visible_to_user_ids && !element.visible_to_user_ids.includes(ctx.me);
}

function button(element, block, ctx) {
  if (hidden(element, ctx)) return el("span", { hidden: true });
  const node = el(
    "button",
    {
      type: "button",
      class: `button ${element.style ? `button-${element.style}` : ""}`,
      "aria-label": element.accessibility_label,
      data: { key: keyOf(block, element) + (element.value ?? ""), action: element.action_id },
      onclick: () => press(element, block, ctx, element.value ?? null, node),
    },
    el("span", {}, inlineText(element.text, ctx)),
  );
  return node;
}

function iconButton(element, block, ctx) {
  if (hidden(element, ctx)) return el("span", { hidden: true });
  const label = element.accessibility_label ?? plainOf(element.text);
  const node = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      title: label,
      data: { action: element.action_id },
      onclick: () => press(element, block, ctx, element.value ?? null, node),
    },
    icon(ICONS[element.icon] ?? "more"),
  );
  return node;
}

function feedback(element, block, ctx) {
  const one = (spec) => {
    const node = el(
      "button",
      {
        type: "button",
        class: "button button-quiet",
        "aria-label": spec.accessibility_label,
        onclick: () => press(element, block, ctx, spec.value, node),
      },
      el("span", {}, inlineText(spec.text)),
    );
    return node;
  };
  return el("span", { class: "feedback" }, one(element.positive_button), one(element.negative_button));
}

function overflow(element, block, ctx) {
  const items = (element.options ?? []).map((option) => ({
    label: plainOf(option.text),
    note: plainOf(option.description),
    run: () => choose(option),
  }));
  const node = el(
    "button",
    {
      type: "button",
      class: "icon-button overflow",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      data: { key: keyOf(block, element), action: element.action_id },
      onclick: () => openMenu(node, items),
    },
    icon("more"),
  );
  const choose = (option) => press({ ...element, url: option.url }, block, ctx, option, node);
  return node;
}
