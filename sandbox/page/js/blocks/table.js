// table and data_table: the first row is the header; data_table sorts and turns pages.
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { renderElement } from "../elements/index.js";
import { inlineText } from "../text/mrkdwn.js";
import { richText } from "../text/richtext.js";

export const TABLES = {
  table: (block, ctx) => {
    const settings = block.column_settings ?? [];
    const [head, ...body] = block.rows ?? [[]];
    return el(
      "div",
      { class: "table-box", tabindex: 0, role: "region", "aria-label": "Table" },
      el(
        "table",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            head.map((cell, column) => tableCell("th", cell, block, ctx, settings[column])),
          ),
        ),
        el(
          "tbody",
          {},
          body.map((row) =>
            el(
              "tr",
              {},
              row.map((cell, column) => tableCell("td", cell, block, ctx, settings[column])),
            ),
          ),
        ),
      ),
    );
  },
  data_table: dataTable,
};

function tableCell(tag, cell, block, ctx, setting) {
  const align = setting?.align ?? (cell?.type === "raw_number" ? "right" : "left");
  return el(
    tag,
    { class: `align-${align}${setting?.is_wrapped === false ? " nowrap" : ""}`, scope: tag === "th" ? "col" : null },
    cellContent(cell, block, ctx),
  );
}

function cellContent(cell, block, ctx) {
  if (cell?.type === "rich_text") return richText(cell, ctx);
  if (cell?.type === "raw_number") return cell.text ?? String(cell.value ?? cell.number ?? "");
  if (cell?.type === "action") return renderElement(cell.element ?? cell.action ?? cell, block, ctx);
  return inlineText(cell?.text ?? cell, ctx);
}

function sortValue(cell) {
  if (cell?.type === "raw_number") return Number(cell.value ?? cell.number ?? cell.text);
  const text = cell?.text ?? JSON.stringify(cell?.elements ?? "");
  const number = parseFloat(text);
  return Number.isFinite(number) && /^[\d.,\s%$-]+/.test(text) ? number : text.toLowerCase();
}

function dataTable(block, ctx) {
  const box = el("div", { class: "data-table" });
  const look = { page: 0, column: null, down: false };
  drawDataTable(box, block, ctx, look);
  return box;
}

function drawDataTable(box, block, ctx, look) {
  const [head, ...body] = block.rows ?? [[]];
  const size = block.page_size ?? 5;
  const rows = sorted(body, look);
  const shown = rows.slice(look.page * size, (look.page + 1) * size);
  const redraw = (change) => drawDataTable(box, block, ctx, Object.assign(look, change));
  const header = head.map((cell, column) =>
    headerCell(cell, body[0]?.[column]?.type === "raw_number", column, look, redraw),
  );
  fill(
    box,
    el(
      "div",
      { class: "table-box" },
      el(
        "table",
        {},
        el("caption", {}, block.caption),
        el("thead", {}, el("tr", {}, header)),
        el(
          "tbody",
          {},
          shown.map((row) =>
            el(
              "tr",
              {},
              row.map((cell, column) => bodyCell(cell, column, block, ctx)),
            ),
          ),
        ),
      ),
    ),
    rows.length > size && pager(look.page, Math.ceil(rows.length / size), rows.length, redraw),
  );
}

function sorted(rows, { column, down }) {
  if (column === null) return rows;
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [sortValue(a[column]), sortValue(b[column])];
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y)));
  });
}

function headerCell(cell, isNumber, column, look, redraw) {
  const active = look.column === column;
  const turn = () => redraw({ column, down: active && !look.down, page: 0 });
  return el(
    "th",
    {
      scope: "col",
      class: isNumber ? "align-right" : null,
      "aria-sort": active ? (look.down ? "descending" : "ascending") : "none",
    },
    el(
      "button",
      { type: "button", class: "sort", onclick: turn },
      inlineText(cell?.text ?? cell),
      el("span", { class: "sort-mark", "aria-hidden": "true" }, active ? (look.down ? "▼" : "▲") : ""),
    ),
  );
}

function bodyCell(cell, column, block, ctx) {
  if (column !== (block.row_header_column_index ?? 0)) return tableCell("td", cell, block, ctx);
  return el("th", { scope: "row" }, cellContent(cell, block, ctx));
}

function pager(page, pages, total, redraw) {
  const turn = (step, name, label) =>
    el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        disabled: page + step < 0 || page + step >= pages,
        onclick: () => redraw({ page: page + step }),
      },
      icon(name, 16),
    );
  return el(
    "div",
    { class: "pager" },
    el("span", {}, `${total} rows`),
    turn(-1, "left", "Previous page"),
    el("span", {}, `${page + 1} of ${pages}`),
    turn(1, "right", "Next page"),
  );
}
