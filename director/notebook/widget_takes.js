// The take strip: every take there is of a shot; the circled one is what the film shows. While two are compared, each
// take can be put on either side.

import { blobUrl, button, el, icon, length } from "./widget_dom.js";

export function createTakes({ pick, against, circle, lock }) {
  const list = el("div", { class: "wp-takes", role: "takes", "aria-label": "Takes" });
  const circleIt = button("circle", "Circle", () => circle());
  const lockIt = button("lock", "Lock", () => lock());
  circleIt.prepend(icon("ring"));
  circleIt.title = "The film shows this take (C)";
  const element = el("div", { class: "wp-take-row" }, list, el("div", { class: "wp-take-acts" }, circleIt, lockIt));
  const stills = new Map(); // key → URL
  let cards = new Map(); // key → its button and the two sides

  function setShot(shot) {
    cards = new Map(shot.takes.map((take) => [take.key, makeCard(take, shot.locked)]));
    for (const [key, url] of stills) {
      if (cards.has(key)) continue;
      URL.revokeObjectURL(url);
      stills.delete(key);
    }
    list.replaceChildren(...(cards.size ? [...cards.values()].map((card) => card.box) : [el("p", { class: "wp-none" }, "No take yet. Shoot one.")]));
    lockIt.replaceChildren(icon(shot.locked ? "locked" : "open"), shot.locked ? "Unlock" : "Lock");
    lockIt.title = shot.locked ? "The shot may be made again" : "Its take stays, whatever is changed";
    lockIt.setAttribute("aria-pressed", shot.locked);
    show(null, null);
  }

  function makeCard(take, locked) {
    const isLocked = take.circled && locked;
    const img = el("img", { class: "wp-take-still", alt: "", draggable: "false" });
    if (stills.has(take.key)) img.src = stills.get(take.key);
    const number = el("span", { class: "wp-take-number" }, String(take.number), take.circled ? icon("ring") : null);
    const head = el("span", { class: "wp-take-facts" }, el("b", {}, take.size || "take"), el("span", {}, length(take.s)), isLocked ? icon("locked") : null, el("span", { class: "wp-take-age" }, age(take.made_s)));
    const take_button = el(
      "button",
      {
        class: "wp-take",
        type: "button",
        role: "take",
        title: [take.note, ...take.receipt, isLocked ? "The shot is locked to it" : ""].filter(Boolean).join("\n"),
        "aria-label": `Take ${take.number}${take.circled ? ", circled" : ""}${isLocked ? ", locked" : ""}`,
        data: { take: take.key, number: take.number, circled: take.circled },
        on: { click: () => pick(take.key), dblclick: () => circle() },
      },
      img,
      number,
      head,
      el("span", { class: "wp-take-seed" }, [`seed ${take.seed}`, ...take.otherwise].join(" · ")),
      take.note ? el("span", { class: "wp-take-note" }, take.note) : null,
    );
    const side = (name, act) => el("button", { class: "wp-side", type: "button", role: `side-${name.toLowerCase()}`, title: `Compare: ${name} is take ${take.number}`, "aria-label": `Take ${take.number} as ${name}`, on: { click: () => act(take.key) } }, name);
    const a = side("A", pick);
    const b = side("B", against);
    const box = el("div", { class: "wp-take-box" }, take_button, el("span", { class: "wp-sides" }, a, b));
    return { box, button: take_button, a, b };
  }

  function setStills(keys, buffers) {
    keys.forEach((key, number) => {
      const card = cards.get(key);
      if (!card || stills.has(key)) return;
      stills.set(key, blobUrl(buffers[number], "image/jpeg"));
      card.button.querySelector("img").src = stills.get(key);
    });
  }

  // `key` is looked at; `other` is what it is compared with.
  function show(key, other) {
    for (const [each, card] of cards) {
      card.button.setAttribute("aria-pressed", each === key);
      card.a.setAttribute("aria-pressed", each === key);
      card.b.setAttribute("aria-pressed", each === other);
    }
    const card = cards.get(key);
    circleIt.disabled = !card || card.button.dataset.circled === "true";
    lockIt.disabled = !cards.size;
    if (card) list.scrollLeft = card.box.offsetLeft - (list.clientWidth - card.box.offsetWidth) / 2; // never the page
  }

  const comparing = (on) => element.toggleAttribute("data-comparing", on);

  function clear() {
    for (const url of stills.values()) URL.revokeObjectURL(url);
    stills.clear();
  }

  return { element, setShot, setStills, show, comparing, clear };
}

// How long ago it was made.
function age(made_s) {
  const minutes = Math.max(0, (Date.now() / 1000 - made_s) / 60);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${Math.floor(minutes)} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (24 * 60))} d`;
}
