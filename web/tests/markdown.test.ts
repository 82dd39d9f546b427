import { Lexer, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../src/domain/markdown.ts';

const read = (text: string): readonly Token[] | null => tokensOf(new Lexer({ gfm: true, breaks: true }), text);

describe('Markdown', () => {
  it('is read as the library reads it', () => {
    const text =
      '# Plan\n\n> - **bold** _and_ [link](https://example.org)\n\n1. one\n2. two\n\n```\na_b\n```\n|a|\n|-|\n|b|';
    expect(JSON.stringify(read(text))).toBe(JSON.stringify([...new Lexer({ gfm: true, breaks: true }).lex(text)]));
  });

  it.each(['>', '- ', '1. ', '> - '])('is no deep well of %s', (marker) => {
    expect(read(marker.repeat(20_000 / marker.length) + 'a')).toBeNull();
  });

  it('is no deep well of indented lists', () => {
    expect(read(Array.from({ length: 100 }, (_, depth) => ' '.repeat(depth * 2) + '- a').join('\n'))).toBeNull();
  });

  it('leaves what would take too long as it was written, and reads the rest', () => {
    const wild = '*_a'.repeat(30_000);
    const [first, , second] = read(`${wild}\n\n**mild**`) ?? [];
    expect((first as { tokens: Token[] }).tokens).toEqual([{ type: 'text', raw: wild, text: wild }]);
    expect((second as { tokens: Token[] }).tokens.map(({ type }) => type)).toEqual(['strong']);
  });

  it('is read whatever signs stand in code', () => {
    expect(read('```\n' + 'snake_case_name\n'.repeat(1000) + '```')?.map(({ type }) => type)).toEqual(['code']);
  });
});
