// The way to the kernel and back: what is asked goes out as a message, what comes in is handed to whom it concerns.

export function openChannel(model) {
  const handlers = new Map();
  const hear = (content, buffers) => handlers.get(content?.kind)?.(content, buffers ?? []);
  model.on("msg:custom", hear);
  return {
    ask: (kind, body = {}, buffers = []) => model.send({ kind, ...body }, undefined, buffers),
    on: (kind, handler) => handlers.set(kind, handler),
    close: () => model.off("msg:custom", hear),
  };
}

// Asks for drawings one at a time, and always for the latest wish: while one is on its way others wait, and only the
// last of them is asked for. An answer that never comes holds nothing up for longer than PATIENCE_MS.
export function latestOnly(askFor) {
  const PATIENCE_MS = 3000;
  let number = 0;
  let asked = null;
  let waiting = null;
  let timer = 0;
  const send = (wish) => {
    waiting = null;
    asked = ++number;
    clearTimeout(timer);
    timer = setTimeout(() => settled(asked), PATIENCE_MS);
    askFor(asked, wish);
  };
  const settled = (answered) => {
    if (answered !== asked) return;
    asked = null;
    clearTimeout(timer);
    if (waiting !== null) send(waiting);
  };
  return {
    want: (wish) => (asked === null ? send(wish) : (waiting = wish)),
    settled,
    forget: () => {
      waiting = null;
      asked = null;
      clearTimeout(timer);
    },
    isLatest: (answered) => answered === number && waiting === null,
  };
}
