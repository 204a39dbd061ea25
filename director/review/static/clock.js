// Frames as timecode, and back and forth between the film and a shot's take.

export function timecode(frame, fps) {
  const whole = Math.max(0, Math.round(frame));
  const seconds = Math.floor(whole / fps);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}:${two(whole % fps)}`;
}

export function seconds(frames, fps) {
  return `${(frames / fps).toFixed(1)} s`;
}

// The last span that begins at or before a frame.
export function spanAt(spans, frame) {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spans[middle].start <= frame) low = middle;
    else high = middle - 1;
  }
  return spans[low];
}

// The film's frame for a second of a shot's take: the nearest that the cut shows; null where the shot is not in it.
export function filmFrame(film, shot, atS) {
  const span = film.spanOf.get(shot);
  if (!span) return null;
  const within = Math.round(atS * film.fps) - span.head;
  return span.start + Math.min(Math.max(within, 0), span.frames - 1);
}

export function takeSecond(film, span, frame) {
  return Math.round(((frame - span.start + span.head) / film.fps) * 1000) / 1000;
}

export function ago(moment) {
  const minutes = Math.round((Date.now() - Date.parse(moment)) / 60000);
  if (!Number.isFinite(minutes) || minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 60 * 24) return `${Math.round(minutes / 60)} h`;
  return new Date(moment).toLocaleDateString(undefined, { day: "numeric", month: "short" });
}
