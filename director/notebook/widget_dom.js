// Elements, icons and times. Words go in as text and never as markup.

const ICON_SHAPES = {
  play: ["M6 4l13 8-13 8z"],
  pause: ["M7 4h4v16H7z", "M13 4h4v16h-4z"],
  back: ["M18 5L9 12l9 7z", "M6 5h2v14H6z"],
  forward: ["M6 5l9 7-9 7z", "M16 5h2v14h-2z"],
  loop: ["M5 12a7 7 0 0 1 12-5l2 2", "M19 4v5h-5", "M19 12a7 7 0 0 1-12 5l-2-2", "M5 20v-5h5"],
  on: ["M4 6l7 6-7 6z", "M12 6l7 6-7 6z"],
  undo: ["M9 6L4 11l5 5", "M4 11h10a6 6 0 0 1 0 12h-2"],
  redo: ["M15 6l5 5-5 5", "M20 11H10a6 6 0 0 0 0 12h2"],
  locked: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  open: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 6.6-1.6"],
  ring: ["M5.2 13.6C3.6 8.2 9 4.2 14 5c5 .8 7.4 5.6 4.6 9.8C15.8 19 8.2 20 5.2 15.2"],
  brush: ["M20 4L10.5 13.5", "M10 13a3.5 3.5 0 0 1 1 5c-1.5 1.8-5 1.5-7 .5 1.5-.7 1.8-1.5 2-3 .3-2 2.5-3.5 4-2.5z"],
  box: ["M5 6h14v12H5z"],
  clear: ["M6 6l12 12", "M18 6L6 18"],
  film: ["M4 5h16v14H4z", "M8 5v14", "M16 5v14", "M4 9.7h4", "M4 14.3h4", "M16 9.7h4", "M16 14.3h4"],
  refresh: ["M19 12a7 7 0 1 1-2.2-5.1L19 9", "M19 4v5h-5"],
};
const FILLED_ICONS = new Set(["play", "pause", "back", "forward", "on"]);
const SVG_SPACE = "http://www.w3.org/2000/svg";

// An element: `class`, `role` (its data-role), `on` (handlers by event), `data` (data-*), and attributes as they are.
export function el(tag, options = {}, ...children) {
  return dress(document.createElement(tag), options, children);
}

export function svg(tag, options = {}, ...children) {
  return dress(document.createElementNS(SVG_SPACE, tag), options, children);
}

function dress(element, { class: names, role, on = {}, data = {}, ...attributes }, children) {
  if (names) element.setAttribute("class", names);
  if (role) element.dataset.role = role;
  for (const [name, value] of Object.entries(data)) element.dataset[name] = value;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const [name, handler] of Object.entries(on)) element.addEventListener(name, handler);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const filled = FILLED_ICONS.has(name);
  const shapes = ICON_SHAPES[name].map((d) => svg("path", { d }));
  return svg("svg", { class: filled ? "wp-icon wp-filled" : "wp-icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, ...shapes);
}

// A button with a picture on it; `label` is what it is called and what its tooltip says.
export function iconButton(role, picture, label, act) {
  return el("button", { class: "wp-button wp-square", type: "button", role, title: label, "aria-label": label, on: { click: act } }, icon(picture));
}

export function button(role, text, act, names = "") {
  return el("button", { class: `wp-button ${names}`, type: "button", role, on: { click: act } }, text);
}

export function setIcon(element, picture, label) {
  element.replaceChildren(icon(picture));
  if (label) {
    element.title = label;
    element.setAttribute("aria-label", label);
  }
}

// The storyboard's own words as a person reads them: "golden_hour" is "golden hour".
export function readable(word) {
  return String(word).replaceAll("_", " ");
}

// Seconds as minutes, seconds and frames.
export function timecode(time_s, fps) {
  const frames = Math.max(0, Math.floor(time_s * fps + 1e-3));
  const two = (number) => String(number).padStart(2, "0");
  const seconds = Math.floor(frames / fps);
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}:${two(frames % fps)}`;
}

export function length(time_s) {
  return time_s >= 60 ? `${Math.floor(time_s / 60)}:${String(Math.round(time_s % 60)).padStart(2, "0")}` : `${time_s.toFixed(1)} s`;
}

// A URL for bytes that came over the channel; whoever asks for it revokes it.
export function blobUrl(buffer, type) {
  return URL.createObjectURL(new Blob([buffer], { type }));
}
