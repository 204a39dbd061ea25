// The list of shots by scene. Pictures are loaded as they come into sight.
import { h } from "./dom.js";
import { seconds } from "./clock.js";

const FILTERS = [["all", "All"], ["open", "Open"], ["approved", "Approved"], ["rejected", "Rejected"]];

export class ShotList extends EventTarget {
  constructor(root, filter, film, review) {
    super();
    Object.assign(this, { root, film, review, filter: "all", rows: new Map() });
    this.buttons = FILTERS.map(([name, label]) => {
      const button = h("button", { "aria-pressed": String(name === "all"), onclick: () => this.choose(name) }, label, h("span", { class: "count" }));
      button.name = name;
      return button;
    });
    filter.append(...this.buttons);
    root.append(...film.scenes.map((scene) => this.scene(scene)));
    this.refresh();
  }

  scene(scene) {
    const rows = scene.shots.map((name) => this.row(this.film.shotOf.get(name)));
    const head = h("h2", {}, h("span", { class: "number" }, scene.number), scene.heading);
    return h("section", { class: "scene" }, head, h("ol", {}, rows));
  }

  row(shot) {
    const said = shot.lines.map((line) => line.text).join(" ") || shot.action;
    const button = h(
      "button",
      { class: "row", onclick: () => this.dispatchEvent(new CustomEvent("choose", { detail: shot.id })) },
      h("img", { src: shot.thumb, alt: "", loading: "lazy", decoding: "async", width: 96, height: 54 }),
      h("span", { class: "what" }, h("b", {}, shot.id), ` ${shot.size}`, h("span", { class: "length" }, seconds(this.film.shownFrames(shot), this.film.fps)), h("span", { class: "said" }, said)),
      h("span", { class: "marks" }),
    );
    const row = h("li", {}, button);
    this.rows.set(shot.id, row);
    return row;
  }

  choose(name) {
    this.filter = name;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.name === name));
    this.refresh();
  }

  // Verdicts, comments and the filter, on the rows that are there.
  refresh() {
    const comments = new Map();
    for (const comment of this.review.comments) {
      if (!comment.resolved) comments.set(comment.shot, (comments.get(comment.shot) ?? 0) + 1);
    }
    const counts = { all: 0, open: 0, approved: 0, rejected: 0 };
    for (const shot of this.film.shots) {
      const state = this.review.state(shot);
      counts.all += 1;
      counts[state] += 1;
      const row = this.rows.get(shot.id);
      row.hidden = this.filter !== "all" && state !== this.filter;
      const open = comments.get(shot.id) ?? 0;
      const faults = shot.problems.filter((problem) => problem.severity === "error").length;
      const told = `${state} ${open} ${faults}`;
      if (row.dataset.told === told) continue;
      row.dataset.told = told;
      row.dataset.state = state;
      row.querySelector(".marks").replaceChildren(
        ...(open ? [h("span", { class: "talk", title: `${open} open comment${open > 1 ? "s" : ""}` }, String(open))] : []),
        ...(faults ? [h("span", { class: "fault", title: `${faults} problem${faults > 1 ? "s" : ""}` }, "!")] : []),
        ...(state === "open" ? [] : [h("span", { class: state, title: state }, state === "approved" ? "✓" : "✕")]),
      );
    }
    for (const button of this.buttons) button.querySelector(".count").textContent = String(counts[button.name]);
    for (const scene of this.root.children) {
      if (scene.matches(".scene")) scene.hidden = !scene.querySelector("li:not([hidden])");
    }
    this.counts = counts;
  }

  mark(name) {
    if (this.marked === name) return;
    this.rows.get(this.marked)?.firstChild.removeAttribute("aria-current");
    this.marked = name;
    const row = this.rows.get(name);
    if (!row) return;
    row.firstChild.setAttribute("aria-current", "true");
    const box = row.getBoundingClientRect();
    const list = this.root.getBoundingClientRect();
    if (box.top < list.top || box.bottom > list.bottom) row.scrollIntoView({ block: "center" });
  }
}
