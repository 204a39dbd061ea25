// The keys, while the desk has the focus. Fields keep their own; Jupyter's are held off by data-lm-suppress-shortcuts.

export const KEY_HELP = [
  ["space", "play"],
  ["J K L", "back, stop, forward"],
  ["← →", "frame"],
  ["↑ ↓", "shot"],
  ["1–9", "take"],
  ["⇧ 1–9", "compare with"],
  ["C", "circle"],
  ["esc", "let go"],
];

export function bindKeys(root, acts) {
  const typed = 'textarea, select, input:not([type="range"])';
  function onKey(event) {
    event.stopPropagation(); // what is meant for the desk is not for the notebook around it
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.matches?.(typed)) {
      if (event.key === "Escape") root.focus();
      return;
    }
    const onButton = target.closest?.("button") && (event.key === " " || event.key === "Enter");
    const onRange = target.matches?.('input[type="range"]') && event.key.startsWith("Arrow");
    if (onButton || onRange) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? /^[1-9]$/.exec(event.key)?.[0];
    const act = digit ? () => (event.shiftKey ? acts.against : acts.take)(Number(digit)) : acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  root.addEventListener("keydown", onKey);
}
