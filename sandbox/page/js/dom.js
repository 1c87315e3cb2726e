// Builds DOM nodes from plain values. Text always goes in as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** A node with attributes, listeners (`onclick`), `data` (dataset), `style` (custom properties too) and children. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...flat(children));
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...flat(children));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "style") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
  else if (name === "value" || name === "checked" || name === "selected") node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

function flat(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

/** Makes `nodes` the children of `parent`; those already in place are not touched, so focus and scroll stay. */
export function arrange(parent, nodes) {
  nodes.forEach(
    (node, index) => parent.childNodes[index] === node || parent.insertBefore(node, parent.childNodes[index] ?? null),
  );
  while (parent.childNodes.length > nodes.length) parent.lastChild.remove();
}

/** Draws again while the focused field, its caret and the scroll position stay where they were. */
export function redraw(node, draw) {
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.closest("[data-key]")?.dataset.key;
  const caret = caretOf(focused);
  const top = node.scrollTop;
  draw();
  node.scrollTop = top;
  if (key && !focused.isConnected) focusKey(node, key, caret);
}

function caretOf(input) {
  try {
    return input && "selectionStart" in input ? [input.selectionStart, input.selectionEnd] : null;
  } catch {
    return null; // some input types have no caret
  }
}

function focusKey(node, key, caret) {
  const holder = [...node.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  const target = holder?.matches("input,textarea,button")
    ? holder
    : holder?.querySelector("input,textarea,button,[tabindex]");
  target?.focus({ preventScroll: true });
  if (caret && caret[0] !== null && target?.setSelectionRange) {
    try {
      target.setSelectionRange(...caret);
    } catch {
      // number and date fields refuse
    }
  }
}
