// Block elements: buttons, menus, inputs. An unknown one shows as a grey box that names it.
import { el } from "../dom.js";
import { picture } from "../blocks/content.js";
import { BUTTONS } from "./buttons.js";
import { CHOICES } from "./choices.js";
import { SELECTS } from "./selects.js";
import { TYPED } from "./typed.js";

const RENDERERS = {
  ...BUTTONS,
  ...CHOICES,
  ...SELECTS,
  ...TYPED,
  image: (element) => picture(element, "picture-thumb"),
};

export function renderElement(element, block, ctx) {
  const renderer = RENDERERS[element.type];
  if (!renderer) return el("span", { class: "block-unknown" }, `Element “${element.type}” is not drawn here`);
  const named = element.action_id || element.type === "image" ? element : { ...element, action_id: element.type };
  return renderer(named, block, ctx);
}
