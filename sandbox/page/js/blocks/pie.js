// The shape of a pie (a ring): one path per segment.
import { svg } from "../dom.js";

const CENTRE = 100;
const OUTER = 92;
const INNER = 52;

export function pieShape(segments, total) {
  let turned = 0;
  const rings = segments.map((segment, index) => {
    const from = turned / total;
    turned += segment.value;
    return svg(
      "path",
      { d: ring(from, Math.min(turned / total, from + 0.99999)), class: `series-${index % 8} fill`, "stroke-width": 2 },
      svg("title", {}, `${segment.label}: ${segment.value}`),
    );
  });
  return [
    ...rings,
    svg("text", { x: CENTRE, y: CENTRE + 2, class: "pie-total" }, String(total)),
    svg("text", { x: CENTRE, y: CENTRE + 20, class: "axis middle" }, "total"),
  ];
}

function ring(from, to) {
  const big = to - from > 0.5 ? 1 : 0;
  const outer = `M${point(from, OUTER)} A${OUTER} ${OUTER} 0 ${big} 1 ${point(to, OUTER)}`;
  return `${outer} L${point(to, INNER)} A${INNER} ${INNER} 0 ${big} 0 ${point(from, INNER)} Z`;
}

function point(share, radius) {
  const angle = 2 * Math.PI * share - Math.PI / 2;
  return `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE + radius * Math.sin(angle)).toFixed(2)}`;
}
