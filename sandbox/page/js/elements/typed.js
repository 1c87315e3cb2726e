// Inputs one types or picks from a native control: text, number, e-mail, link, date, time.
import { el } from "../dom.js";
import { plainOf } from "../text/mrkdwn.js";
import { bind } from "./bind.js";

export const TYPED = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: richInput,
  datepicker: (element, block, ctx) => picker("date", "selected_date", element.initial_date, element, block, ctx),
  timepicker: (element, block, ctx) => picker("time", "selected_time", element.initial_time, element, block, ctx),
  datetimepicker: momentPicker,
  file_input: () => el("p", { class: "block-unknown" }, "Files cannot be handed in here"),
};

const INPUT_TYPES = { email_text_input: "email", url_text_input: "url" };

function labels(element, ctx) {
  return {
    id: ctx.field?.inputId,
    "aria-label": ctx.field ? null : plainOf(element.placeholder) || element.action_id,
    "aria-describedby": ctx.field?.describedBy,
    "aria-invalid": ctx.field?.invalid ? "true" : null,
    placeholder: plainOf(element.placeholder) || null,
    autofocus: element.focus_on_load || null,
  };
}

function text(element, block, ctx) {
  const bound = bind(element, block, ctx, { value: element.initial_value ?? null });
  const input = el(element.multiline ? "textarea" : "input", {
    ...labels(element, ctx),
    class: "input",
    type: element.multiline ? null : (INPUT_TYPES[element.type] ?? "text"),
    rows: element.multiline ? 4 : null,
    maxlength: element.max_length,
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
    autocomplete: "off",
    value: bound.state.value ?? "",
    data: { key: bound.key },
  });
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const current = () => (input.value === "" ? null : input.value);
  input.addEventListener("input", () => {
    bound.store({ value: current() });
    if (triggers.includes("on_character_entered")) bound.dispatch(current());
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !element.multiline && triggers.includes("on_enter_pressed")) bound.dispatch(current());
  });
  return input;
}

function picker(type, field, initial, element, block, ctx) {
  const bound = bind(element, block, ctx, { [field]: initial ?? null });
  const input = el("input", {
    ...labels(element, ctx),
    class: "input input-picker",
    type,
    value: bound.state[field] ?? "",
    data: { key: bound.key },
    onchange: () => bound.change({ [field]: input.value || null }, input.value || null),
  });
  return input;
}

function momentPicker(element, block, ctx) {
  const bound = bind(element, block, ctx, { selected_date_time: element.initial_date_time ?? null });
  const held = bound.state.selected_date_time;
  const local = held
    ? new Date(held * 1000 - new Date(held * 1000).getTimezoneOffset() * 60000).toISOString().slice(0, 16)
    : "";
  const read = () => (input.value ? Math.floor(new Date(input.value).getTime() / 1000) : null);
  const input = el("input", {
    ...labels(element, ctx),
    class: "input input-picker",
    type: "datetime-local",
    value: local,
    data: { key: bound.key },
    onchange: () => bound.change({ selected_date_time: read() }, read()),
  });
  return input;
}

function richInput(element, block, ctx) {
  const bound = bind(element, block, ctx, { rich_text_value: element.initial_value ?? null });
  const wrap = (value) =>
    value && {
      type: "rich_text",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text: value }] }],
    };
  const held =
    bound.state.rich_text_value?.elements?.flatMap((part) => part.elements.map((one) => one.text ?? "")).join("\n") ??
    "";
  const input = el("textarea", {
    ...labels(element, ctx),
    class: "input",
    rows: 4,
    value: held,
    data: { key: bound.key },
    oninput: () => bound.store({ rich_text_value: wrap(input.value) || null }),
  });
  return input;
}
