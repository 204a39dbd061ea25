// The fields of a shot. Only what a person made otherwise counts as a change, and is marked; what becomes of a field by
// such a change, as a lens by a size, is shown grey.

import { el, readable } from "./widget_dom.js";

const FIELD_LABELS = {
  note: "Note",
  size: "Size",
  angle: "Angle",
  move: "Move",
  lens_mm: "Lens",
  duration_s: "Length",
  seed: "Seed",
  takes: "Takes",
  key_side: "Key from",
  key_to_fill_ratio: "Key : fill",
  colour_temperature_k: "Temperature",
  hour: "Hour",
};
const FIELD_NUMBERS = {
  lens_mm: { min: 8, max: 400, step: 1, unit: "mm" },
  duration_s: { min: 0.8, max: 600, step: 0.1, unit: "s" },
  seed: { min: 0, max: 2 ** 53, step: 1, unit: "" },
  takes: { min: 1, max: 9, step: 1, unit: "" },
  key_to_fill_ratio: { min: 1, max: 64, step: 0.1, unit: ": 1" },
  colour_temperature_k: { min: 1500, max: 20000, step: 50, unit: "K" },
};

export function createFields({ changed, noted, setHour }) {
  const inputs = new Map(); // name → { read, write, box }
  let was = {}; // as the storyboard has it
  let came = {}; // what came of other fields' changes instead
  let scene = "";

  const element = el("div", { class: "wp-fields" });

  function labelled(name, input, read, write, hint = "") {
    const box = el("label", { class: `wp-field wp-field-${name}`, title: hint }, el("span", { class: "wp-label" }, FIELD_LABELS[name]), input);
    inputs.set(name, { read, write, box });
    return box;
  }

  function text(name) {
    const area = el("textarea", { role: `field-${name}`, rows: "2", maxlength: "2000", placeholder: "What should be otherwise?", on: { input: () => (mark(), noted()) } });
    return labelled(name, area, () => area.value.trim(), (value) => (area.value = value ?? ""));
  }

  function number(name) {
    const { unit, ...limits } = FIELD_NUMBERS[name];
    const input = el("input", { role: `field-${name}`, type: "number", ...limits, on: { input: touched } });
    const read = () => (input.value !== "" && input.checkValidity?.() !== false ? Number(input.value) : looseNumber(input, limits));
    return labelled(name, el("span", { class: "wp-number" }, input, unit ? el("i", {}, unit) : null), read, (value) => (input.value = value ?? ""));
  }

  // A number between two steps of the arrows is as good as another; one beyond the limits is none.
  function looseNumber(input, { min, max }) {
    const value = Number(input.value);
    return input.value !== "" && value >= min && value <= max ? value : null;
  }

  function choice(name, options, act = touched, hint = "") {
    const select = el("select", { role: `field-${name}`, on: { change: act } }, ...options.map((value) => el("option", { value }, readable(value))));
    return labelled(name, select, () => select.value || null, (value) => (select.value = value ?? ""), hint);
  }

  function segments(name, options) {
    let value = null;
    const buttons = options.map((each) =>
      el("button", { class: "wp-button", type: "button", value: each, on: { click: () => (write(each), touched()) } }, readable(each)),
    );
    const write = (next) => {
      value = next;
      for (const each of buttons) each.setAttribute("aria-pressed", each.value === next);
    };
    const group = el("span", { class: "wp-segments", role: `field-${name}` }, ...buttons);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", FIELD_LABELS[name]);
    const box = el("div", { class: `wp-field wp-field-${name}` }, el("span", { class: "wp-label" }, FIELD_LABELS[name]), group);
    inputs.set(name, { read: () => value, write, box });
    return box;
  }

  function setWords(words) {
    inputs.clear();
    const hour = choice("hour", words.hour, () => setHour(scene, inputs.get("hour").read()), "The hour is the whole scene's: it is written at once, and Undo takes it back.");
    element.replaceChildren(
      text("note"),
      segments("size", words.size),
      el("div", { class: "wp-field-row" }, choice("angle", words.angle), choice("move", words.move), number("lens_mm")),
      el("div", { class: "wp-field-row" }, segments("key_side", words.key_side), number("key_to_fill_ratio"), number("colour_temperature_k")),
      el("div", { class: "wp-field-row" }, number("duration_s"), number("seed"), hour),
    );
    inputs.get("hour").scene = hour.querySelector(".wp-label");
  }

  // With `keep` what is not written yet stays in the fields.
  function setShot(shot, keep) {
    const wished = keep ? changes() : {};
    const derived = keep ? came : {};
    was = { ...shot.fields };
    scene = shot.scene.id;
    restore();
    setDerived({ ...was, ...derived });
    for (const [name, value] of Object.entries(wished)) inputs.get(name).write(value);
    mark();
    inputs.get("hour").write(shot.scene.hour);
    inputs.get("hour").scene.textContent = `Hour of all ${scene}`;
  }

  // What the fields that nobody touched become by those that were.
  function setDerived(values) {
    const touchedOnes = changes();
    for (const [name, input] of inputs) {
      if (!(name in was) || name in touchedOnes || name === "note") continue;
      if (values[name] === was[name]) delete came[name];
      else came[name] = values[name];
      input.write(now(name));
    }
    mark();
  }

  const now = (name) => (name in came ? came[name] : was[name]);

  function restore() {
    came = {};
    for (const [name, input] of inputs) if (name in was) input.write(was[name]);
    mark();
  }

  function touched() {
    mark();
    changed();
  }

  // What is otherwise than it was.
  function changes() {
    const found = {};
    for (const [name, input] of inputs) {
      if (!(name in was)) continue;
      const value = input.read();
      if (value !== null && value !== (now(name) ?? (name === "note" ? "" : null))) found[name] = value;
    }
    return found;
  }

  function mark() {
    const found = changes();
    for (const [name, input] of inputs) {
      input.box.toggleAttribute("data-changed", name in found);
      input.box.toggleAttribute("data-derived", name in came && !(name in found));
    }
  }

  return { element, setWords, setShot, setDerived, restore, changes };
}

export function createTakeCount() {
  const { unit, ...limits } = FIELD_NUMBERS.takes;
  const input = el("input", { role: "field-takes", type: "number", value: "2", "aria-label": "Number of takes", ...limits });
  const element = el("label", { class: "wp-take-count" }, input, el("span", {}, "takes"));
  return { element, read: () => Math.min(Math.max(Math.round(Number(input.value)) || 1, 1), 9) };
}
