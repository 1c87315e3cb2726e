// The page's few line icons, drawn as SVG nodes; decorative, so hidden from screen readers.
import { svg } from "./dom.js";

const PATHS = {
  menu: ["M3 5h14M3 10h14M3 15h14"],
  panel: ["M3.5 4.500h13v11h-13zM12 4.500v11"],
  hash: ["M7.5 3 6 17M14 3l-1.5 14M3.5 7.500h13.500M3 12.500h13.5"],
  lock: ["M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9"],
  people: [
    "M7.5 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 16c0-2.5 2-4.2 4.5-4.200S12 13.5 12 16",
    "M12.5 9.500a2.3 2.3 0 1 0 0-4.600M14 12c1.8.4 3 1.9 3 4",
  ],
  home: ["M3 9.5 10 3.500l7 6M5 8.500V16.500h10V8.500M8.5 16.500v-4.500h3v4.5"],
  send: ["M3 10 17 3.5 13 17l-3.5-5.500z", "M9.5 11.5 17 3.5"],
  bolt: ["M11 2.5 4.5 11.500h5l-1 6 7-9.500h-5z"],
  reply: ["M8 5 3.5 9.5 8 14M4 9.500h7a5 5 0 0 1 5 5v.5"],
  edit: ["M4 16l.8-3.200L13.5 4l2.5 2.5-8.8 8.700z"],
  trash: ["M4 6h12M8 6V4h4v2M5.5 6l.8 10.500h7.400l.8-10.5"],
  more: ["M5 10h.01M10 10h.01M15 10h.01"],
  close: ["M5 5l10 10M15 5 5 15"],
  back: ["M12 4.5 6.5 10l5.5 5.5"],
  down: ["M5 8l5 5 5-5"],
  eye: ["M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5z", "M10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"],
  check: ["M4 10.5 8 14.5 16 5.5"],
  info: ["M10 9v5M10 6.200v.1", "M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z"],
  warn: ["M10 3 18 16.500H2zM10 8.500v3.500M10 14.200v.1"],
  image: ["M3.5 4.500h13v11h-13zM3.5 13l4-4 3.5 3.5 2-2 3.5 3.500M13 8h.01"],
  file: ["M5 2.500h6.500L15 6v11.500H5zM11.5 2.500V6H15"],
  thread: ["M4 4.500h12v8.500H9l-3.5 3v-3H4z"],
  left: ["M12 5l-5 5 5 5"],
  right: ["M8 5l5 5-5 5"],
  pause: ["M7 4.500v11M13 4.500v11"],
  play: ["M6 4l10 6-10 6z"],
};

export function icon(name, size = 18) {
  const paths = (PATHS[name] ?? PATHS.info).map((d) => svg("path", { d }));
  return svg(
    "svg",
    {
      class: "icon",
      viewBox: "0 0 20 20",
      width: size,
      height: size,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": name === "more" ? 2.6 : 1.6,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
      "aria-hidden": "true",
    },
    paths,
  );
}
