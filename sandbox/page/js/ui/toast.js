// What Slack itself would say in a passing box.
import { el } from "../dom.js";
import { icon } from "../icons.js";

const SHOWN_FOR = 9000; // ms

export function toast(text) {
  const box = el(
    "div",
    { class: "toast", "data-testid": "toast" },
    icon("warn"),
    el("span", {}, text),
    el(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: () => box.remove() },
      icon("close", 14),
    ),
  );
  const shelf = document.getElementById("toasts");
  shelf.append(box);
  if (shelf.showPopover) raise(shelf);
  setTimeout(() => box.remove(), SHOWN_FOR);
}

/** Above an open dialog: the shelf joins the top layer again, on top. */
function raise(shelf) {
  shelf.popover = "manual";
  if (shelf.matches(":popover-open")) shelf.hidePopover();
  shelf.showPopover();
}
