// Plays a list of segments, each a stretch of a clip or a still, frame by frame: the whole film, or one shot's take.
//
// A segment: {start, frames, url, from, still, words, shot}; `from` is the clip's frame that it begins with.

const LEEWAY = 1e-3; // of a frame: a clip's time is a float

export class Player extends EventTarget {
  constructor(elements, fps) {
    super();
    Object.assign(this, elements);
    this.fps = fps;
    this.segments = [];
    this.frame = 0;
    this.rate = 0; // 0 is a pause; -2 runs backwards at twice the speed
    this.range = null; // [first, end) to go round in
    this.at = 0;
    this.tick = this.tick.bind(this);
    this.a.addEventListener("seeked", () => this.catchUp());
    this.a.addEventListener("loadeddata", () => this.catchUp());
  }

  get frames() {
    const last = this.segments.at(-1);
    return last ? last.start + last.frames : 0;
  }

  get playing() { return this.rate !== 0; }

  load(segments, frame = 0) {
    this.stop();
    this.segments = segments;
    this.range = null;
    this.segment = null;
    this.seek(frame);
  }

  // Lays another take over this one; `null` takes it away.
  compare(url) {
    this.b.hidden = !url;
    this.wipe.hidden = !url;
    if (url) {
      this.b.src = url;
      this.b.onloadeddata = () => this.follow(true);
    } else {
      this.b.removeAttribute("src");
      this.b.load();
    }
  }

  seek(frame) {
    this.frame = Math.min(Math.max(Math.round(frame), 0), Math.max(this.frames - 1, 0));
    this.show();
    if (this.playing) this.start();
    this.dispatchEvent(new Event("frame"));
  }

  play(rate = 1) {
    if (rate > 0 && this.frame >= this.end - 1) this.frame = this.first;
    this.rate = rate;
    this.show();
    this.start();
    this.dispatchEvent(new Event("state"));
  }

  stop() {
    if (!this.playing) return;
    this.rate = 0;
    this.a.pause();
    this.b.pause();
    this.show();
    this.dispatchEvent(new Event("state"));
  }

  step(frames) {
    this.stop();
    this.seek(this.frame + frames);
  }

  get first() { return this.range ? this.range[0] : 0; }

  get end() { return this.range ? this.range[1] : this.frames; }

  // Puts the picture of `frame` up.
  show() {
    const segment = this.segments.findLast((one) => one.start <= this.frame) ?? this.segments[0];
    if (!segment) return;
    if (segment !== this.segment) {
      this.segment = segment;
      this.a.hidden = !segment.url;
      this.still.hidden = Boolean(segment.url) || !segment.still;
      this.card.hidden = Boolean(segment.url || segment.still);
      this.card.replaceChildren(...(segment.words ?? []).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
      if (segment.still && !segment.url) this.still.src = segment.still;
      if (segment.url && this.a.getAttribute("src") !== segment.url) this.a.src = segment.url;
      if (!segment.url) this.a.pause();
    }
    this.catchUp();
  }

  // Brings the clip to where we are; a clip that is still seeking is asked again once it has.
  catchUp() {
    const segment = this.segment;
    if (!segment?.url || this.a.seeking || this.a.readyState < 1) return;
    const wanted = (segment.from + this.frame - segment.start + 0.5) / this.fps;
    const off = Math.abs(this.a.currentTime - wanted) * this.fps;
    if (this.rate > 0 ? off > 2.5 : off > 0.45) this.a.currentTime = wanted;
    if (this.rate > 0 && this.a.paused) this.start();
    this.follow(this.rate <= 0);
  }

  follow(exactly) {
    if (this.b.hidden || this.b.seeking || this.b.readyState < 1) return;
    const wanted = Math.min(this.a.currentTime, Math.max(0, this.b.duration - 0.5 / this.fps));
    if (Math.abs(this.b.currentTime - wanted) * this.fps > (exactly ? 0.2 : 2)) this.b.currentTime = wanted;
  }

  start() {
    this.at = performance.now();
    this.exact = this.frame;
    if (this.segment?.url && this.rate > 0) {
      this.a.playbackRate = this.b.playbackRate = this.rate;
      this.a.play().catch(() => this.stop());
      if (!this.b.hidden) this.b.play().catch(() => {});
    } else {
      this.a.pause();
      this.b.pause();
    }
    if (!this.going) this.going = requestAnimationFrame(this.tick);
  }

  tick(now) {
    this.going = 0;
    if (!this.playing) return;
    const segment = this.segment;
    let frame;
    if (segment.url && this.rate > 0) {
      const ready = !this.a.seeking && this.a.readyState >= 2;
      frame = ready ? segment.start + Math.floor(this.a.currentTime * this.fps + LEEWAY) - segment.from : this.frame;
      if (this.a.ended) frame = segment.start + segment.frames;
      this.follow(false);
    } else {
      this.exact += ((now - this.at) / 1000) * this.fps * this.rate;
      frame = Math.floor(this.exact);
    }
    this.at = now;
    this.reach(frame);
    if (this.playing) this.going ||= requestAnimationFrame(this.tick);
  }

  reach(frame) {
    if (frame === this.frame) return;
    if (this.rate > 0 && frame >= this.end) {
      if (this.range) return this.seek(this.first);
      this.frame = this.end - 1;
      this.dispatchEvent(new Event("frame"));
      return this.stop();
    }
    if (this.rate < 0 && frame < this.first) {
      this.seek(this.first);
      return this.stop();
    }
    const left = frame < this.segment.start || frame >= this.segment.start + this.segment.frames;
    this.frame = frame;
    if (left) {
      this.show();
      this.start();
    } else if (this.rate < 0) this.catchUp();
    this.dispatchEvent(new Event("frame"));
  }
}
