// Times as the reader sees them: in the reader's own zone, the way Slack words them.

let zone;

/** From now on times are shown in this IANA zone; an unknown one means the browser's. */
export function useZone(name) {
  try {
    zone = name ? new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone : undefined;
  } catch {
    zone = undefined;
  }
}

const format = (options, date) => new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options }).format(date);

export const dateOfTs = (ts) => new Date(parseFloat(ts) * 1000);
export const clockTime = (date) => format({ hour: "numeric", minute: "2-digit" }, date);
export const clockSeconds = (date) => format({ hour: "numeric", minute: "2-digit", second: "2-digit" }, date);
export const isoDay = (date) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(date);
export const shortTime = (date) => clockTime(date).replace(/\s?[AP]M$/i, "");
export const longDay = (date) => format({ weekday: "long", month: "long", day: "numeric" }, date);
export const fullMoment = (date) => format({ dateStyle: "full", timeStyle: "medium" }, date);

/** "Today", "Yesterday" or the day itself, as in the dividers between days. */
export function dayName(date, now) {
  const day = isoDay(date);
  if (day === isoDay(now)) return "Today";
  if (day === isoDay(new Date(now.getTime() - 86400000))) return "Yesterday";
  return longDay(date);
}

const TOKENS = {
  date_num: (date) => isoDay(date),
  date: (date) => format({ month: "long", day: "numeric", year: "numeric" }, date),
  date_short: (date) => format({ month: "short", day: "numeric", year: "numeric" }, date),
  date_long: (date) => format({ weekday: "long", month: "long", day: "numeric", year: "numeric" }, date),
  date_slash: (date) => format({ month: "numeric", day: "numeric", year: "numeric" }, date),
  time: clockTime,
  time_secs: clockSeconds,
  ago: (date, now) => ago(date, now),
  day_divider_pretty: (date, now) => dayName(date, now),
};
for (const name of ["date", "date_short", "date_long"]) {
  TOKENS[`${name}_pretty`] = (date, now) => {
    const day = dayName(date, now);
    return day === "Today" || day === "Yesterday" ? day.toLowerCase() : TOKENS[name](date);
  };
}

function ago(date, now) {
  const minutes = Math.round((now - date) / 60000);
  if (Math.abs(minutes) < 1) return "just now";
  const relative = new Intl.RelativeTimeFormat("en-US");
  if (Math.abs(minutes) < 60) return relative.format(-minutes, "minute");
  if (Math.abs(minutes) < 1440) return relative.format(-Math.round(minutes / 60), "hour");
  return relative.format(-Math.round(minutes / 1440), "day");
}

/** Slack's `<!date^epoch^pattern|…>`: every `{token}` filled; an unknown token stays as it is. */
export function fillDate(pattern, epoch, now = new Date()) {
  const date = new Date(Number(epoch) * 1000);
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => TOKENS[token]?.(date, now) ?? whole);
}

/** The server's `clock.now` as a Date: seconds, milliseconds or an ISO text. */
export function parseNow(now) {
  if (typeof now === "number") return new Date(now < 1e11 ? now * 1000 : now);
  return now ? new Date(now) : new Date();
}
