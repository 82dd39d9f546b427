/** Taken-back tokens stay where they are while the text around them is edited. */
import type { Span } from './types.ts';

/** The spans in `after`, the text that `before` has become; those that the edit touched are gone. */
export function moveSpans(spans: readonly Span[], before: string, after: string): Span[] {
  const longest = Math.min(before.length, after.length);
  let head = 0;
  while (head < longest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < longest - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const moved = after.length - before.length;
  return spans.flatMap(([start, end]): Span[] => {
    if (end <= head) return [[start, end]];
    return start >= before.length - tail ? [[start + moved, end + moved]] : [];
  });
}
