// The take strip: every take there is of a shot; the circled one is what the film shows.

import { blobUrl, button, el, icon, length } from "./widget_dom.js";

export function createTakes({ pick, circle, lock }) {
  const list = el("div", { class: "wp-takes", role: "takes", "aria-label": "Takes" });
  const circleIt = button("circle", "Circle", () => circle());
  const lockIt = button("lock", "Lock", () => lock());
  circleIt.prepend(icon("ring"));
  circleIt.title = "The film shows this take (C)";
  const element = el("div", { class: "wp-take-row" }, list, el("div", { class: "wp-take-acts" }, circleIt, lockIt));
  const stills = new Map(); // key → URL
  let cards = new Map();

  function setShot(shot) {
    cards = new Map(shot.takes.map((take) => [take.key, makeCard(take)]));
    for (const [key, url] of stills) {
      if (cards.has(key)) continue;
      URL.revokeObjectURL(url);
      stills.delete(key);
    }
    list.replaceChildren(...(cards.size ? cards.values() : [el("p", { class: "wp-none" }, "No take yet. Shoot one.")]));
    lockIt.replaceChildren(icon(shot.locked ? "locked" : "open"), shot.locked ? "Unlock" : "Lock");
    lockIt.title = shot.locked ? "The shot may be made again" : "Its take stays, whatever is changed";
    lockIt.setAttribute("aria-pressed", shot.locked);
    show(null);
  }

  function makeCard(take) {
    const facts = [length(take.s), take.size, take.seed === null || take.seed === undefined ? null : `seed ${take.seed}`];
    const img = el("img", { class: "wp-take-still", alt: "", draggable: "false" });
    if (stills.has(take.key)) img.src = stills.get(take.key);
    const number = el("span", { class: "wp-take-number" }, String(take.number), take.circled ? icon("ring") : null);
    return el(
      "button",
      {
        class: "wp-take",
        type: "button",
        role: "take",
        title: take.note || `Take ${take.number}`,
        "aria-label": `Take ${take.number}${take.circled ? ", circled" : ""}`,
        data: { take: take.key, number: take.number, circled: take.circled },
        on: { click: () => pick(take.key), dblclick: () => circle() },
      },
      img,
      number,
      el("span", { class: "wp-take-facts" }, facts.filter(Boolean).join("  ")),
      take.note ? el("span", { class: "wp-take-note" }, take.note) : null,
    );
  }

  function setStills(keys, buffers) {
    keys.forEach((key, number) => {
      const card = cards.get(key);
      if (!card || stills.has(key)) return;
      stills.set(key, blobUrl(buffers[number], "image/jpeg"));
      card.querySelector("img").src = stills.get(key);
    });
  }

  function show(key) {
    for (const [each, card] of cards) card.setAttribute("aria-pressed", each === key);
    circleIt.disabled = !cards.has(key) || cards.get(key).dataset.circled === "true";
    lockIt.disabled = !cards.size;
    const card = cards.get(key);
    if (card) list.scrollLeft = card.offsetLeft - (list.clientWidth - card.offsetWidth) / 2; // never the page
  }

  function clear() {
    for (const url of stills.values()) URL.revokeObjectURL(url);
    stills.clear();
  }

  return { element, setShot, setStills, show, clear };
}
