// The shapes of bar, line and area charts on a common grid.
import { svg } from "../dom.js";

const LEFT = 44;
const RIGHT = 512;
const TOP = 12;
const BOTTOM = 200;
const STEPS = [1, 2, 2.5, 5, 10];

/** A grid from 0 (or below) to a round number at or above the largest value. */
export function scaleFor(values) {
  const most = Math.max(1, ...values);
  const least = Math.min(0, ...values);
  const rough = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.find((one) => one * power >= rough) * power;
  const [low, high] = [Math.floor(least / step) * step, Math.ceil(most / step) * step];
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) =>
    Number((low + index * step).toPrecision(6)),
  );
  return { ticks, y: (value) => BOTTOM - ((value - low) / (high - low)) * (BOTTOM - TOP) };
}

export function xyShape(spec, labels, rows, scale) {
  const draw = { bar: bars, line: lines, area: lines }[spec.type] ?? bars;
  return [grid(scale), xAxis(labels, spec.axis_config), draw(labels, rows, scale, spec.type === "area")];
}

function grid({ ticks, y }) {
  return ticks.flatMap((tick) => [
    svg("line", { x1: LEFT, x2: RIGHT, y1: y(tick), y2: y(tick), class: tick === 0 ? "grid grid-zero" : "grid" }),
    svg("text", { x: LEFT - 8, y: y(tick) + 4, class: "axis end" }, tick.toLocaleString("en-US")),
  ]);
}

const slot = (labels) => (RIGHT - LEFT) / Math.max(1, labels.length);
const middle = (labels, index) => LEFT + slot(labels) * (index + 0.5);

function xAxis(labels, axis = {}) {
  const every = Math.ceil(labels.length / 10);
  const room = Math.floor((slot(labels) * every) / 6.2);
  const marks = labels.map((label, index) =>
    index % every
      ? null
      : svg(
          "text",
          { x: middle(labels, index), y: BOTTOM + 17, class: "axis middle" },
          label.length > room ? `${label.slice(0, Math.max(1, room - 1))}…` : label,
          svg("title", {}, label),
        ),
  );
  return [
    marks,
    axis.x_label && svg("text", { x: (LEFT + RIGHT) / 2, y: 234, class: "axis middle axis-name" }, axis.x_label),
    axis.y_label &&
      svg(
        "text",
        {
          x: 11,
          y: (TOP + BOTTOM) / 2,
          transform: `rotate(-90 11 ${(TOP + BOTTOM) / 2})`,
          class: "axis middle axis-name",
        },
        axis.y_label,
      ),
  ];
}

function bars(labels, rows, { y }) {
  const wide = Math.min(40, (slot(labels) * 0.7) / Math.max(1, rows.length));
  return rows.flatMap((row, series) =>
    row.values.map((value, index) => {
      const x = middle(labels, index) + (series - rows.length / 2) * wide + 1;
      const [top, low] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
      return [
        svg(
          "rect",
          {
            x,
            y: top,
            width: wide - 2,
            height: Math.max(low - top, 0.5),
            rx: Math.min(3, wide / 4),
            class: `series-${series % 8} fill`,
          },
          svg("title", {}, `${row.name}, ${labels[index]}: ${value}`),
        ),
        wide > 20 && svg("text", { x: x + wide / 2 - 1, y: top - 4, class: "axis middle value" }, String(value)),
      ];
    }),
  );
}

function lines(labels, rows, { y }, filled) {
  return rows.map((row, series) => {
    const points = row.values.map((value, index) => `${middle(labels, index).toFixed(1)},${y(value).toFixed(1)}`);
    const floor = `${middle(labels, labels.length - 1).toFixed(1)},${y(0)} ${middle(labels, 0).toFixed(1)},${y(0)}`;
    return [
      filled && svg("polygon", { points: `${points.join(" ")} ${floor}`, class: `series-${series % 8} area` }),
      svg("polyline", { points: points.join(" "), class: `series-${series % 8} stroke` }),
      points.map((point, index) =>
        svg(
          "circle",
          { cx: point.split(",")[0], cy: point.split(",")[1], r: 3.2, class: `series-${series % 8} fill` },
          svg("title", {}, `${row.name}, ${labels[index]}: ${row.values[index]}`),
        ),
      ),
    ];
  });
}
