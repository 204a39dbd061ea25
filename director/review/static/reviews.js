// What was said of the film: kept by the server, or, in a folder that was mailed, by this browser until it is saved.

class Review extends EventTarget {
  constructor(review) {
    super();
    this.take(review);
  }

  take(review) {
    this.comments = review.comments.filter((comment) => !comment.removed);
    this.verdicts = new Map(review.verdicts.map((verdict) => [verdict.shot, verdict]));
    this.dispatchEvent(new Event("change"));
  }

  // The verdict on a shot as it is shown: "open" where it was said of another take.
  state(shot) {
    const verdict = this.verdicts.get(shot.id);
    if (!verdict || verdict.state === "open") return "open";
    return verdict.take === shot.take ? verdict.state : "open";
  }
}

export class ServedReview extends Review {
  constructor(review) {
    super(review);
    this.last = JSON.stringify(review);
    setInterval(() => document.hidden || this.look().catch(() => {}), 3000);
  }

  async look() {
    const review = await answered(await fetch("comments.json"));
    const text = JSON.stringify(review);
    if (text === this.last) return;
    this.last = text;
    this.take(review);
  }

  add(said) { return this.send("POST", "comments", said); }

  edit(id, changes) { return this.send("PATCH", "comments", { id, ...changes }); }

  judge(said) { return this.send("PUT", "verdicts", said); }

  async send(method, where, said) {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(where, { method, headers, body: JSON.stringify(said) }).catch(() => new Response(null, { status: 503 }));
    const made = await answered(response);
    await this.look();
    return made;
  }
}

async function answered(response) {
  const said = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(said.error ?? "Not kept: the review has ended. Start workprint review again and open its link.");
  return said;
}

export class KeptReview extends Review {
  constructor(review, name) {
    super(review);
    this.all = review;
    this.name = `workprint-review:${name}`;
    try {
      const kept = JSON.parse(localStorage.getItem(this.name) ?? "null");
      if (kept) {
        this.all = kept;
        this.take(kept);
      }
    } catch { /* a browser that keeps nothing for files: comments last until the page is closed */ }
  }

  get unsaved() { return this.all.comments.some((comment) => comment.mine) || this.all.verdicts.some((one) => one.mine); }

  async add(said) {
    const at = new Date().toISOString();
    const made = { by: "", take: "", strokes: [], ...said, id: newId(), resolved: false, removed: false, made: at, changed: at, mine: true };
    return this.keep({ ...this.all, comments: [...this.all.comments, made] }, made);
  }

  async edit(id, changes) {
    const there = this.all.comments.find((comment) => comment.id === id);
    const made = { ...there, ...changes, changed: new Date().toISOString(), mine: true };
    return this.keep({ ...this.all, comments: this.all.comments.map((one) => (one === there ? made : one)) }, made);
  }

  async judge(said) {
    const made = { by: "", take: "", ...said, changed: new Date().toISOString(), mine: true };
    const others = this.all.verdicts.filter((verdict) => verdict.shot !== said.shot);
    return this.keep({ ...this.all, verdicts: [...others, made] }, made);
  }

  keep(review, made) {
    this.all = review;
    try {
      localStorage.setItem(this.name, JSON.stringify(review));
    } catch { /* as above */ }
    this.take(review);
    return made;
  }

  // Everything, in the form that `workprint review --import` takes in.
  text() {
    const plain = ({ mine, ...rest }) => rest;
    const said = { ...this.all, comments: this.all.comments.map(plain), verdicts: this.all.verdicts.map(plain) };
    return JSON.stringify(said, null, 1);
  }
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
