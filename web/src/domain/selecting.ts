/** Which tasks a range in a list holds. Pure. */

/** All from one to the other, both included, in the order of the list; only the second when the first is not there. */
export function rangeOf(order: readonly string[], from: string | null, to: string): string[] {
  const end = order.indexOf(to);
  if (end === -1) return [];
  const start = from === null ? -1 : order.indexOf(from);
  if (start === -1) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}
