// What the page calls users, channels and apps, whatever shape of Slack's objects it is given.

const TITLES = { rn: "nurse" };

export function nameOf(user) {
  return (
    user?.real_name || user?.profile?.display_name || user?.profile?.real_name || user?.name || user?.id || "Someone"
  );
}

export function fullNameOf(user) {
  return user?.real_name || user?.profile?.real_name || nameOf(user);
}

/** What the person is at the practice: "nurse", "supervisor". */
export function roleOf(user) {
  const title = user?.role || user?.title || user?.profile?.title || "";
  return TITLES[title] ?? title;
}

/** Why Slack treats this person apart, or "". */
export function tagOf(user) {
  if (user?.deleted) return "deactivated";
  if (user?.is_ultra_restricted) return "single-channel guest";
  if (user?.is_restricted) return "guest";
  if (user?.is_stranger || user?.is_external) return "stranger";
  if (user?.is_bot) return "app";
  return "";
}

export function initialsOf(name) {
  const words = name
    .replace(/[^\p{L}\p{N} ]/gu, " ")
    .trim()
    .split(/\s+/);
  return ((words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

export function isPerson(user) {
  return !user.is_bot && user.id !== "USLACKBOT";
}

export function channelName(channel, users, apps) {
  const app = apps.find((one) => one.dm === channel.id);
  if (app) return app.name;
  if (channel.is_im) return fullNameOf(users.get(channel.user));
  if (channel.is_mpim) return groupName(channel, users);
  return channel.name || channel.id;
}

/** "mpdm-nina--sam" as the people in it. */
function groupName(channel, users) {
  const handles = (channel.name ?? "")
    .replace(/^mpdm-/, "")
    .replace(/-\d+$/, "")
    .split("--");
  const found = [...users.values()];
  return handles
    .map((handle) => nameOf(found.find((user) => user.name === handle) ?? { name: handle }).split(" ")[0])
    .join(", ");
}

export function channelTag(channel) {
  if (channel.is_ext_shared || channel.is_shared || channel.is_pending_ext_shared) return "shared";
  if (channel.is_archived) return "archived";
  return "";
}

/** Whom one can name with "@": people of the workspace and its apps. */
export function mentionable(store) {
  return [...store.users.values()].filter(
    (user) => !user.deleted && (isPerson(user) || store.apps.some((app) => app.bot_user === user.id)),
  );
}
