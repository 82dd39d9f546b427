/** Milliseconds of work after which the page gets a turn: half a frame. */
const SLICE = 8;

/** Gives a function to be awaited between pieces of long work, so that the page can paint and take input meanwhile. */
export function paced(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE) return;
    await new Promise((go) => setTimeout(go));
    since = performance.now();
  };
}
