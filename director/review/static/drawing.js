// Drawings on a frame, in shares of its width and height, so that they fit a picture of any size.
import { s } from "./dom.js";

export const COLOURS = ["amber", "red", "cyan", "white"];
const NEAR = 0.003;
const MOST_POINTS = 2000;
const MOST_STROKES = 64;

export class Drawing extends EventTarget {
  constructor(svg, width, height) {
    super();
    this.svg = svg;
    this.width = width;
    this.height = height;
    this.colour = COLOURS[0];
    this.strokes = [];
    this.on = false;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.addEventListener("pointerdown", (event) => this.begin(event));
    svg.addEventListener("pointermove", (event) => this.go(event));
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => this.end());
  }

  // Whether the pointer draws; what was drawn stays until `clear`.
  enable(on) {
    this.on = on;
    this.svg.classList.toggle("drawing", on);
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    this.strokes = [];
    this.show([]);
    this.dispatchEvent(new Event("change"));
  }

  undo() {
    this.strokes.pop();
    this.show([]);
    this.dispatchEvent(new Event("change"));
  }

  // Shows these strokes beside those being drawn.
  show(strokes) {
    this.svg.replaceChildren(...[...strokes, ...this.strokes].map((stroke) => this.line(stroke)));
  }

  line(stroke) {
    const points = stroke.points.length > 1 ? stroke.points : [stroke.points[0], stroke.points[0]];
    const text = points.map(([x, y]) => `${(x * this.width).toFixed(1)},${(y * this.height).toFixed(1)}`).join(" ");
    const colour = COLOURS.includes(stroke.colour) ? stroke.colour : COLOURS[0];
    return s("polyline", { points: text, class: `ink ${colour}`, "stroke-width": stroke.width * this.height });
  }

  point(event) {
    const box = this.svg.getBoundingClientRect();
    const share = (value) => Math.round(Math.min(Math.max(value, 0), 1) * 10000) / 10000;
    return [share((event.clientX - box.left) / box.width), share((event.clientY - box.top) / box.height)];
  }

  begin(event) {
    if (!this.on || event.button > 0 || this.strokes.length >= MOST_STROKES) return;
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    this.going = { colour: this.colour, width: 0.009, points: [this.point(event)] };
    this.strokes.push(this.going);
    this.show([]);
  }

  go(event) {
    if (!this.going || this.going.points.length >= MOST_POINTS) return;
    const point = this.point(event);
    const last = this.going.points.at(-1);
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < NEAR) return;
    this.going.points.push(point);
    this.svg.lastChild.replaceWith(this.line(this.going));
  }

  end() {
    if (!this.going) return;
    this.going = null;
    this.dispatchEvent(new Event("change"));
  }
}
