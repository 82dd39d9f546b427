import { Lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { boxesOf, nameOfBox, withBox } from '../src/domain/boxes.ts';
import { tokensOf } from '../src/domain/markdown.ts';

const lexer = (): Lexer => new Lexer({ gfm: true, breaks: true });
const boxes = (text: string) => boxesOf(tokensOf(lexer(), text) ?? []);
const names = (text: string) => boxes(text).map(nameOfBox);
const tick = (text: string, nth: number, checked = true): string => withBox(lexer(), text, nth, checked);

const TEXT = `Before: [ ] no box

\`\`\`
- [ ] code
\`\`\`

- [ ] **measure** the [roof](https://example.org)
  - [x] the north side
    1. [ ] twice
* no box
+ [X] order

> - [ ] quoted

    - [ ] code again
1) [ ] last
`;

describe('the boxes of a text', () => {
  it('are found where Markdown has them, with their names', () => {
    expect(names(TEXT)).toEqual(['measure the roof', 'the north side', 'twice', 'order', 'quoted', 'last']);
    expect(boxes(TEXT).map(({ checked }) => checked)).toEqual([false, true, false, true, false, false]);
  });

  it('are ticked one by one, and nothing else is touched', () => {
    for (const [nth, box] of boxes(TEXT).entries()) {
      const ticked = tick(TEXT, nth, !box.checked);
      expect(boxes(ticked).map(({ checked }) => checked)).toEqual(
        boxes(TEXT).map(({ checked }, place) => (place === nth ? !checked : checked)),
      );
      expect(tick(ticked, nth, box.checked === true).toLowerCase()).toBe(TEXT.toLowerCase());
    }
  });

  it('keep the ends of lines and signs of all kinds as they were', () => {
    expect(tick('- [ ] eins\r\n- [ ] zwei \uE0000\uE001 $1\r\n', 1)).toBe(
      '- [ ] eins\r\n- [x] zwei \uE0000\uE001 $1\r\n',
    );
  });

  it('stay as they are when there is no such box', () => {
    expect(tick('- [ ] one', 1)).toBe('- [ ] one');
    expect(tick('[ ] none', 0)).toBe('[ ] none');
  });

  it('are found quickly among many that are none', () => {
    const text = '```\n' + '- [ ] code\n'.repeat(5000) + '```\n\n- [ ] real';
    expect(tick(text, 0)).toBe(text.replace('[ ] real', '[x] real'));
  });
});
