// A small menu under a button: arrows move, Enter picks, Esc closes and gives the focus back.
import { el } from "../dom.js";
import { hide, homeOf, showAt } from "./popup.js";

let open = null;

/** `items`: `{label, note?, node?, checked?, danger?, testid?, heading?, run}`; a heading is not pickable. */
export function openMenu(anchor, items, options = {}) {
  const again = open?.anchor === anchor;
  closeMenu();
  if (again) return;
  const box = el("div", { class: "popup menu", role: "menu", popover: "manual", "aria-label": options.label });
  box.append(
    ...items.map((item) =>
      item.heading ? el("div", { class: "popup-heading", role: "presentation" }, item.heading) : row(item),
    ),
  );
  box.addEventListener("keydown", (event) => steer(event, box, anchor));
  homeOf(anchor).append(box);
  open = { anchor, box };
  anchor.setAttribute("aria-expanded", "true");
  showAt(box, anchor, options);
  (box.querySelector("[aria-checked=true]") ?? box.querySelector("button"))?.focus();
  setTimeout(() => document.addEventListener("pointerdown", outside), 0);
}

export function closeMenu() {
  if (!open) return;
  document.removeEventListener("pointerdown", outside);
  open.anchor.setAttribute("aria-expanded", "false");
  hide(open.box);
  open.box.remove();
  open = null;
}

function row(item) {
  const run = () => {
    const { anchor } = open;
    closeMenu();
    anchor.focus();
    item.run();
  };
  return el(
    "button",
    {
      type: "button",
      class: `menu-item${item.danger ? " danger" : ""}`,
      role: item.checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      "data-testid": item.testid,
      onclick: run,
    },
    item.node ?? [el("span", {}, item.label), item.note && el("small", {}, item.note)],
  );
}

function outside(event) {
  if (open && !open.box.contains(event.target) && !open.anchor.contains(event.target)) closeMenu();
}

function steer(event, box, anchor) {
  const rows = [...box.querySelectorAll("button")];
  const at = rows.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (next !== undefined) rows[(next + rows.length) % rows.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") {
    closeMenu();
    anchor.focus();
  } else if (event.key.length === 1)
    rows.find((one, index) => index > at && one.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  if (next !== undefined || event.key === "Escape") event.preventDefault();
  event.stopPropagation();
}
