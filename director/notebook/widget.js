// The reshooting desk: one film, shot by shot. What it shows comes from the kernel as messages (widget_desk.py), what it
// asks for goes there; it keeps no film of its own, only which shot and take are looked at and what is not written yet.

import { button, el, icon, iconButton } from "./widget_dom.js";
import { latestOnly, openChannel } from "./widget_channel.js";
import { createStrip } from "./widget_strip.js";
import { createMask } from "./widget_mask.js";
import { createMonitor } from "./widget_monitor.js";
import { createTakes } from "./widget_takes.js";
import { createFields, createTakeCount } from "./widget_fields.js";
import { createFloor } from "./widget_floor.js";
import { KEY_HELP, bindKeys } from "./widget_keys.js";

const SAID_MS = 8000; // so long a sentence stays that asks for nothing

function render({ model, el: root }) {
  const channel = openChannel(model);
  let picked = null; // the shot that is looked at
  let shot = null; // what the kernel told of it
  let look = null; // the take that is looked at
  let before = null; // the take that was looked at before it
  let against = null; // the take that was chosen to compare it with
  let wantedTake = null; // to be looked at once it is told of
  let making = false;
  let keepWishes = false; // what is changed and not written outlives the next telling of the shot
  let quiet = 0;

  // --- the desk ---------------------------------------------------------------------------------------------------

  const title = el("span", { class: "wp-title", role: "title" }, "…");
  const facts = el("span", { class: "wp-facts" });
  const undo = iconButton("undo", "undo", "Undo", () => channel.ask("undo"));
  const redo = iconButton("redo", "redo", "Redo", () => channel.ask("redo"));
  const renderAll = button("render", "Make what is stale", () => channel.ask("render"));
  const cut = button("cut", "Cut the film", () => channel.ask("cut"));
  cut.prepend(icon("film"));
  const bar = el("span", { class: "wp-bar" }, el("i", {}));
  const making_what = el("span", {});
  const cancel = button("cancel", "Cancel", () => {
    making_what.textContent = "Stopping …";
    channel.ask("cancel");
  });
  const progress = el("span", { class: "wp-progress", role: "progress", hidden: true }, making_what, bar, cancel);
  const words = el("span", { class: "wp-words" });
  const closeWords = iconButton("dismiss", "clear", "Put away", () => say(""));
  const message = el("div", { class: "wp-message", role: "message", "aria-live": "polite", hidden: true }, words, closeWords);

  const strip = createStrip({ pick: pickShot, look: (shots) => channel.ask("look", { shots }) });
  const mask = createMask({ changed: () => (monitor.refresh(), tellDoing()) });
  const monitor = createMonitor({ mask, drawnAs, ended: playOn, viewed, askOther, askFilm: () => channel.ask("film"), at: (id) => strip.playing(id) });
  const takes = createTakes({ pick: pickTake, against: compareWith, circle, lock });
  const fields = createFields({ changed: change, noted: tellDoing, setHour: (scene, hour) => channel.ask("hour", { scene, hour }) });
  const floor = createFloor({ moved: change });
  const count = createTakeCount();
  const reset = button("reset", "Reset", letGo);

  const name = el("h3", { class: "wp-shot-name" });
  const told = el("p", { class: "wp-shot-told" });
  const doing = el("span", { class: "wp-doing" });
  const shoot = button("shoot", "Shoot", () => shootNow(), "wp-primary");
  const write = button("write", "Write down", () => channel.ask("write", { shot: picked, changes: changes() }));
  write.title = "Writes the change into the storyboard without a take of it";
  const stale = el("div", { class: "wp-stale", role: "stale", "aria-live": "polite" });
  const problems = el("ul", { class: "wp-problems", role: "problems" });
  const help = el("footer", { class: "wp-help", role: "help" }, ...KEY_HELP.map(([keys, act]) => el("span", {}, el("kbd", {}, keys), ` ${act}`)));

  const left = el("div", { class: "wp-left" }, monitor.element, takes.element);
  const right = el(
    "div",
    { class: "wp-right" },
    el("header", { class: "wp-shot-head" }, name, told, reset),
    fields.element,
    el("div", { class: "wp-ask" }, el("div", { class: "wp-ask-line" }, shoot, count.element, write, doing), stale, problems),
  );
  const desk = el(
    "div",
    { class: "wp-desk", role: "desk", tabindex: "0", "data-lm-suppress-shortcuts": "true" },
    el("header", { class: "wp-head" }, title, facts, el("span", { class: "wp-head-acts" }, progress, undo, redo, renderAll, cut)),
    el("div", { class: "wp-message-place" }, message),
    strip.element,
    el("div", { class: "wp-body" }, left, right, floor.element),
    help,
  );
  root.classList.add("wp-root");
  root.append(desk);

  // --- looking ------------------------------------------------------------------------------------------------------

  function pickShot(id) {
    if (!strip.has(id)) return;
    picked = id;
    shot = look = before = against = null;
    keepWishes = false;
    drawing.forget();
    monitor.empty();
    strip.show(id);
    channel.ask("open", { shot: id });
  }

  function pickTake(key) {
    const take = shot?.takes.find((one) => one.key === key);
    if (!take) return;
    if (look && look !== key) before = look;
    if (key === against) against = look; // they change sides
    look = key;
    takes.show(key, otherTake()?.key);
    if (monitor.view() === "film") monitor.setView("take");
    if (monitor.clip() !== key) channel.ask("clip", { shot: picked, take: key });
    else {
      monitor.setLabel(called(take, "A"));
      if (monitor.view() === "trial") monitor.setView("take");
    }
    askOther();
  }

  // What a take is compared with: the one that was chosen; else the circled one, or, when it is that itself, the one
  // looked at before.
  function otherTake() {
    const others = shot?.takes.filter((one) => one.key !== look) ?? [];
    return others.find((one) => one.key === against) ?? others.find((one) => one.circled) ?? others.find((one) => one.key === before) ?? others.at(-1);
  }

  function compareWith(key) {
    if (!key || !shot || shot.takes.length < 2) return;
    if (!comparing()) monitor.setView("wipe");
    if (key === look) return pickTake(otherTake()?.key);
    against = key;
    takes.show(look, key);
    askOther();
  }

  const comparing = () => ["wipe", "difference"].includes(monitor.view());

  function askOther() {
    const other = otherTake();
    if (!other || !comparing() || monitor.otherClip() === other.key) return;
    channel.ask("clip", { shot: picked, take: other.key });
  }

  const called = (take, side) => [comparing() ? side : "", `Take ${take.number}`, take.size, take.circled ? "circled" : ""].filter(Boolean).join(" · ");

  function viewed(view) {
    takes.comparing(comparing());
    const take = shot?.takes.find((one) => one.key === look);
    if (take) monitor.setLabel(called(take, "A"));
    if (view === "trial" || (view === "mask" && !look)) want();
    if (view === "mask" && look) monitor.refresh();
  }

  function playOn() {
    const next = strip.neighbour(picked, 1);
    if (next === picked) return;
    monitor.playSoon();
    pickShot(next);
  }

  // --- changing -----------------------------------------------------------------------------------------------------

  const changes = () => ({ ...fields.changes(), ...floor.changes() });
  const drawing = latestOnly((n, wish) => channel.ask("try", { n, ...wish }));
  const isChanged = () => Object.keys(changes()).length > 0;
  const want = () => picked && shot && drawing.want({ shot: picked, time_s: monitor.time_s(), changes: changes() });

  function drawnAs() {
    return `${isChanged() ? "Drawing of the change" : "Drawing, as it is"}${shot?.locked ? " · the shot is locked" : ""}`;
  }

  function change() {
    tellDoing();
    if (monitor.view() !== "trial") monitor.setView("trial");
    else want();
  }

  function tellDoing() {
    const changed = isChanged();
    write.disabled = !changed || !shot;
    reset.disabled = !changed && !mask.told();
    shoot.disabled = !shot || making;
    const locked = shot?.locked ? "locked: the film keeps its take until you circle another" : "";
    doing.textContent = [changed || locked ? "" : "as it is", mask.told(), locked].filter(Boolean).join("; ");
    if (!changed) stale.replaceChildren();
  }

  // Everything is as it is in the storyboard again.
  function letGo() {
    if (!shot) return;
    fields.restore();
    floor.setShot(shot.floor, false);
    mask.clear();
    tellProblems(shot.problems);
    monitor.setView(look ? "take" : "trial");
    tellDoing();
  }

  async function shootNow() {
    if (!picked || making) return;
    const png = await mask.png();
    channel.ask("shoot", { shot: picked, takes: count.read(), changes: changes() }, png ? [png] : []);
  }

  function circle() {
    if (look && shot && !shot.takes.find((one) => one.key === look)?.circled) channel.ask("circle", { shot: picked, take: look });
  }

  function lock() {
    if (shot) channel.ask("lock", { shot: picked, locked: !shot.locked });
  }

  function tellStale(list) {
    if (!isChanged()) return stale.replaceChildren();
    const fresh = list.filter((one) => one.shot !== picked);
    const heading = fresh.length ? `With this in the film, ${fresh.length === 1 ? "one more shot goes" : `${fresh.length} more shots go`} stale:` : "Nothing else goes stale.";
    const row = ({ shot: id, why }) => el("li", { title: why.join("; ") }, el("button", { class: "wp-link", type: "button", on: { click: () => pickShot(id) } }, id), ` ${why.join("; ")}`);
    stale.replaceChildren(el("p", {}, heading), el("ul", {}, ...fresh.map(row)));
  }

  function tellProblems(list) {
    problems.replaceChildren(...list.map((text) => el("li", { title: text }, text)));
  }

  function say(text, { isTrouble = false, stays = isTrouble } = {}) {
    words.textContent = text;
    message.hidden = !text;
    message.toggleAttribute("data-trouble", isTrouble);
    clearTimeout(quiet);
    if (text && !stays) quiet = setTimeout(() => say(""), SAID_MS);
  }

  // --- what the kernel tells ------------------------------------------------------------------------------------------

  channel.on("board", (board) => {
    const shots = board.scenes.reduce((sum, scene) => sum + scene.shots.length, 0);
    title.textContent = board.title;
    facts.textContent = `${board.scenes.length} scenes  ${shots} shots  ${board.width_px}×${board.height_px}  ${board.fps} fps  ${board.picture}`;
    monitor.setFilm(board);
    fields.setWords(board.words);
    strip.setBoard(board);
    pickShot(strip.has(picked) ? picked : board.scenes.find((scene) => scene.shots.length)?.shots[0].id);
    channel.ask("states"); // after the shot: what is looked at comes first
  });
  channel.on("states", ({ shots }) => {
    strip.setStates(shots);
    const tired = Object.values(shots).filter((one) => one.state === "stale").length;
    renderAll.textContent = tired ? `Make ${tired} stale` : "Nothing stale";
    renderAll.disabled = !tired || making;
  });
  channel.on("steps", (steps) => {
    undo.disabled = !steps.undo;
    undo.title = steps.undo ? `Undo: ${steps.undo}` : "Nothing to undo";
    redo.title = steps.redo ? `Redo: ${steps.redo}` : "Redo";
  });
  channel.on("stills", ({ shots }, buffers) => strip.setStills(shots, buffers));
  channel.on("take stills", ({ shot: id, takes: keys }, buffers) => id === picked && takes.setStills(keys, buffers));
  channel.on("shot", (next) => {
    if (next.shot !== picked) return;
    shot = next;
    told.textContent = next.told;
    told.title = [next.told, next.motive].filter(Boolean).join("\n");
    name.replaceChildren(next.shot, ...(next.locked ? [" ", icon("locked")] : []));
    fields.setShot(next, keepWishes);
    floor.setShot(next.floor, keepWishes);
    keepWishes = false;
    takes.setShot(next);
    tellProblems(next.problems);
    monitor.canCompare(next.takes.length > 1);
    tellDoing();
    const wanted = next.takes.find((one) => one.key === wantedTake) ?? next.takes.find((one) => one.key === look);
    const take = wanted ?? next.takes.find((one) => one.circled) ?? next.takes.at(-1);
    wantedTake = null;
    if (take) pickTake(take.key);
    else monitor.setView("trial");
  });
  channel.on("clip", ({ shot: id, take: key }, [buffer]) => {
    if (id !== picked) return;
    const take = shot?.takes.find((one) => one.key === key);
    if (!take) return;
    if (key === look) monitor.setClip(key, buffer, called(take, "A"));
    else if (key === otherTake()?.key) monitor.setOther(key, buffer, called(take, "B"));
  });
  channel.on("drawn", ({ shot: id, n }, [buffer]) => {
    if (id === picked) monitor.setDrawn(buffer);
    drawing.settled(n);
  });
  channel.on("would", (would) => {
    if (would.shot !== picked || !drawing.isLatest(would.n)) return;
    tellStale(would.stale);
    tellProblems([...(shot?.problems ?? []), ...would.problems]);
    fields.setDerived(would.fields);
    floor.setFloor(would.floor);
  });
  channel.on("film", ({ path, starts_s }, [buffer]) => {
    if (buffer) return monitor.setCut(buffer, starts_s, picked);
    say(`The film is too long to be played here. It lies in ${path}.`, { stays: true });
    if (monitor.view() === "film") monitor.setView(look ? "take" : "trial");
  });
  channel.on("shot takes", ({ shot: id, takes: keys }) => {
    if (id !== picked) return;
    wantedTake = keys[0];
    keepWishes = true;
    channel.ask("open", { shot: id });
  });
  channel.on("written", () => (picked && channel.ask("open", { shot: picked }), channel.ask("states")));
  channel.on("changed", () => say("The storyboard was changed elsewhere; this is how it is now."));
  channel.on("making", ({ what }) => setMaking(what));
  channel.on("progress", ({ step, share }) => {
    bar.firstChild.style.width = `${Math.round(share * 100)}%`;
    bar.title = `${step} ${Math.round(share * 100)} %`;
  });
  channel.on("made", () => (setMaking(""), channel.ask("states")));
  channel.on("said", ({ text }) => say(text));
  channel.on("trouble", ({ text, n }) => {
    say(text, { isTrouble: true });
    if (n) drawing.settled(n);
  });

  function setMaking(what) {
    making = Boolean(what);
    progress.hidden = !making;
    making_what.textContent = what;
    bar.firstChild.style.width = "0";
    for (const each of [shoot, cut, renderAll]) each.disabled = making;
    tellDoing();
  }

  // --- keys -----------------------------------------------------------------------------------------------------------

  const numbered = (number) => shot?.takes.find((one) => one.number === number)?.key;
  bindKeys(desk, {
    " ": monitor.toggle,
    j: () => monitor.shuttle(-1),
    k: monitor.pause,
    l: () => monitor.shuttle(1),
    c: circle,
    ArrowLeft: () => monitor.step(-1),
    ArrowRight: () => monitor.step(1),
    ArrowUp: () => pickShot(strip.neighbour(picked, -1)),
    ArrowDown: () => pickShot(strip.neighbour(picked, 1)),
    take: (number) => pickTake(numbered(number)),
    against: (number) => compareWith(numbered(number)),
    Escape: letGo,
  });

  // A button that was clicked gives the keys back to the desk: space then plays, and does not click again.
  desk.addEventListener("click", (event) => {
    if (event.detail > 0 && event.target.closest("button")) desk.focus({ preventScroll: true });
  });

  tellDoing();
  channel.ask("ready");
  return () => {
    channel.close();
    clearTimeout(quiet);
    drawing.forget();
    strip.clear();
    takes.clear();
    monitor.clear();
  };
}

export default { render };
