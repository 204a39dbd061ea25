// The floor plan: the stage from above in metres, x to the right and z up, away from the master's camera. People and the
// camera are dragged, or moved by the arrow keys when they have the focus.

import { el, svg } from "./widget_dom.js";

const FLOOR_STEP_M = 0.1;
const FLOOR_LEAST_M = 7; // never closer than this across

export function createFloor({ moved }) {
  const drawing = svg("svg", { class: "wp-floor", role: "floor", "aria-label": "Floor plan" });
  const where = el("span", { class: "wp-floor-where" });
  const heading = el("span", { class: "wp-label" }, "Floor");
  const element = el("div", { class: "wp-floor-box" }, el("div", { class: "wp-floor-head" }, heading, where), drawing);
  let floor = null;
  let seen = null;
  let view = null;
  let dragged = null; // the name of the marker in hand: "camera" or a person's id with a colon before it
  let marks_m = {};
  let camera_m = null;

  // With `keep` markers that were moved, and not written yet, stay where they are.
  function setShot(next, keep) {
    if (!keep) restore();
    setFloor(next);
  }

  function setFloor(next) {
    if (dragged && floor) return; // what is in hand stays where the hand is
    floor = next;
    seen = extent(next);
    draw();
  }

  // The stretch of floor that has to be seen: people, the camera and their ways. Walls are there as far as they reach in.
  function extent({ people, camera }) {
    const points = [...people.map((one) => spot(one.id, one.at_m)), ...people.flatMap((one) => one.way_m), spot("camera", [camera.at_m[0], camera.at_m[2]]), ...camera.way_m];
    const [xs, zs] = [points.map((p) => p[0]), points.map((p) => p[1])];
    return { x0: Math.min(...xs) - 1, x1: Math.max(...xs) + 1, z0: Math.min(...zs) - 0.9, z1: Math.max(...zs) + 0.7 };
  }

  // That stretch, and as much around it as fills the drawing.
  function filled({ x0, x1, z0, z1 }) {
    const shape = drawing.clientHeight ? drawing.clientWidth / drawing.clientHeight : 2;
    const width = Math.max(x1 - x0, (z1 - z0) * shape, FLOOR_LEAST_M);
    const height = width / shape;
    return { x: (x0 + x1 - width) / 2, z: (z0 + z1 + height) / 2, width, height };
  }

  const at = ([x, z]) => `translate(${x} ${-z})`;
  const path = (points) => `M${points.map(([x, z]) => `${x} ${-z}`).join("L")}`;

  function draw() {
    if (!dragged) view = filled(seen);
    drawing.setAttribute("viewBox", `${view.x} ${-view.z} ${view.width} ${view.height}`);
    const unit = (10.5 * view.width) / (drawing.clientWidth || 460); // the height of a small letter
    drawing.style.setProperty("--wp-unit", unit);
    const names = named(unit);
    drawing.replaceChildren(grid(), room(), ...floor.people.map((one) => way(one.way_m)), way(floor.camera.way_m), sight(unit), ...floor.people.map((one) => person(one, unit)), cameraMark(unit), ...names);
    heading.textContent = floor.place ? `Floor · ${floor.place}` : "Floor";
  }

  // Names beside their markers: below, above, right or left of them, wherever nothing else is written or stands.
  function named(unit) {
    const { at_m: eye, lens_mm: lens } = floor.camera;
    const marks = floor.people.map((one) => ({ text: one.id, at: spot(one.id, one.at_m), r: Math.max(0.24, unit * 0.5) * 1.6, names: "" }));
    marks.push({ text: `${Math.round(lens)} mm`, at: spot("camera", [eye[0], eye[2]]), r: Math.max(0.26, unit * 0.6) * 1.5, names: "wp-lens" });
    const taken = marks.map(({ at: [x, z], r }) => [x - r * 0.7, -z - r * 0.7, x + r * 0.7, -z + r * 0.7]);
    const free = (box) => taken.every((other) => box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);
    return marks.map(({ text, at: [x, z], r, names }) => {
      const [wide, high] = [text.length * unit * 0.68, unit * 1.15];
      const places = [1, 2, 3].flatMap((far) => [
        [x, -z + r + (far - 0.5) * high],
        [x, -z - r - (far - 0.5) * high],
        [x + (r + wide / 2) * far, -z],
        [x - (r + wide / 2) * far, -z],
      ]);
      const boxes = places.map(([cx, cy]) => [cx - wide / 2, cy - high / 2, cx + wide / 2, cy + high / 2]);
      const inView = ([left, top, right, bottom]) => left > view.x && right < view.x + view.width && top > -view.z && bottom < -view.z + view.height;
      const box = boxes.find((one) => free(one) && inView(one)) ?? boxes.find(free) ?? boxes[0];
      taken.push(box);
      return svg("text", { class: names, x: (box[0] + box[2]) / 2, y: box[3] - high * 0.22 }, text);
    });
  }

  function grid() {
    let d = "";
    for (let x = Math.ceil(view.x); x < view.x + view.width; x++) d += `M${x} ${-view.z}v${view.height}`;
    for (let z = Math.ceil(view.z - view.height); z < view.z; z++) d += `M${view.x} ${-z}h${view.width}`;
    return svg("path", { class: "wp-grid", d });
  }

  function room() {
    const { walls_m: walls, doors, seats } = floor;
    const inside = walls ? [svg("rect", { class: "wp-walls", x: walls[0], y: -walls[3], width: walls[2] - walls[0], height: walls[3] - walls[1] })] : [];
    const gaps = doors.map((door) => svg("rect", { class: "wp-door", x: -door.width_m / 2, y: -0.09, width: door.width_m, height: 0.18, transform: `${at(door.at_m)} rotate(${door.out_deg})` }));
    const chairs = seats.map((seat) => svg("rect", { class: "wp-seat", x: -0.22, y: -0.22, width: 0.44, height: 0.44, rx: 0.08, transform: `${at(seat.at_m)} rotate(${seat.heading_deg})` }));
    return svg("g", {}, ...inside, ...chairs, ...gaps);
  }

  function way(points) {
    return svg("path", { class: "wp-way", d: points.length > 1 ? path(points) : "" });
  }

  const spot = (name, there) => (name === "camera" ? (camera_m ? [camera_m[0], camera_m[2]] : there) : marks_m[name] ?? there);

  function sight() {
    const { at_m: eye, target_m: target, sees_deg: across } = floor.camera;
    const [x, z] = spot("camera", [eye[0], eye[2]]);
    const reach = view.width + view.height;
    const to = Math.atan2(target[0] - x, target[2] - z);
    const half = (across / 2) * (Math.PI / 180);
    const end = (angle) => [x + Math.sin(angle) * reach, z + Math.cos(angle) * reach];
    return svg("path", { class: "wp-sight", d: `${path([[x, z], end(to - half), end(to + half)])}Z` });
  }

  function person({ id, species, at_m, heading_deg }, unit) {
    const r = Math.max(0.24, unit * 0.5);
    const there = spot(id, at_m);
    const marker = svg(
      "g",
      { class: "wp-person", role: "person", data: { id, species }, transform: at(there), tabindex: "0", "aria-label": `${id}, at ${there.join(", ")} metres` },
      svg("path", { class: "wp-nose", d: `M${-r * 0.55} ${-r * 0.8}L0 ${-r * 1.75}L${r * 0.55} ${-r * 0.8}Z`, transform: `rotate(${heading_deg})` }),
      svg("circle", { r }),
      svg("circle", { class: "wp-hit", r: unit * 1.2 }),
    );
    return draggable(marker, id, at_m);
  }

  function cameraMark(unit) {
    const { at_m: eye, target_m: target, lens_mm: lens } = floor.camera;
    const there = spot("camera", [eye[0], eye[2]]);
    const turned = (Math.atan2(target[0] - there[0], target[2] - there[1]) * 180) / Math.PI;
    const s = Math.max(0.26, unit * 0.6);
    const marker = svg(
      "g",
      { class: "wp-camera", role: "camera", transform: at(there), tabindex: "0", "aria-label": `Camera, ${lens} mm, at ${there.join(", ")} metres` },
      svg("path", { d: `M${-s * 0.7} ${-s * 0.5}h${s * 1.4}v${s * 1.7}h${-s * 1.4}ZM${-s * 0.35} ${-s * 0.5}L${-s * 0.65} ${-s * 1.15}h${s * 1.3}L${s * 0.35} ${-s * 0.5}Z`, transform: `rotate(${turned})` }),
      svg("circle", { class: "wp-hit", r: unit * 1.4 }),
    );
    return draggable(marker, "camera", [eye[0], eye[2]]);
  }

  function place(name, [x, z]) {
    const to = [Math.round(x * 100) / 100, Math.round(z * 100) / 100];
    if (name === "camera") camera_m = [to[0], floor.camera.at_m[1], to[1]];
    else marks_m = { ...marks_m, [name]: to };
    where.textContent = `${name === "camera" ? "Camera" : name}  ${to[0].toFixed(2)} / ${to[1].toFixed(2)} m`;
  }

  function draggable(marker, name, there) {
    marker.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      marker.focus();
      dragged = name;
      drawing.setPointerCapture(event.pointerId);
    });
    marker.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const now = spot(name, there);
      place(name, [now[0] + step[0] * FLOOR_STEP_M, now[1] + step[1] * FLOOR_STEP_M]);
      draw();
      drawing.querySelector(name === "camera" ? ".wp-camera" : `[data-id="${CSS.escape(name)}"]`)?.focus();
      moved();
    });
    return marker;
  }

  drawing.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    place(dragged, [point.x, -point.y]);
    draw();
    moved();
  });
  const drop = () => {
    if (!dragged) return;
    dragged = null;
    seen = extent(floor);
    draw();
  };
  drawing.addEventListener("pointerup", drop);
  drawing.addEventListener("pointercancel", drop);

  function changes() {
    const found = {};
    if (camera_m) found.camera_m = camera_m;
    if (Object.keys(marks_m).length) found.marks_m = marks_m;
    return found;
  }

  function restore() {
    marks_m = {};
    camera_m = null;
    where.textContent = "";
  }

  return { element, setShot, setFloor, changes };
}
