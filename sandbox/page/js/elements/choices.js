// radio_buttons and checkboxes.
import { el } from "../dom.js";
import { inlineText } from "../text/mrkdwn.js";
import { confirmed } from "../ui/confirm.js";
import { bind } from "./bind.js";

let groups = 0;

export const CHOICES = {
  radio_buttons: (element, block, ctx) => {
    const bound = bind(element, block, ctx, { selected_option: element.initial_option ?? null });
    const pick = (option) => bound.change({ selected_option: option }, option);
    return group("radio", element, ctx, bound, (option) => bound.state.selected_option?.value === option.value, pick);
  },
  checkboxes: (element, block, ctx) => {
    const bound = bind(element, block, ctx, { selected_options: element.initial_options ?? [] });
    const held = (option) => bound.state.selected_options.some((one) => one.value === option.value);
    const turn = (option) => {
      const next = held(option)
        ? bound.state.selected_options.filter((one) => one.value !== option.value)
        : [...bound.state.selected_options, option];
      bound.change({ selected_options: next }, next);
    };
    return group("checkbox", element, ctx, bound, held, turn);
  },
};

function group(kind, element, ctx, bound, isOn, turn) {
  const name = `group-${(groups += 1)}`;
  const rows = (element.options ?? []).map((option, index) =>
    choice(
      kind,
      name,
      option,
      isOn(option),
      ctx,
      async (input) => {
        if (await confirmed(element.confirm)) turn(option);
        else input.checked = isOn(option);
      },
      index === 0 ? ctx.field?.inputId : null,
    ),
  );
  return el(
    "div",
    {
      class: "choices",
      role: kind === "radio" ? "radiogroup" : "group",
      "aria-labelledby": ctx.field?.labelId,
      "aria-describedby": ctx.field?.describedBy,
      data: { key: bound.key },
    },
    rows,
  );
}

function choice(kind, name, option, on, ctx, turn, id) {
  const input = el("input", { type: kind, name, id, checked: on, onchange: () => turn(input) });
  return el(
    "label",
    { class: "choice" },
    input,
    el(
      "span",
      {},
      el("span", {}, inlineText(option.text, ctx)),
      option.description && el("small", {}, inlineText(option.description, ctx)),
    ),
  );
}
