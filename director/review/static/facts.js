// One shot: its verdict, its takes, what it is, and what continuity says of it.
import { h } from "./dom.js";
import { ago, seconds } from "./clock.js";

const SETTLED_MS = 300; // takes are asked for once the film rests on a shot

export class Facts extends EventTarget {
  constructor(root, film, review, takesOf) {
    super();
    Object.assign(this, { root, film, review, takesOf, takes: [] });
  }

  show(name, gone) {
    if (this.name === name) return;
    this.name = name;
    this.takes = [];
    this.looked = "";
    clearTimeout(this.waiting);
    const shot = this.film.shotOf.get(name);
    if (!shot) {
      const told = gone ? `${name} is no longer in the storyboard; this cut still has it.` : "A card.";
      this.root.replaceChildren(h("p", { class: "dim" }, told));
      return;
    }
    this.strip = h("div", { class: "takes" });
    this.verdict = h("div", { class: "verdict" });
    const framing = [shot.size, shot.lens_mm && `${shot.lens_mm} mm`, shot.angle === "eye level" ? "" : shot.angle, shot.move, shot.coverage];
    this.root.replaceChildren(
      h("header", {}, h("h2", {}, shot.id), h("p", { class: "framing" }, framing.filter(Boolean).join(" · ")), this.verdict),
      shot.action ? h("p", { class: "action" }, shot.action) : "",
      h("div", { class: "lines" }, shot.lines.map((line) => this.line(line))),
      this.strip,
      h("dl", {}, this.rows(shot)),
      shot.problems.length ? h("ul", { class: "problems" }, shot.problems.map((problem) => this.problem(problem))) : "",
    );
    this.refresh();
    this.waiting = setTimeout(() => this.takesOf(name).then((takes) => this.name === name && this.strips(takes), () => {}), SETTLED_MS);
  }

  line(line) {
    const how = [line.heard === "on screen" ? "" : line.heard, line.delivery].filter(Boolean).join(", ");
    return h("p", {}, h("b", {}, line.character), how && h("i", {}, ` (${how})`), h("q", {}, line.text));
  }

  rows(shot) {
    const enters = shot.enters === "cut" ? "" : shot.enters;
    const rows = [
      ["People", shot.people.join(", ")],
      ["Light", shot.light],
      ["Length", seconds(this.film.shownFrames(shot), this.film.fps)],
      ["Enters by", enters],
      ["Why", shot.motive],
      ["Note", shot.note],
      ["Script", shot.source],
      ["Locked", shot.locked ? "keeps its take" : ""],
      ["Take", shot.changed && shot.take ? "The storyboard asks for another one than this cut shows." : ""],
      ["Picture", shot.take ? "" : "Not rendered yet: a drawn still stands in."],
    ];
    return rows.filter(([, value]) => value).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]);
  }

  problem(problem) {
    const where = problem.source ? `${problem.source}: ` : "";
    return h("li", { class: problem.severity }, `${where}${problem.what}. `, h("span", { class: "fix" }, `${problem.fix}.`));
  }

  strips(takes) {
    this.takes = takes;
    if (!takes.length) return;
    const shown = takes.find((take) => take.shown);
    this.strip.replaceChildren(
      ...takes.map((take, place) =>
        h("div", { class: "take" },
          h("button", { "aria-pressed": String(this.looked === take.key), onclick: () => this.look(take), title: `Look at this take (${place + 1})` },
            `Take ${take.number}`, take.shown && h("span", { class: "dim" }, this.film.film ? " in the film" : " circled")),
          shown && !take.shown && h("button", { "aria-pressed": String(this.looked === `${take.key}/`), onclick: () => this.compare(shown, take), title: "Compare with the take in the film, side by side" }, "A/B"),
          take.note && h("span", { class: "dim" }, take.note)),
      ),
    );
  }

  look(take) {
    this.looked = this.looked === take.key ? "" : take.key;
    this.strips(this.takes);
    this.dispatchEvent(new CustomEvent("look", { detail: this.looked ? { shot: this.name, take } : null }));
  }

  compare(shown, take) {
    this.looked = this.looked === `${take.key}/` ? "" : `${take.key}/`;
    this.strips(this.takes);
    this.dispatchEvent(new CustomEvent("look", { detail: this.looked ? { shot: this.name, take: shown, other: take } : null }));
  }

  // Back in the film.
  leave() {
    if (!this.looked) return;
    this.looked = "";
    this.strips(this.takes);
  }

  refresh() {
    const shot = this.film.shotOf.get(this.name);
    if (!shot) return;
    const state = this.review.state(shot);
    const said = this.review.verdicts.get(shot.id);
    const judge = (wanted) => () => this.dispatchEvent(new CustomEvent("judge", { detail: state === wanted ? "open" : wanted }));
    const earlier = said && said.state !== "open" && said.take !== shot.take;
    const by = said && said.state !== "open" ? [earlier && `${said.state}, but as another take:`, said.by, ago(said.changed)].filter(Boolean).join(" ") : "";
    this.verdict.replaceChildren(
      h("button", { class: "approve", "aria-pressed": String(state === "approved"), onclick: judge("approved"), title: "Approve this shot (A)" }, "Approve"),
      h("button", { class: "reject", "aria-pressed": String(state === "rejected"), onclick: judge("rejected"), title: "Reject this shot (X)" }, "Reject"),
      h("span", { class: "dim" }, by),
    );
  }
}
