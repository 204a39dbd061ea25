// The film strip: every shot by scene, painted at once from its name; a still comes when it is scrolled into view.

import { blobUrl, el, icon, length } from "./widget_dom.js";

export function createStrip({ pick, look }) {
  const frames = new Map(); // shot id → its button and what hangs on it
  const wanted = new Set(); // in view, and their still is not there
  const element = el("div", { class: "wp-strip", role: "strip", "aria-label": "Shots", tabindex: "-1" });
  let asking = 0;
  let picked = null;

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const frame = frames.get(entry.target.dataset.shot);
        if (!frame) continue;
        frame.inView = entry.isIntersecting;
        if (frame.inView && frame.drawn !== frame.still) wanted.add(frame.id);
        else wanted.delete(frame.id);
      }
      askSoon();
    },
    { root: element, rootMargin: "0px 480px" },
  );

  // One question for all that came into view together; the answer to an older one is of use all the same.
  function askSoon() {
    clearTimeout(asking);
    if (wanted.size) asking = setTimeout(() => look([...wanted].slice(0, 60)), 50);
  }

  function makeFrame(shot) {
    const img = el("img", { class: "wp-still", role: "still", alt: "", draggable: "false" });
    const facts = el("span", { class: "wp-frame-facts" });
    const size = el("span", {}, shot.size);
    const state = el("span", { class: "wp-frame-state" });
    const button = el(
      "button",
      { class: "wp-frame", type: "button", role: "shot", title: shot.told, data: { shot: shot.id, state: "" }, on: { click: () => pick(shot.id) } },
      el("span", { class: "wp-frame-picture" }, img, state),
      el("span", { class: "wp-frame-name" }, el("b", {}, shot.id), size, facts),
    );
    frames.set(shot.id, { id: shot.id, told: shot.told, button, img, size, facts, state, still: "?", drawn: null, url: null, inView: false });
    return button;
  }

  function setBoard(board) {
    clear();
    element.replaceChildren(
      ...board.scenes.map((scene) =>
        el(
          "section",
          { class: "wp-scene", role: "scene", data: { scene: scene.id } },
          el("h4", { title: scene.heading }, el("span", { class: "wp-scene-id" }, scene.id), el("span", {}, scene.heading)),
          el("div", { class: "wp-frames" }, ...scene.shots.map(makeFrame)),
        ),
      ),
    );
    for (const frame of frames.values()) seen.observe(frame.button);
    if (picked) show(picked);
  }

  function setStates(states) {
    for (const [id, { s, size, state, why, still }] of Object.entries(states)) {
      const frame = frames.get(id);
      if (!frame) continue;
      frame.button.dataset.state = state;
      frame.facts.textContent = length(s);
      frame.size.textContent = size;
      frame.state.replaceChildren(...(state === "locked" ? [icon("locked")] : []));
      frame.button.title = state === "stale" ? `${frame.told}\n${why.join("; ")}` : frame.told;
      if (still !== frame.still) {
        frame.still = still;
        if (frame.inView) wanted.add(id);
      }
    }
    askSoon();
  }

  function setStills(ids, buffers) {
    ids.forEach((id, number) => {
      const frame = frames.get(id);
      if (!frame) return;
      wanted.delete(id);
      if (frame.url) URL.revokeObjectURL(frame.url);
      frame.url = blobUrl(buffers[number], "image/jpeg");
      frame.img.src = frame.url;
      frame.drawn = frame.still;
    });
  }

  function show(id) {
    frames.get(picked)?.button.removeAttribute("aria-current");
    picked = id;
    const frame = frames.get(id);
    if (!frame) return;
    frame.button.setAttribute("aria-current", "true");
    const { offsetLeft: left, offsetWidth: width } = frame.button;
    if (left < element.scrollLeft + 24 || left + width > element.scrollLeft + element.clientWidth - 24) {
      element.scrollLeft = left - (element.clientWidth - width) / 2;
    }
  }

  // The shot that the film is at while it plays; null when it does not.
  function playing(id) {
    for (const frame of frames.values()) frame.button.toggleAttribute("data-playing", frame.id === id);
  }

  function clear() {
    seen.disconnect();
    clearTimeout(asking);
    for (const frame of frames.values()) if (frame.url) URL.revokeObjectURL(frame.url);
    frames.clear();
    wanted.clear();
  }

  const neighbour = (id, step) => {
    const ids = [...frames.keys()];
    return ids[Math.min(Math.max(ids.indexOf(id) + step, 0), ids.length - 1)];
  };
  return { element, setBoard, setStates, setStills, show, playing, neighbour, has: (id) => frames.has(id), clear };
}
