/** How good a new password is, in words. The server decides what it takes; this only advises. */

/** The server refuses shorter ones (modules/auth/domain/passwords.py). */
const MINIMUM = 8;

export type Strength = 'weak' | 'fair' | 'good' | 'strong';

/** How many characters it still needs. */
export function missingLetters(password: string): number {
  return Math.max(0, MINIMUM - [...password].length);
}

/** By how many guesses it might stand: its length, less for what repeats, runs on or is the address. */
export function strengthOf(password: string, address = ''): Strength {
  const lowered = password.toLowerCase();
  const name = address.toLowerCase().split('@')[0] ?? '';
  if (name !== '' && (lowered === name || lowered === address.toLowerCase())) return 'weak';
  const letters = surprising(name === '' ? lowered : lowered.replaceAll(name, ''));
  const bits = letters * Math.log2(alphabet(password));
  if (bits < 36) return 'weak';
  if (bits < 52) return 'fair';
  return bits < 76 ? 'good' : 'strong';
}

/** Characters that the one before does not suggest: neither the same nor the next of the alphabet, at most three of a kind. */
function surprising(text: string): number {
  const seen = new Map<string, number>();
  let count = 0;
  let before = -2;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const often = (seen.get(letter) ?? 0) + 1;
    seen.set(letter, often);
    if (Math.abs(code - before) > 1 && often <= 3) count += 1;
    before = code;
  }
  return count;
}

function alphabet(password: string): number {
  const kinds: readonly [RegExp, number][] = [
    [/\p{Ll}/u, 26],
    [/\p{Lu}/u, 26],
    [/\p{N}/u, 10],
    [/\s/u, 2],
    [/[^\p{L}\p{N}\s]/u, 20],
    [/\p{Lo}/u, 200],
  ];
  return Math.max(
    2,
    kinds.reduce((sum, [pattern, size]) => sum + (pattern.test(password) ? size : 0), 0),
  );
}
