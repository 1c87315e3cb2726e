// data_visualization: bar, line, area and pie as SVG, with a table of the same numbers for screen readers.
import { el, svg } from "../dom.js";
import { pieShape } from "./pie.js";
import { scaleFor, xyShape } from "./xychart.js";

export function chart(block) {
  const spec = block.chart ?? {};
  const title = typeof block.title === "string" ? block.title : (block.title?.text ?? "Chart");
  const drawn = spec.type === "pie" ? pie(spec, title) : xy(spec, title);
  return el("figure", {}, el("figcaption", {}, title), drawn);
}

function xy(spec, title) {
  const series = spec.series ?? [];
  const labels = spec.axis_config?.categories ?? series[0]?.data?.map((point) => point.label) ?? [];
  const rows = series.map((one) => ({
    name: one.name,
    values: labels.map(
      (label, index) => (one.data.find((point) => point.label === label) ?? one.data[index])?.value ?? 0,
    ),
  }));
  const scale = scaleFor(rows.flatMap((row) => row.values));
  return [
    svg(
      "svg",
      { class: "chart", viewBox: "0 0 520 240", role: "img", "aria-label": `${title}. ${spec.type} chart` },
      xyShape(spec, labels, rows, scale),
    ),
    rows.length > 1 && legend(rows.map((row) => row.name)),
    numbers(title, labels, rows),
  ];
}

function pie(spec, title) {
  const segments = spec.segments ?? [];
  const total = segments.reduce((sum, one) => sum + one.value, 0) || 1;
  const names = segments.map((one) => `${one.label} · ${one.value} (${Math.round((100 * one.value) / total)}%)`);
  return [
    el(
      "div",
      { class: "pie" },
      svg(
        "svg",
        { class: "chart chart-pie", viewBox: "0 0 200 200", role: "img", "aria-label": `${title}. Pie chart` },
        pieShape(segments, total),
      ),
      legend(names),
    ),
    numbers(
      title,
      segments.map((one) => one.label),
      [{ name: "Value", values: segments.map((one) => one.value) }],
    ),
  ];
}

function legend(names) {
  return el(
    "ul",
    { class: "legend" },
    names.map((name, index) => el("li", {}, el("span", { class: `swatch series-${index % 8}` }), name)),
  );
}

function numbers(title, labels, rows) {
  return el(
    "table",
    { class: "unseen" },
    el("caption", {}, title),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", {}, ""),
        labels.map((label) => el("th", { scope: "col" }, label)),
      ),
    ),
    el(
      "tbody",
      {},
      rows.map((row) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, row.name),
          row.values.map((value) => el("td", {}, String(value))),
        ),
      ),
    ),
  );
}
