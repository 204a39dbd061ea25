// The monitor: a take as it plays, the drawing of a change, two takes across a wipe or as their difference, the frame to
// draw a mask on, and the cut film with its sound. At most two clips are held at a time, and the film only while it is
// looked at.

import { blobUrl, el, iconButton, setIcon, timecode } from "./widget_dom.js";

const VIEWS = { take: "Take", trial: "Drawing", wipe: "Wipe", difference: "Difference", mask: "Mask", film: "Film" };

export function createMonitor({ mask, drawnAs, ended, viewed, askOther, askFilm, at }) {
  const makeVideo = (role, names) => {
    const video = el("video", { class: names, role, playsinline: true, preload: "auto", tabindex: "-1" });
    video.muted = true; // takes have no sound
    return { video, url: null, key: null };
  };
  const main = makeVideo("video", "wp-picture");
  const other = makeVideo("other", "wp-picture wp-other");
  const film = makeVideo("film", "wp-picture wp-film");
  film.video.muted = false;
  const drawn = el("img", { class: "wp-picture", role: "drawn", alt: "" });
  const difference = el("canvas", { class: "wp-picture wp-difference", role: "difference" });
  const wipe = el("input", { class: "wp-wipe", role: "wipe", type: "range", min: "0", max: "100", value: "50", step: "0.5", "aria-label": "Wipe" });
  const wipeLine = el("span", { class: "wp-wipe-line" });
  const badge = el("span", { class: "wp-badge" });
  const otherBadge = el("span", { class: "wp-badge wp-badge-other" });
  const screen = el("div", { class: "wp-screen" }, main.video, other.video, film.video, difference, drawn, mask.canvas, wipeLine, wipe, badge, otherBadge);

  const tabs = Object.fromEntries(
    Object.entries(VIEWS).map(([name, label]) => [name, el("button", { class: "wp-button", type: "button", role: `view-${name}`, on: { click: () => setView(name) } }, label)]),
  );
  const views = el("div", { class: "wp-views" }, el("span", { class: "wp-segments" }, ...Object.values(tabs)), mask.toolbar);

  const playButton = iconButton("play", "play", "Play (space)", () => toggle());
  const loopButton = iconButton("loop", "loop", "Loop", () => setLoop(!main.video.loop));
  const onButton = iconButton("play-on", "on", "Play on into the next shot", () => setPlayOn(!playOn));
  const scrub = el("input", { class: "wp-range wp-scrub", role: "scrub", type: "range", min: "0", max: "1", value: "0", "aria-label": "Frame", on: { input: () => seek(Number(scrub.value)) } });
  const code = el("output", { class: "wp-timecode", role: "timecode" }, "00:00:00");
  const speedNote = el("span", { class: "wp-speed" });
  const transport = el(
    "div",
    { class: "wp-transport" },
    iconButton("step-back", "back", "One frame back (←)", () => step(-1)),
    playButton,
    iconButton("step-forward", "forward", "One frame on (→)", () => step(1)),
    scrub,
    speedNote,
    code,
    loopButton,
    onButton,
  );
  const element = el("div", { class: "wp-monitor", role: "monitor" }, views, screen, transport);

  let fps = 24;
  let view = "take";
  let playOn = false;
  let speed = 0; // below zero: backwards, frame by frame
  let backwardsSince = null;
  let ticking = 0;
  let labels = { main: "", other: "" };
  let wantsToPlay = false;
  let starts = []; // [shot, second of the film at which it begins], in the order of the cut

  const slot = () => (view === "film" ? film : main); // what plays
  const frames = () => Math.max(1, Math.round((slot().video.duration || 0) * fps));
  const frame = () => Math.min(Math.floor(slot().video.currentTime * fps + 1e-3), frames() - 1);
  const inTheMiddle = (number) => (number + 0.5) / fps; // of a frame, so that no rounding shows its neighbour

  function load(slot, key, buffer) {
    unload(slot);
    slot.key = key;
    slot.url = blobUrl(buffer, "video/mp4");
    slot.video.src = slot.url;
  }

  function unload(slot) {
    if (slot.url) URL.revokeObjectURL(slot.url);
    slot.url = slot.key = null;
    slot.video.removeAttribute("src");
    slot.video.load();
  }

  function setClip(key, buffer, label) {
    pause();
    load(main, key, buffer);
    labels.main = label;
    if (view === "trial") setView("take");
    refresh();
  }

  function setLabel(label) {
    labels.main = label;
    refresh();
  }

  function setOther(key, buffer, label) {
    load(other, key, buffer);
    labels.other = label;
    refresh();
  }

  main.video.addEventListener("loadedmetadata", () => {
    scrub.max = String(frames() - 1);
    if (wantsToPlay) play(1);
    wantsToPlay = false;
  });
  main.video.addEventListener("loadeddata", () => {
    main.video.dataset.ready = "true";
    show();
  });
  main.video.addEventListener("emptied", () => delete main.video.dataset.ready);
  main.video.addEventListener("seeked", show);
  film.video.addEventListener("seeked", show);
  film.video.addEventListener("ended", pause);
  other.video.addEventListener("loadeddata", () => seekOther());
  other.video.addEventListener("seeked", paintDifference);
  main.video.addEventListener("ended", () => {
    pause();
    if (playOn && !main.video.loop) ended();
  });

  // Everything that shows where we are.
  function show() {
    scrub.value = String(frame());
    code.textContent = timecode(frame() / fps, fps);
    code.title = `frame ${frame() + 1} of ${frames()}`;
    if (view === "film") tellFilm();
    paintDifference();
  }

  function tick() {
    ticking = requestAnimationFrame(tick);
    if (speed < 0) {
      const passed = (performance.now() - backwardsSince.at) / 1000;
      const to = Math.max(0, Math.floor(backwardsSince.frame + speed * passed * fps));
      if (to !== frame() && !slot().video.seeking) seek(to, false);
      if (to === 0) slot().video.loop ? startBackwards(frames() - 1) : pause();
    } else if (comparing() && Math.abs(other.video.currentTime - main.video.currentTime) > 1.5 / fps) {
      seekOther();
    }
    show();
  }

  const comparing = () => (view === "wipe" || view === "difference") && other.key !== null;
  const startBackwards = (from) => (backwardsSince = { at: performance.now(), frame: from });

  function play(at = 1) {
    if (!slot().key) return;
    if (view === "trial" || view === "mask") setView("take");
    pause();
    speed = at;
    if (at > 0) {
      if (slot().video.ended || frame() >= frames() - 1) seek(0);
      for (const { video, key } of comparing() ? [main, other] : [slot()]) {
        if (!key) continue;
        video.playbackRate = at;
        // It was replaced meanwhile; or the browser wants a click before there is sound.
        video.play().catch((refused) => refused.name === "NotAllowedError" && pause());
      }
    } else startBackwards(frame());
    ticking = requestAnimationFrame(tick);
    told();
  }

  function pause() {
    for (const { video } of [main, other, film]) video.pause();
    cancelAnimationFrame(ticking);
    if (speed !== 0) {
      speed = 0;
      if (slot().key) show();
    }
    told();
  }

  function told() {
    setIcon(playButton, speed === 0 ? "play" : "pause", speed === 0 ? "Play (space)" : "Pause (space)");
    speedNote.textContent = speed === 0 || speed === 1 ? "" : `${speed}×`.replace("-", "−");
    element.toggleAttribute("data-playing", speed !== 0);
  }

  const toggle = () => (speed === 0 ? play(1) : pause());
  // J and L: again is faster, the other way turns round.
  const shuttle = (way) => play(speed * way > 0 ? Math.sign(way) * Math.min(Math.abs(speed) * 2, 4) : way);

  function seek(number, stop = true) {
    if (!slot().key) return;
    if (stop && speed !== 0) pause();
    slot().video.currentTime = inTheMiddle(Math.min(Math.max(number, 0), frames() - 1));
    seekOther();
    if (view === "trial") setView("take");
  }

  function seekOther() {
    if (other.key) other.video.currentTime = Math.min(main.video.currentTime, Math.max((other.video.duration || 0) - 0.5 / fps, 0));
  }

  const step = (by) => seek(frame() + by);

  // Four times as bright as it is: what differs by a shade is to be seen.
  function paintDifference() {
    if (view !== "difference" || !comparing() || main.video.readyState < 2 || other.video.readyState < 2) return;
    const pen = difference.getContext("2d");
    pen.globalCompositeOperation = "copy";
    pen.drawImage(main.video, 0, 0, difference.width, difference.height);
    pen.globalCompositeOperation = "difference";
    pen.drawImage(other.video, 0, 0, difference.width, difference.height);
  }

  // The film, from the beginning of a shot; it is played at once.
  function setCut(buffer, begins, from) {
    load(film, "film", buffer);
    starts = Object.entries(begins);
    film.video.addEventListener(
      "loadedmetadata",
      () => {
        if (view !== "film") return;
        scrub.max = String(frames() - 1);
        seek(Math.round((begins[from] ?? 0) * fps));
        play(1);
      },
      { once: true },
    );
    if (view !== "film") setView("film", false);
    else refresh();
  }

  function tellFilm() {
    const now = film.video.currentTime;
    const shot = film.key ? starts.findLast(([, start]) => start <= now)?.[0] : null;
    badge.textContent = ["Film", shot].filter(Boolean).join(" · ");
    at(shot ?? null);
  }

  function setView(name, asks = true) {
    if (name !== view && (name === "film" || view === "film")) {
      pause();
      leaveFilm();
      view = name;
      scrub.max = String(frames() - 1);
      if (slot().key) show();
    }
    view = name;
    if (name === "film" && asks && !film.key) askFilm();
    if (name !== "take" && name !== "wipe" && name !== "difference" && name !== "film") pause();
    if (name === "wipe" || name === "difference") askOther();
    refresh();
    viewed(name);
  }

  function refresh() {
    element.dataset.view = view;
    for (const [name, tab] of Object.entries(tabs)) tab.setAttribute("aria-pressed", name === view);
    badge.textContent = view === "trial" ? drawnAs() : view === "mask" ? mask.told() || "Draw on the frame" : labels.main;
    if (view === "film") tellFilm();
    otherBadge.textContent = view === "wipe" ? labels.other : view === "difference" && labels.other ? `minus ${labels.other}, ×4` : "";
    setWipe();
    if (other.key) seekOther();
    paintDifference();
  }

  // It may be long: it is held for as long as it is looked at.
  function leaveFilm() {
    if (view !== "film" || !film.key) return;
    unload(film);
    at(null);
  }

  function setWipe() {
    const share = Number(wipe.value);
    other.video.style.clipPath = view === "wipe" ? `inset(0 0 0 ${share}%)` : "";
    wipeLine.style.left = `${share}%`;
  }
  wipe.addEventListener("input", setWipe);

  function setDrawn(buffer) {
    const url = blobUrl(buffer, "image/jpeg");
    const old = drawn.src;
    drawn.src = url;
    refresh();
    if (old.startsWith("blob:")) URL.revokeObjectURL(old);
  }

  function setLoop(on) {
    main.video.loop = other.video.loop = film.video.loop = on;
    loopButton.setAttribute("aria-pressed", on);
  }

  function setPlayOn(on) {
    playOn = on;
    onButton.setAttribute("aria-pressed", on);
  }

  // Before another shot is looked at: nothing of this one stays in memory.
  function empty() {
    if (view === "film") setView("take");
    pause();
    unload(main);
    unload(other);
    labels = { main: "", other: "" };
    mask.clear();
    scrub.value = "0";
    code.textContent = timecode(0, fps);
  }

  function clear() {
    empty();
    if (drawn.src.startsWith("blob:")) URL.revokeObjectURL(drawn.src);
  }

  function setFilm({ fps: rate, width_px: width, height_px: height }) {
    fps = rate;
    screen.style.aspectRatio = `${width} / ${height}`;
    element.style.setProperty("--wp-aspect", width / height);
    Object.assign(difference, { width, height });
    mask.setSize(width, height);
  }

  setPlayOn(false);
  setLoop(false);
  refresh();
  return {
    element,
    setFilm,
    setClip,
    setLabel,
    setOther,
    setCut,
    setDrawn,
    setView,
    refresh,
    empty,
    clear,
    toggle,
    pause,
    shuttle,
    step,
    playSoon: () => (wantsToPlay = true),
    canCompare: (can) => ["wipe", "difference"].forEach((name) => (tabs[name].disabled = !can)),
    clip: () => main.key,
    otherClip: () => other.key,
    view: () => view,
    time_s: () => (main.key && view !== "film" ? frame() / fps : 0),
    looping: () => main.video.loop,
  };
}
