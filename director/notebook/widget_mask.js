// Drawing on a frame: what is to change, or what is to stay. Goes out as a PNG that is white where the picture is kept.

import { button, el, iconButton } from "./widget_dom.js";

export function createMask({ changed }) {
  const canvas = el("canvas", { class: "wp-mask", role: "mask", "aria-label": "Draw on the frame" });
  const brush = canvas.getContext("2d");
  const size = el("input", { class: "wp-range", role: "mask-size", type: "range", min: "8", max: "120", value: "42", title: "Brush", "aria-label": "Brush size" });
  const tools = {
    brush: iconButton("mask-brush", "brush", "Brush", () => setTool("brush")),
    box: iconButton("mask-box", "box", "Rectangle", () => setTool("box")),
  };
  const meanings = {
    change: button("mask-change", "change this", () => setMeaning("change")),
    keep: button("mask-keep", "keep this", () => setMeaning("keep")),
  };
  const toolbar = el(
    "div",
    { class: "wp-tools" },
    el("span", { class: "wp-segments" }, tools.brush, tools.box),
    size,
    el("span", { class: "wp-segments" }, meanings.change, meanings.keep),
    iconButton("mask-clear", "clear", "Clear", clear),
  );
  let tool = "brush";
  let meaning = "change";
  let drawn = false;
  let from = null;
  let before = null;

  function setTool(name) {
    tool = name;
    for (const [each, item] of Object.entries(tools)) item.setAttribute("aria-pressed", each === name);
  }

  function setMeaning(name) {
    meaning = name;
    for (const [each, item] of Object.entries(meanings)) item.setAttribute("aria-pressed", each === name);
    if (drawn) changed();
  }

  function clear() {
    brush.clearRect(0, 0, canvas.width, canvas.height);
    const was = drawn;
    drawn = false;
    if (was) changed();
  }

  function point(event) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((event.clientX - left) / width) * canvas.width, ((event.clientY - top) / height) * canvas.height];
  }

  function paint([x, y]) {
    brush.fillStyle = brush.strokeStyle = "#ff7a3d"; // what counts is where, see png()
    if (tool === "box") {
      brush.putImageData(before, 0, 0);
      brush.fillRect(Math.min(x, from[0]), Math.min(y, from[1]), Math.abs(x - from[0]), Math.abs(y - from[1]));
      return;
    }
    brush.lineWidth = (Number(size.value) * canvas.height) / 288;
    brush.lineCap = brush.lineJoin = "round";
    brush.beginPath();
    brush.moveTo(...from);
    brush.lineTo(x, y);
    brush.stroke();
    from = [x, y];
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    from = point(event);
    before = brush.getImageData(0, 0, canvas.width, canvas.height);
    paint(from);
    drawn = true;
  });
  canvas.addEventListener("pointermove", (event) => from && paint(point(event)));
  const finish = () => {
    if (from) changed();
    from = before = null;
  };
  canvas.addEventListener("pointerup", finish);
  canvas.addEventListener("pointercancel", finish);

  // The mask's bytes; null when nothing is drawn.
  async function png() {
    if (!drawn) return null;
    const sheet = el("canvas", { width: canvas.width, height: canvas.height });
    const pen = sheet.getContext("2d");
    const [there, elsewhere] = meaning === "keep" ? ["#fff", "#000"] : ["#000", "#fff"];
    pen.drawImage(canvas, 0, 0);
    for (const [how, colour] of [["source-in", there], ["destination-over", elsewhere]]) {
      pen.globalCompositeOperation = how;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, sheet.width, sheet.height);
    }
    const blob = await new Promise((done) => sheet.toBlob(done, "image/png"));
    return blob.arrayBuffer();
  }

  setTool("brush");
  setMeaning("change");
  return {
    canvas,
    toolbar,
    png,
    clear,
    told: () => (drawn ? (meaning === "keep" ? "what is drawn on stays" : "only what is drawn on changes") : ""),
    setSize: (width, height) => Object.assign(canvas, { width, height }),
  };
}
