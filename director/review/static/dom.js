// Elements made of data. Text only ever becomes text: nothing here parses markup.

export function h(tag, props, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

export function s(tag, props) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props ?? {})) made.setAttribute(name, value);
  return made;
}

const PATHS = {
  play: "M5 3l14 9-14 9z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  back: "M17 4L7 12l10 8zM4 4h2v16H4z",
  on: "M7 4l10 8-10 8zM18 4h2v16h-2z",
  first: "M19 4l-8 8 8 8zM11 4l-8 8 8 8z",
  last: "M5 4l8 8-8 8zM13 4l8 8-8 8z",
  loop: "M7 7h9v3l5-4-5-4v3H5v7h2zM17 17H8v-3l-5 4 5 4v-3h11v-7h-2z",
  sound: "M3 9v6h4l6 5V4L7 9zM15 8c2 2 2 6 0 8l1.5 1.5c3-3 3-8 0-11z",
  mute: "M3 9v6h4l6 5V4L7 9zM15 9.5l5 5m0-5l-5 5",
  pen: "M4 20l1-5L16 4l4 4L9 19z",
  full: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
};

export function icon(name) {
  const made = s("svg", { viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true", class: "icon" });
  made.append(s("path", { d: PATHS[name] }));
  return made;
}

// A button whose name a screen reader says and whose key the pointer is told.
export function tool(name, label, key, act, props) {
  return h("button", { class: "tool", "aria-label": label, title: key ? `${label} (${key})` : label, onclick: act, ...props }, icon(name));
}
