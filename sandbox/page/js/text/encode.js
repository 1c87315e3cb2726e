// What a person typed, in Slack's own encoding: entities, mentions by id, links in angle brackets.

/** `names` maps a lower-case "@name" or "#name" to its `<@U…>` / `<#C…|name>`. */
export function encode(text, names) {
  const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return withLinks(withMentions(safe, names));
}

function withMentions(text, names) {
  const known = [...names.keys()].sort((a, b) => b.length - a.length);
  return text.replace(/(^|[\s(])([@#])/g, "$1\u0000$2").split("\u0000").map((part) => {
    const lower = part.toLowerCase();
    const name = known.find((one) => lower.startsWith(one) && !/[\p{L}\p{N}_]/u.test(part[one.length] ?? " "));
    return name ? names.get(name) + part.slice(name.length) : part;
  }).join("");
}

function withLinks(text) {
  return text
    .replace(/(^|[\s(])(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])/g, "$1<$2>")
    .replace(/(^|[\s(])([\w.+-]+@[\w-]+\.[\w.-]*\w)/g, "$1<mailto:$2|$2>");
}

/** Back to what the person typed, for editing. */
export function decodeTyped(text, ctx) {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${ctx.userName(id)}`)
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id, label) => `#${label ?? ctx.channelName(id)}`)
    .replace(/<mailto:[^|>]+\|([^>]+)>/g, "$1").replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, "$1")
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
