import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { between, isPosition, PositionExhausted, spread } from '../src/domain/position.ts';

/** The cases that the server's functions answer too. */
interface Cases {
  readonly between: readonly { a: string | null; b: string | null; key?: string; error?: 'invalid' | 'exhausted' }[];
  readonly spread: readonly { a: string | null; b: string | null; n: number; keys: readonly string[] }[];
  readonly is_position: readonly { text: string; valid: boolean }[];
}
const file = new URL('../../tests/cases/position.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as Cases;

describe('positions, as the server has them', () => {
  it.each(cases.between)('between $a and $b', ({ a, b, key, error }) => {
    if (error === 'exhausted') expect(() => between(a, b)).toThrow(PositionExhausted);
    else if (error) expect(() => between(a, b)).toThrow(RangeError);
    else expect(between(a, b)).toBe(key);
  });

  it.each(cases.spread)('$n between $a and $b', ({ a, b, n, keys }) => {
    expect(spread(a, b, n)).toEqual(keys);
  });

  it.each(cases.is_position)('$text', ({ text, valid }) => {
    expect(isPosition(text)).toBe(valid);
  });
});

it('positions always have room between two neighbours', () => {
  let low = between(null, null);
  const high = between(low, null);
  for (let time = 0; time < 50; time += 1) {
    const middle = between(low, high);
    expect(middle > low && middle < high && isPosition(middle)).toBe(true);
    low = middle;
  }
});
