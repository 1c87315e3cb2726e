// A person's or an app's round (or square) picture: initials on one of eight calm colours.
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { fullNameOf, initialsOf } from "../people.js";

export function avatar(user, size = 36) {
  if (!user || user.is_bot) return appAvatar(size);
  return el(
    "span",
    { class: `avatar hue-${user.hue ?? 7}`, "aria-hidden": "true", style: { "--size": `${size}px` } },
    initialsOf(fullNameOf(user)),
  );
}

export function appAvatar(size = 36) {
  return el(
    "span",
    { class: "avatar avatar-app", "aria-hidden": "true", style: { "--size": `${size}px` } },
    el("img", { src: "icon.svg", alt: "", width: size, height: size }),
  );
}

export const channelMark = (channel) => icon(channel?.is_mpim ? "people" : channel?.is_private ? "lock" : "hash", 16);
