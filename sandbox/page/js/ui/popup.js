// Floating boxes (menus, lists of options) in the browser's top layer, so no panel or dialog cuts them off.

/** Places `box` under (or above) `anchor`, as wide as `anchor` at least. */
export function showAt(box, anchor, { wide = false, above = false, tallest = 320 } = {}) {
  if (!box.matches(":popover-open")) box.showPopover();
  const rect = anchor.getBoundingClientRect();
  const style = box.style;
  style.minWidth = `${wide ? rect.width : 0}px`;
  style.maxHeight = "";
  const height = Math.min(box.scrollHeight, tallest);
  const below = innerHeight - rect.bottom - 8;
  const upward = above || (below < height && rect.top > below);
  style.maxHeight = `${Math.min(tallest, upward ? rect.top - 12 : below)}px`;
  style.left = `${Math.max(8, Math.min(rect.left, innerWidth - box.offsetWidth - 8))}px`;
  style.top = upward ? "auto" : `${rect.bottom + 4}px`;
  style.bottom = upward ? `${innerHeight - rect.top + 4}px` : "auto";
}

export function hide(box) {
  if (box.isConnected && box.matches(":popover-open")) box.hidePopover();
}

/** Where a box must live so that an open dialog does not make it inert. */
export function homeOf(anchor) {
  return anchor.closest("dialog") ?? document.body;
}
