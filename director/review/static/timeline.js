// The film as a strip: its shots, toned by scene, with verdicts under them and comments as pins above.
import { filmFrame, spanAt, timecode } from "./clock.js";

const PINS = 14; // height of the row of comment pins, px

export class Timeline extends EventTarget {
  constructor(root, hover, film, review) {
    super();
    Object.assign(this, { root, hover, film, review });
    this.canvas = root.querySelector("canvas");
    this.line = root.querySelector("#head-line");
    root.setAttribute("aria-valuemax", Math.max(film.frames - 1, 0));
    this.sceneOf = new Map(film.scenes.flatMap((scene, place) => scene.shots.map((shot) => [shot, place])));
    new ResizeObserver(() => this.draw()).observe(root);
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => this.draw());
    root.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      root.setPointerCapture(event.pointerId);
      this.dragging = true;
      this.go(event);
    });
    root.addEventListener("pointermove", (event) => (this.dragging ? this.go(event) : this.tell(event)));
    for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => (this.dragging = false));
    root.addEventListener("pointerleave", () => (hover.hidden = true));
  }

  at(event) {
    const box = this.root.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * (this.film.frames - 1);
  }

  go(event) {
    this.hover.hidden = true;
    this.dispatchEvent(new CustomEvent("seek", { detail: Math.round(this.at(event)) }));
  }

  tell(event) {
    if (event.pointerType === "touch") return;
    const frame = this.at(event);
    const span = spanAt(this.film.spans, frame);
    const shot = this.film.shotOf.get(span?.shot);
    const picture = this.hover.querySelector("img");
    picture.hidden = !shot;
    if (shot && picture.getAttribute("src") !== shot.thumb) picture.src = shot.thumb;
    this.hover.querySelector("figcaption").textContent = `${span?.shot || "card"}  ${timecode(frame, this.film.fps)}`;
    this.hover.hidden = false;
    const box = this.root.getBoundingClientRect();
    const half = this.hover.offsetWidth / 2;
    this.hover.style.left = `${Math.min(Math.max(event.clientX, half + 8), innerWidth - half - 8)}px`;
    this.hover.style.top = `${box.top - 8}px`;
  }

  // The playhead alone moves from frame to frame.
  place(frame, text) {
    const share = this.film.frames > 1 ? frame / (this.film.frames - 1) : 0;
    this.line.style.left = `${share * 100}%`;
    this.root.setAttribute("aria-valuenow", frame);
    this.root.setAttribute("aria-valuetext", text);
    const span = spanAt(this.film.spans, frame);
    if (span !== this.current) {
      this.current = span;
      this.draw();
    }
  }

  draw() {
    const { film, canvas, root } = this;
    const scale = devicePixelRatio || 1;
    const width = root.clientWidth;
    const height = root.clientHeight;
    if (!width || !film.frames) return;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const ink = canvas.getContext("2d");
    ink.scale(scale, scale);
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue(name).trim();
    const x = (frame) => (frame / film.frames) * width;
    const gap = width / film.spans.length > 5 ? 1 : 0;
    for (const span of film.spans) {
      const left = x(span.start);
      const wide = Math.max(x(span.start + span.frames) - left - gap, 0.5);
      const shot = film.shotOf.get(span.shot);
      const place = this.sceneOf.get(span.shot);
      ink.fillStyle = colour(!span.shot ? "--strip-card" : span === this.current ? "--strip-now" : place % 2 ? "--strip-odd" : "--strip");
      ink.fillRect(left, PINS, wide, height - PINS);
      const state = shot ? this.review.state(shot) : "open";
      if (state !== "open") {
        ink.fillStyle = colour(state === "approved" ? "--good" : "--bad");
        ink.fillRect(left, height - 4, wide, 4);
      }
    }
    ink.font = `600 11px ${style.fontFamily}`;
    ink.fillStyle = colour("--text");
    for (const [place, scene] of film.scenes.entries()) {
      const first = scene.shots.map((shot) => film.spanOf.get(shot)).find(Boolean);
      const text = String(scene.number);
      if (first && ink.measureText(text).width + 8 < x(film.sceneFrames[place])) ink.fillText(text, x(first.start) + 5, PINS + 15);
    }
    for (const comment of this.review.comments) {
      const frame = filmFrame(film, comment.shot, comment.at_s);
      if (frame === null) continue;
      ink.beginPath();
      ink.arc(x(frame), PINS / 2 - 0.5, comment.resolved ? 2 : 3.5, 0, 7);
      ink.fillStyle = colour(comment.resolved ? "--faint" : "--accent");
      ink.fill();
    }
  }
}
