/**
 * Manual order: short strings compared by code point, with room for another between any two. The same functions as the
 * server's `tasks/domain/position.py`, which explains the format; `tests/cases/position.json` holds both to the same answers.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LOWEST = 'A' + '0'.repeat(26);
const LONGEST = 200;
export const FIRST = 'a0';

/** No position of acceptable length fits between the two: the list needs new positions. */
export class PositionExhausted extends Error {}

/** Whether `text` can be taken as a position; the longest integers are kept back, so that the ends never run out. */
export function isPosition(text: string): boolean {
  return isWellFormed(text) && text.charAt(0) >= 'C' && text.charAt(0) <= 'x';
}

function isWellFormed(text: string): boolean {
  if (text.length < 2 || text.length > LONGEST || !/^[A-Za-z][0-9A-Za-z]*$/.test(text)) return false;
  const length = integerLength(text);
  if (text.length < length) return false;
  return text !== LOWEST && (text.length === length || !text.endsWith('0'));
}

/** A position after `a` and before `b`; null stands for the start or the end of the list. */
export function between(a: string | null, b: string | null): string {
  for (const key of [a, b]) if (key !== null && !isWellFormed(key)) throw new RangeError('not a position');
  if (a !== null && b !== null) {
    if (a === b) throw new PositionExhausted();
    if (a > b) throw new RangeError('the first position is after the second');
  }
  const key = find(a, b);
  if (key.length > LONGEST) throw new PositionExhausted();
  return key;
}

/** `n` positions in order, all after `a` and before `b`. */
export function spread(a: string | null, b: string | null, n: number): string[] {
  if (n <= 0) return [];
  if (b === null || a === null) return run(a, b, n);
  const middle = between(a, b);
  const before = Math.floor(n / 2);
  return [...spread(a, middle, before), middle, ...spread(middle, b, n - before - 1)];
}

function run(a: string | null, b: string | null, n: number): string[] {
  const keys: string[] = [];
  for (let last: string | undefined; keys.length < n; keys.push(last)) {
    last = b === null ? between(last ?? a, null) : between(null, last ?? b);
  }
  return b === null ? keys : keys.reverse();
}

function find(a: string | null, b: string | null): string {
  if (a === null) return b === null ? FIRST : before(b);
  const [integer, fraction] = split(a);
  if (b === null) return up(integer) ?? integer + middle(fraction, null);
  const [other, otherFraction] = split(b);
  if (integer === other) return integer + middle(fraction, otherFraction);
  const following = up(integer);
  return following !== null && following < b ? following : integer + middle(fraction, null);
}

function before(b: string): string {
  const [integer, fraction] = split(b);
  if (integer === LOWEST) return integer + middle('', fraction);
  if (fraction !== '') return integer;
  const preceding = down(integer);
  return preceding === LOWEST ? LOWEST + middle('', null) : preceding;
}

function integerLength(key: string): number {
  const head = key.charCodeAt(0);
  return head >= 97 ? head - 97 + 2 : 90 - head + 2;
}

function split(key: string): [integer: string, fraction: string] {
  const length = integerLength(key);
  return [key.slice(0, length), key.slice(length)];
}

/** The next integer, or null after the highest. */
function up(integer: string): string | null {
  const head = integer.charAt(0);
  const digits = integer.slice(1);
  const kept = digits.replace(/z+$/, '');
  const zeros = '0'.repeat(digits.length - kept.length);
  if (kept !== '') return head + kept.slice(0, -1) + digit(valueOf(kept.slice(-1)) + 1) + zeros;
  if (head === 'z') return null;
  if (head === 'Z') return FIRST;
  return String.fromCharCode(head.charCodeAt(0) + 1) + (head >= 'a' ? zeros + '0' : zeros.slice(1));
}

/** The integer before; there is one before all but the lowest. */
function down(integer: string): string {
  const head = integer.charAt(0);
  const digits = integer.slice(1);
  const kept = digits.replace(/0+$/, '');
  const highest = 'z'.repeat(digits.length - kept.length);
  if (kept !== '') return head + kept.slice(0, -1) + digit(valueOf(kept.slice(-1)) - 1) + highest;
  if (head === 'a') return 'Zz';
  return String.fromCharCode(head.charCodeAt(0) - 1) + (head <= 'Z' ? highest + 'z' : highest.slice(1));
}

/** A fraction between two; the first may be empty (zero), the second null (one). */
function middle(a: string, b: string | null): string {
  let same = 0;
  while (b !== null && (a[same] ?? '0') === b[same]) same += 1;
  if (same > 0 && b !== null) return b.slice(0, same) + middle(a.slice(same), b.slice(same));
  const low = a === '' ? 0 : valueOf(a.charAt(0));
  const high = b === null ? DIGITS.length : valueOf(b.charAt(0));
  if (high - low > 1) return digit(Math.floor((low + high) / 2));
  if (b !== null && b.length > 1) return b.charAt(0);
  return digit(low) + middle(a.slice(1), null);
}

function digit(value: number): string {
  return DIGITS.charAt(value);
}

function valueOf(text: string): number {
  return DIGITS.indexOf(text);
}
