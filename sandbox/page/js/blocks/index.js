// Block Kit: one renderer per block type; an unknown type shows as a grey box that names it.
import { el } from "../dom.js";
import { CARDS } from "./cards.js";
import { chart } from "./chart.js";
import { CONTENT } from "./content.js";
import { FIELDS } from "./fields.js";
import { TABLES } from "./table.js";

const RENDERERS = { ...CONTENT, ...FIELDS, ...TABLES, ...CARDS, data_visualization: chart };

/** Where blocks are drawn: `ctx` has surface, me, userName, channelName, form, act, suggest, people, channels. */
export function renderBlocks(blocks, ctx) {
  return (blocks ?? []).map((block, index) => renderBlock(block, ctx, index));
}

function renderBlock(block, ctx, index) {
  if (!block?.type) return unknown("empty block");
  const named = block.block_id ? block : { ...block, block_id: `b${index}` };
  const renderer = RENDERERS[block.type];
  if (!renderer) return unknown(block.type);
  const node = renderer(named, ctx, renderBlocks);
  node.classList.add("block", `block-${block.type}`);
  node.dataset.block = named.block_id;
  return node;
}

export function unknown(type) {
  return el("div", { class: "block block-unknown", role: "note" }, `Block “${type}” is not drawn here`);
}
