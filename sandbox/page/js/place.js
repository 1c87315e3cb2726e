// Where the page is: person, channel, tab and inspector tab, kept in the address (#U0NINA/D0NINA/home/traffic).

/** Empty parts mean "the default". */
export function readPlace() {
  const [user, channel, tab, side] = decodeURIComponent(location.hash.slice(1)).split("/");
  return {
    user: user || null,
    channel: channel || null,
    tab: tab === "home" ? "home" : "messages",
    side: side || null,
  };
}

export function writePlace({ user, channel, tab, side }) {
  const parts = [user, channel, tab === "home" ? "home" : side ? "messages" : "", side ?? ""];
  while (parts.length && !parts.at(-1)) parts.pop();
  const hash = `#${parts.join("/")}`;
  if (hash !== location.hash) history.replaceState(null, "", hash);
}
