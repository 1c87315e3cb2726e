// Blocks that ask something: actions, context_actions, input.
import { el } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { inlineText } from "../text/mrkdwn.js";

let made = 0;

export const FIELDS = {
  actions: (block, ctx) =>
    el(
      "div",
      { role: "group" },
      (block.elements ?? []).map((element) => renderElement(element, block, ctx)),
    ),
  context_actions: (block, ctx) =>
    el(
      "div",
      { role: "group" },
      (block.elements ?? []).map((element) => renderElement(element, block, ctx)),
    ),
  input,
};

/** Label, control, hint and problem, tied together for screen readers. */
function input(block, ctx) {
  const id = `field-${(made += 1)}`;
  const problem = ctx.errors?.[block.block_id];
  const names = {
    labelId: `${id}-label`,
    inputId: id,
    describedBy: [block.hint && `${id}-hint`, problem && `${id}-error`].filter(Boolean).join(" ") || null,
  };
  const control = renderElement(block.element ?? {}, block, { ...ctx, field: { ...names, invalid: Boolean(problem) } });
  return el(
    "div",
    { class: problem ? "field field-wrong" : "field", "data-testid": `field-${block.block_id}` },
    el(
      "label",
      { id: names.labelId, for: id, class: "field-label" },
      inlineText(block.label),
      block.optional && el("span", { class: "optional" }, " (optional)"),
    ),
    control,
    problem && el("p", { class: "field-error", id: `${id}-error`, "data-testid": "field-error" }, problem),
    block.hint && el("p", { class: "field-hint", id: `${id}-hint` }, inlineText(block.hint)),
  );
}
