// The "are you sure" dialog a button or menu may ask for.
import { el } from "../dom.js";
import { plainOf, textObject } from "../text/mrkdwn.js";

/** True at once without a `confirm` object, else what the person answers. */
export function confirmed(spec) {
  if (!spec) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (yes) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    const yes = el(
      "button",
      {
        type: "button",
        class: `button button-${spec.style ?? "primary"}`,
        "data-testid": "confirm-yes",
        onclick: () => answer(true),
      },
      plainOf(spec.confirm) || "Yes",
    );
    const no = el(
      "button",
      { type: "button", class: "button", "data-testid": "confirm-no", onclick: () => answer(false) },
      plainOf(spec.deny) || "Cancel",
    );
    const dialog = el(
      "dialog",
      { class: "dialog dialog-small", "data-testid": "confirm", "aria-label": plainOf(spec.title) },
      el("header", { class: "dialog-head" }, el("h2", {}, plainOf(spec.title))),
      el("div", { class: "dialog-body text" }, textObject(spec.text, {})),
      el("footer", { class: "dialog-foot" }, no, yes),
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      answer(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    yes.focus();
  });
}
