import { describe, expect, it } from 'vitest';
import { piecesOf, stretchesOf } from '../src/domain/marks.ts';

describe('what was found in a text', () => {
  it('is counted in code points, so that an emoji before it moves nothing', () => {
    expect(piecesOf('🎉 party plan', [[2, 7]])).toEqual([
      { text: '🎉 ', found: false },
      { text: 'party', found: true },
      { text: ' plan', found: false },
    ]);
  });

  it('may be the whole text, or nothing of it', () => {
    expect(piecesOf('plan', [[0, 4]])).toEqual([{ text: 'plan', found: true }]);
    expect(piecesOf('plan', [])).toEqual([{ text: 'plan', found: false }]);
    expect(piecesOf('', [])).toEqual([]);
  });

  it('ends with the text, when the server names more', () => {
    expect(piecesOf('plan', [[2, 9]])).toEqual([
      { text: 'pl', found: false },
      { text: 'an', found: true },
    ]);
  });

  it('is found here without regard to capitals, every time, and joined where words touch', () => {
    expect(stretchesOf('Plan the PLANT', ['plan'])).toEqual([
      [0, 4],
      [9, 13],
    ]);
    expect(stretchesOf('rebuild', ['re', 'build'])).toEqual([[0, 7]]);
    expect(stretchesOf('rebuild', [])).toEqual([]);
  });
});
