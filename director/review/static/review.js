// The review page: puts the parts together, and the keys on them.
import { h, tool, icon } from "./dom.js";
import { filmFrame, spanAt, takeSecond, timecode } from "./clock.js";
import { KeptReview, ServedReview } from "./reviews.js";
import { Player } from "./player.js";
import { Drawing } from "./drawing.js";
import { Timeline } from "./timeline.js";
import { ShotList } from "./shots.js";
import { Facts } from "./facts.js";
import { CommentPanel } from "./comments.js";

const KEYS = [
  ["Space", "play, stop"], ["L, K, J", "forward, stop, backward; again for faster"], ["← →", "a frame"], ["Shift ← →", "a second"],
  ["↑ ↓", "shot before, shot after"], ["Home, End", "beginning, end"], ["O", "go round in this shot"], ["M", "sound on, off"],
  ["C", "write a comment"], ["D", "draw on the picture"], ["A", "approve the shot"], ["X", "reject the shot"],
  ["1 – 9", "look at a take"], ["Esc", "back to the film"], ["?", "these keys"],
];
const element = (id) => document.getElementById(id);

async function main() {
  const embedded = element("film-data");
  const told = embedded ? JSON.parse(embedded.textContent) : await (await fetch("film.json")).json();
  if (told.error) throw new Error(told.error);
  page(filmOf(told), embedded ? new KeptReview(told.review, told.exported) : new ServedReview(told.review), Boolean(embedded));
}

// What was told, with what is looked up in it.
function filmOf(told) {
  const film = { ...told };
  film.shotOf = new Map(film.shots.map((shot) => [shot.id, shot]));
  film.spanOf = new Map(film.spans.filter((span) => span.shot).map((span) => [span.shot, span]));
  film.shownFrames = (shot) => film.spanOf.get(shot.id)?.frames ?? shot.frames;
  film.sceneFrames = film.scenes.map((scene) => scene.shots.reduce((sum, name) => sum + (film.spanOf.get(name)?.frames ?? 0), 0));
  return film;
}

function page(film, review, mailed) {
  document.title = `${film.title}: review`;
  element("title").textContent = film.title;
  element("picture").style.aspectRatio = `${film.width} / ${film.height}`;
  element("frame").style.setProperty("--shape", film.width / film.height);
  const elements = Object.fromEntries(["a", "b", "still", "card", "wipe"].map((id) => [id, element(id)]));
  const player = new Player(elements, film.fps);
  const drawing = new Drawing(element("strokes"), film.width, film.height);
  const timeline = new Timeline(element("timeline"), element("hover"), film, review);
  const list = new ShotList(element("list"), element("filter"), film, review);
  const facts = new Facts(element("shot"), film, review, takesOf);
  const talk = new CommentPanel(element("comments"), film, review, drawing);
  let looking = null; // {shot, take, other}: a take in place of the film
  let place = 0; // where the film was left
  let fresh = true; // nobody has played or moved yet

  const spanNow = () => (looking ? film.spanOf.get(looking.shot) : spanAt(film.spans, player.frame));
  const shotNow = () => looking?.shot ?? spanNow()?.shot ?? "";

  async function takesOf(name) {
    if (mailed) return film.takes[name] ?? [];
    return (await (await fetch(`takes.json?${new URLSearchParams({ shot: name })}`)).json()).takes;
  }

  // The film from disk, or, where it is not cut yet, its shots one after another.
  function reel() {
    if (film.film) return [{ start: 0, frames: film.frames, url: film.film, from: 0 }];
    return film.spans.map((span) => {
      const shot = film.shotOf.get(span.shot);
      return { start: span.start, frames: span.frames, url: shot?.media, from: span.head, still: shot?.still, words: span.words };
    });
  }

  function moment() {
    if (looking) {
      const frame = filmFrame(film, looking.shot, player.frame / film.fps) ?? player.frame;
      return { shot: looking.shot, at_s: Math.round((player.frame / film.fps) * 1000) / 1000, take: looking.take.key, frame };
    }
    const span = spanNow();
    return span?.shot && film.shotOf.has(span.shot) ? { shot: span.shot, at_s: takeSecond(film, span, player.frame), take: span.take, frame: player.frame } : null;
  }

  function showFrame() {
    const span = spanNow();
    const name = shotNow();
    const now = moment();
    const frame = looking ? (now.frame ?? 0) : player.frame;
    clock.textContent = timecode(player.frame, film.fps);
    whole.textContent = timecode(player.frames, film.fps);
    timeline.place(frame, `${name || "card"}, ${timecode(frame, film.fps)}`);
    list.mark(name);
    facts.show(name, film.gone.includes(name));
    talk.at(now);
    drawn(now, span);
  }

  // Drawings stand for their frame, and half a second on while the film runs.
  function drawn(now) {
    const near = player.playing ? film.fps / 2 : 0.6;
    const strokes = now ? review.comments.filter((comment) => comment.strokes.length && comment.shot === now.shot && (!comment.resolved || comment.id === talk.chosen)) : [];
    const here = strokes.filter((comment) => Math.abs((now.at_s - comment.at_s) * film.fps - (player.playing ? near / 2 : 0)) <= near);
    drawing.show(here.flatMap((comment) => comment.strokes));
  }

  function showState() {
    play.replaceChildren(icon(player.rate ? "pause" : "play"));
    play.setAttribute("aria-label", player.rate ? "Stop" : "Play");
    speed.textContent = player.rate && player.rate !== 1 ? `${player.rate < 0 ? "◀ " : ""}${Math.abs(player.rate)}×` : "";
    loop.setAttribute("aria-pressed", String(Boolean(player.range)));
    drawn(moment());
  }

  function look(what) {
    const before = looking;
    if (!before) place = player.frame;
    looking = what;
    player.compare(what?.other?.media ?? null);
    wiper.hidden = !what?.other;
    const viewing = element("viewing");
    viewing.hidden = !what;
    if (!what) {
      player.load(reel(), place);
    } else {
      const span = film.spanOf.get(what.shot);
      const at = span && !before ? takeFrame(span) : 0;
      const still = film.shotOf.get(what.shot)?.still;
      player.load([{ start: 0, frames: what.take.frames, url: what.take.media, from: 0, still }], at);
      player.range = [0, what.take.frames];
      const name = what.take.number ? `Take ${what.take.number} of ${what.shot}` : `${what.shot} is not in this cut`;
      viewing.replaceChildren(
        what.other ? `${name} left, take ${what.other.number} right` : name,
        h("button", { onclick: () => leave() }, film.film ? "Back to the film" : "Back"),
      );
    }
    showState();
  }

  const takeFrame = (span) => Math.min(Math.max(place - span.start, 0), span.frames - 1) + span.head;

  function leave() {
    facts.leave();
    if (looking) look(null);
  }

  // To a shot; one that the cut does not have is looked at by itself.
  function goTo(name, frame) {
    const span = film.spanOf.get(name);
    const shot = film.shotOf.get(name);
    if (span) {
      leave();
      player.range = null;
      player.seek(frame ?? span.start);
    } else if (shot) {
      look({ shot: name, take: { number: "", key: shot.take, media: shot.media, frames: shot.frames } });
    }
    showState();
  }

  function neighbour(way) {
    const names = film.spans.filter((span) => span.shot && !list.rows.get(span.shot)?.hidden);
    const now = player.frame;
    const next = way > 0 ? names.find((span) => span.start > now) : names.findLast((span) => span.start < now - (now > spanNow().start + 6 ? 0 : 1) && span.start < now);
    if (next) goTo(next.shot);
  }

  function goRound() {
    if (looking) player.range = player.range ? null : [0, player.frames];
    else {
      const span = spanNow();
      player.range = !player.range && span ? [span.start, span.start + span.frames] : null;
    }
    showState();
  }

  const shuttle = (way) => player.play(player.rate * way > 0 ? Math.min(Math.abs(player.rate) * 2, 8) * way : way);

  async function judge(state) {
    const shot = film.shotOf.get(shotNow());
    if (!shot) return;
    try {
      await review.judge({ shot: shot.id, state, by: talk.name.value, take: shot.take });
    } catch (error) {
      talk.tell(error);
    }
  }

  const verdict = (wanted) => {
    const shot = film.shotOf.get(shotNow());
    if (shot) judge(review.state(shot) === wanted ? "open" : wanted);
  };

  function toggle() {
    if (player.playing) return player.stop();
    if (fresh && !looking && player.frame === poster) player.seek(0);
    fresh = false;
    player.play();
  }

  const play = tool("play", "Play", "Space", toggle, { id: "play" });
  const loop = tool("loop", "Go round in this shot", "O", goRound, { "aria-pressed": "false" });
  const sound = tool("sound", "Sound", "M", () => mute());
  const clock = h("output", { class: "clock", "aria-label": "Timecode" });
  const whole = h("span", { class: "clock dim" });
  const speed = h("span", { class: "speed" });
  const wiper = h("input", { type: "range", min: 0, max: 100, value: 50, "aria-label": "Wipe between the two takes", hidden: true, oninput: () => wipe(wiper.value / 100) });
  element("transport").append(
    clock, whole, speed, h("span", { class: "gap" }),
    tool("first", "Shot before", "↑", () => neighbour(-1)), tool("back", "A frame back", "←", () => player.step(-1)), play,
    tool("on", "A frame on", "→", () => player.step(1)), tool("last", "Shot after", "↓", () => neighbour(1)),
    h("span", { class: "gap" }), wiper, loop, sound, tool("full", "Whole screen", "F", () => whole_screen()),
  );

  function mute() {
    player.a.muted = !player.a.muted;
    sound.replaceChildren(icon(player.a.muted ? "mute" : "sound"));
  }

  function whole_screen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else element("frame").requestFullscreen?.();
  }

  function wipe(share) {
    element("picture").style.setProperty("--wipe", `${share * 100}%`);
    wiper.value = share * 100;
  }

  wipe(0.5);
  element("picture").addEventListener("pointermove", (event) => {
    if (!looking?.other || event.buttons !== 1 || drawing.on) return;
    const box = element("picture").getBoundingClientRect();
    wipe(Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1));
  });
  element("picture").addEventListener("click", () => {
    if (!drawing.on && !looking?.other) toggle();
  });

  player.addEventListener("frame", showFrame);
  player.addEventListener("state", showState);
  timeline.addEventListener("seek", (event) => { leave(); player.range = null; player.seek(event.detail); });
  list.addEventListener("choose", (event) => goTo(event.detail));
  facts.addEventListener("look", (event) => look(event.detail));
  facts.addEventListener("judge", (event) => judge(event.detail));
  drawing.addEventListener("change", () => drawn(moment()));
  talk.addEventListener("hold", () => player.stop());
  talk.addEventListener("go", (event) => {
    const comment = event.detail;
    const frame = filmFrame(film, comment.shot, comment.at_s);
    player.stop();
    if (frame !== null || film.shotOf.has(comment.shot)) goTo(comment.shot, frame ?? undefined);
    talk.choose(comment.id, false);
    showFrame();
  });
  review.addEventListener("change", () => {
    list.refresh();
    facts.refresh();
    talk.refresh();
    timeline.draw();
    drawn(moment());
    tally();
  });

  function tally() {
    const open = review.comments.filter((comment) => !comment.resolved).length;
    const { approved, rejected, all } = list.counts;
    element("tally").textContent = `${approved} of ${all} shots approved, ${rejected} rejected, ${open} open comment${open === 1 ? "" : "s"}`;
    element("save").hidden = !mailed || !review.unsaved;
  }

  notices(film, mailed);
  tabs();
  help();
  keys();
  element("save").addEventListener("click", () => save(review, film.title));
  tally();
  const opening = film.spans.find((span) => span.shot) ?? { start: 0, frames: 0 };
  player.load(reel(), opening.start + (opening.frames >> 1)); // a picture, where the film itself begins in black
  const poster = player.frame;
  showState();

  function keys() {
    const acts = {
      " ": toggle,
      k: () => player.stop(), l: () => shuttle(1), j: () => shuttle(-1),
      arrowleft: (event) => player.step(event.shiftKey ? -film.fps : -1), arrowright: (event) => player.step(event.shiftKey ? film.fps : 1),
      arrowup: () => neighbour(-1), arrowdown: () => neighbour(1), home: () => player.step(-player.frames), end: () => player.step(player.frames),
      o: goRound, m: mute, f: whole_screen, a: () => verdict("approved"), x: () => verdict("rejected"),
      c: () => { player.stop(); talk.text.focus(); }, d: () => talk.drawOn(), "?": () => element("keys").showModal(),
      escape: () => (drawing.on || drawing.strokes.length ? (drawing.enable(false), drawing.clear()) : leave()),
    };
    // A button that the pointer pressed gives the keys back: space plays after a shot was clicked.
    addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (event.detail && button && button === document.activeElement) button.blur();
    });
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, dialog[open]")) return;
      const key = event.key.toLowerCase();
      if ((key === " " || key === "enter") && event.target.closest("button")) return;
      if (/^[1-9]$/.test(key)) {
        const take = facts.takes[Number(key) - 1];
        if (take) facts.look(take);
      } else if (acts[key]) acts[key](event);
      else return;
      event.preventDefault();
    });
  }
}

// What is plainly said above the picture.
function notices(film, mailed) {
  const some = (names) => names.slice(0, 4).join(", ") + (names.length > 4 ? ` and ${names.length - 4} more` : "");
  const said = [];
  if (!film.film && film.drawn.length) {
    const all = film.drawn.length === film.shots.length;
    said.push(all ? "Nothing is rendered yet: drawn stills stand in, and there is no sound." : `Not cut yet, and without sound. Drawn stills stand in for ${some(film.drawn)}.`);
  } else if (!film.film) said.push("Not cut yet: the takes run one after another, without sound.");
  else if (film.changed.length && !mailed) said.push(`The storyboard has changed since this cut: ${some(film.changed)}. Cut the film again to see it.`);
  for (const problem of film.problems) said.push(`${problem.what}.`);
  element("notice").textContent = said.join(" ");
  element("notice").hidden = !said.length;
}

function tabs() {
  const buttons = [["comments", "Comments"], ["shot", "Shot"], ["shots", "Shots"]].map(([name, label]) => {
    const button = h("button", { "aria-pressed": String(name === "comments"), onclick: () => {
      document.body.dataset.tab = name;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    } }, label);
    return button;
  });
  element("tabs").append(...buttons);
}

function help() {
  const dialog = element("keys");
  dialog.append(h("h2", {}, "Keys"), h("dl", {}, KEYS.map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])), h("form", { method: "dialog" }, h("button", {}, "Close")));
  element("help").addEventListener("click", () => dialog.showModal());
}

function save(review, title) {
  const link = h("a", { download: `${title.replace(/[^\p{L}\p{N}]+/gu, "-") || "film"}-comments.json`, href: URL.createObjectURL(new Blob([review.text()], { type: "application/json" })) });
  link.click();
  URL.revokeObjectURL(link.href);
}

main().catch((error) => {
  document.getElementById("notice").textContent = error.message;
  document.getElementById("notice").hidden = false;
});
