// The comments in the order of the film, and the box in which one is written.
import { h, icon } from "./dom.js";
import { ago, filmFrame, timecode } from "./clock.js";
import { COLOURS } from "./drawing.js";

const NAME = "workprint-review-name";

export class CommentPanel extends EventTarget {
  constructor(root, film, review, drawing) {
    super();
    Object.assign(this, { root, film, review, drawing, only: false, resolved: false, moment: null });
    this.list = h("ol", { id: "said" });
    this.text = h("textarea", { rows: 2, maxlength: 4000, "aria-label": "Comment", placeholder: "Say something of this moment", onkeydown: (event) => this.typed(event), onfocus: () => this.dispatchEvent(new Event("hold")) });
    this.name = h("input", { maxlength: 80, placeholder: "Your name", "aria-label": "Your name", autocomplete: "name", value: kept(NAME), onchange: () => keep(NAME, this.name.value) });
    this.when = h("span", { class: "when" });
    this.pens = h("span", { class: "pens", role: "group", "aria-label": "Colour" }, COLOURS.map((colour) =>
      h("button", { type: "button", class: `dot ${colour}`, "aria-label": colour, title: colour, onclick: () => this.pen(colour) })));
    this.draw = h("button", { type: "button", class: "draw", title: "Draw on the picture (D)", onclick: () => this.drawOn() }, icon("pen"), "Draw");
    this.back = h("button", { type: "button", onclick: () => this.drawing.undo() }, "Undo line");
    this.post = h("button", { type: "submit", class: "main", title: "Ctrl+Enter" }, "Comment");
    this.trouble = h("p", { class: "trouble", role: "alert", hidden: true });
    this.gone = h("p", { class: "gone", role: "status", hidden: true });
    this.box = h("form", { onsubmit: (event) => this.submit(event) },
      h("div", { class: "line" }, this.when, this.draw, this.pens, this.back), this.text, h("div", { class: "line" }, this.name, this.post), this.trouble, this.gone);
    this.onlyHere = h("button", { "aria-pressed": "false", onclick: () => this.toggle("only", this.onlyHere) }, "This shot");
    this.withResolved = h("button", { "aria-pressed": "false", onclick: () => this.toggle("resolved", this.withResolved) }, "Resolved");
    root.append(h("header", { class: "bar" }, h("h2", {}, "Comments"), this.onlyHere, this.withResolved), this.list, this.box);
    drawing.addEventListener("change", () => this.pencil());
    this.pencil();
    this.refresh();
  }

  // The moment that a comment written now hangs on: {shot, at_s, take, frame}.
  at(moment) {
    const moved = this.moment?.shot !== moment?.shot;
    this.moment = moment;
    this.when.textContent = moment ? `${moment.shot}  ${timecode(moment.frame, this.film.fps)}` : "no shot here";
    this.post.disabled = !moment;
    if (moved && this.only) this.refresh();
  }

  toggle(what, button) {
    this[what] = !this[what];
    button.setAttribute("aria-pressed", String(this[what]));
    this.refresh();
  }

  pencil() {
    this.draw.setAttribute("aria-pressed", String(this.drawing.on));
    this.pens.hidden = !this.drawing.on;
    this.back.hidden = !this.drawing.strokes.length;
    for (const [place, dot] of [...this.pens.children].entries()) dot.setAttribute("aria-pressed", String(COLOURS[place] === this.drawing.colour));
  }

  pen(colour) {
    this.drawing.colour = colour;
    this.pencil();
  }

  drawOn() {
    if (!this.drawing.on) this.dispatchEvent(new Event("hold"));
    this.drawing.enable(!this.drawing.on);
  }

  typed(event) {
    event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.box.requestSubmit();
    if (event.key === "Escape") this.text.blur();
  }

  async submit(event) {
    event.preventDefault();
    const { moment, drawing } = this;
    if (!moment || (!this.text.value.trim() && !drawing.strokes.length)) return;
    this.post.disabled = true;
    this.trouble.hidden = true;
    try {
      const made = await this.review.add({ shot: moment.shot, at_s: moment.at_s, take: moment.take, text: this.text.value, by: this.name.value, strokes: drawing.strokes });
      this.text.value = "";
      drawing.enable(false);
      drawing.clear();
      this.choose(made.id);
    } catch (error) {
      this.tell(error);
    }
    this.post.disabled = false;
  }

  tell(error) {
    this.trouble.textContent = error.message;
    this.trouble.hidden = false;
  }

  refresh() {
    const place = (comment) => filmFrame(this.film, comment.shot, comment.at_s);
    const shown = this.review.comments
      .filter((comment) => (this.resolved || !comment.resolved) && (!this.only || comment.shot === this.moment?.shot))
      .map((comment) => ({ comment, frame: place(comment) }))
      .sort((one, other) => (one.frame ?? Infinity) - (other.frame ?? Infinity) || (one.comment.made < other.comment.made ? -1 : 1));
    const hidden = this.review.comments.length - shown.length;
    const none = hidden ? "No open comment here." : "No comment yet. Stop the film where something is to be said, and write it below.";
    this.list.replaceChildren(...(shown.length ? shown.map(({ comment, frame }) => this.item(comment, frame)) : [h("li", { class: "dim none" }, none)]));
    this.choose(this.chosen, false);
  }

  item(comment, frame) {
    const edit = (changes) => () => this.review.edit(comment.id, changes).catch((error) => this.tell(error));
    const known = this.film.shotOf.has(comment.shot);
    const where = frame === null ? (known ? "not in this cut" : "no longer in the film") : timecode(frame, this.film.fps);
    const item = h("li", { class: comment.resolved ? "resolved" : "" },
      h("button", { class: "go", onclick: () => this.dispatchEvent(new CustomEvent("go", { detail: comment })) },
        h("span", { class: "line" }, h("b", {}, comment.by || "Somebody"), h("span", { class: "when" }, comment.shot, "  ", where), comment.strokes.length > 0 && icon("pen"), h("time", { datetime: comment.made }, ago(comment.made))),
        h("span", { class: "text" }, comment.text)),
      h("span", { class: "acts" },
        h("button", { onclick: edit({ resolved: !comment.resolved }) }, comment.resolved ? "Open again" : "Resolve"),
        h("button", { onclick: () => this.change(item, comment) }, "Edit"),
        h("button", { onclick: () => this.remove(comment) }, "Remove")));
    item.dataset.id = comment.id;
    return item;
  }

  remove(comment) {
    const back = () => this.review.edit(comment.id, { removed: false }).then(() => (this.gone.hidden = true), (error) => this.tell(error));
    this.review.edit(comment.id, { removed: true }).then(() => {
      this.gone.replaceChildren("Removed. ", h("button", { type: "button", onclick: back }, "Bring it back"));
      this.gone.hidden = false;
    }, (error) => this.tell(error));
  }

  // Writes a comment's text anew, where it stands.
  change(item, comment) {
    const text = h("textarea", { rows: 3, maxlength: 4000, "aria-label": "Comment", value: comment.text, onkeydown: (event) => event.stopPropagation() });
    const done = h("button", { class: "main", onclick: () => this.review.edit(comment.id, { text: text.value }).then(() => this.refresh(), (error) => this.tell(error)) }, "Done");
    item.replaceChildren(text, h("span", { class: "acts" }, done, h("button", { onclick: () => this.refresh() }, "Leave it")));
    text.focus();
  }

  choose(id, scroll = true) {
    this.chosen = id;
    for (const item of this.list.children) {
      const chosen = Boolean(id) && item.dataset.id === id;
      item.toggleAttribute("aria-current", chosen);
      if (chosen && scroll) item.scrollIntoView({ block: "nearest" });
    }
  }
}

function kept(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch { /* a browser that keeps nothing */ }
}
