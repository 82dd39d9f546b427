/** The cases that the server and the web client share (tests/cases/quickadd), and what only the client has. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chipsOf } from '../src/domain/quickadd/chips.ts';
import { moveSpans, parseQuickAdd, type Context, type Parsed, type Span } from '../src/domain/quickadd/index.ts';

type Case = Omit<Partial<Parsed>, 'tokens'> &
  Partial<Omit<Context, 'asText'>> & { input: string; title: string; tokens: [string, string, string | number][] } & {
    as_text?: string[];
    week_start?: number;
  };

const folder = new URL('../../tests/cases/quickadd/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const files = readdirSync(folder).filter((name) => name !== 'context.json');
const shared = read('context.json') as Context & { week_start: number };
const FIELDS = [
  'project_id',
  'assignee_ids',
  'label_ids',
  'priority',
  'estimate_minutes',
  'start_date',
  'due_date',
  'due_time',
  'due_zone',
  'recurrence',
] as const;

function contextOf(given: Case): Context {
  const { input, as_text: asText = [], week_start: weekStart = shared.week_start } = given;
  const spans = asText.map((part): Span => [input.indexOf(part), input.indexOf(part) + part.length]);
  return { ...shared, ...given, weekStart, asText: spans };
}

function answerOf(parsed: Parsed): Record<string, unknown> {
  const said = FIELDS.filter((name) => parsed[name] !== null && [parsed[name]].flat().length > 0);
  return {
    title: parsed.title,
    tokens: parsed.tokens.map(({ kind, text, value }) => [kind, text, value]),
    ...Object.fromEntries(said.map((name) => [name, parsed[name]])),
  };
}

describe.each(files)('quick add: %s', (name) => {
  it.each((read(name) as Case[]).map((given) => [given.input, given] as const))('%s', (input, given) => {
    const parsed = parseQuickAdd(input, contextOf(given));
    const wanted = ['title', 'tokens', ...FIELDS].filter((field) => field in given);
    expect(answerOf(parsed)).toEqual(Object.fromEntries(wanted.map((field) => [field, given[field as keyof Case]])));
    let at = 0;
    for (const token of parsed.tokens) {
      expect(token.start).toBeGreaterThanOrEqual(at);
      expect(input.slice(token.start, token.end)).toBe(token.text);
      at = token.end;
    }
  });
});

describe('a text that is edited', () => {
  it('keeps what was taken back where it is', () => {
    const before = 'Call mum tomorrow friday';
    const spans: Span[] = [[9, 17]];
    expect(moveSpans(spans, before, `${before} at 5`)).toEqual([[9, 17]]);
    expect(moveSpans(spans, before, `Please ${before}`)).toEqual([[16, 24]]);
    expect(moveSpans(spans, before, 'Call mum tom friday')).toEqual([]);
  });

  it('gives positions that fit the text whatever characters stand before', () => {
    const text = '🎉 Party tomorrow';
    const [token] = parseQuickAdd(text, { ...shared, weekStart: 1 }).tokens;
    expect(text.slice(token?.start, token?.end)).toBe('tomorrow');
  });
});

describe('what was understood', () => {
  const told = (input: string): string[] =>
    chipsOf(parseQuickAdd(input, contextOf({ input, title: '', tokens: [] })).tokens).map(({ kind, tokens }) =>
      [kind, ...tokens.map(({ text }) => text)].join(': '),
    );

  it('is told in one piece where it is one moment', () => {
    expect(told('Call mum tomorrow at 10 !high')).toEqual(['due: tomorrow: at 10', 'priority: !high']);
    expect(told('At 10 call mum +bug tomorrow')).toEqual(['label: +bug', 'due: tomorrow']);
    expect(told('Call mum tomorrow morning at 10')).toEqual(['due: tomorrow: morning: at 10']);
    expect(told('Gym every day at 7')).toEqual(['recurrence: every day', 'due: at 7']);
    expect(told('Call mum at 5pm')).toEqual(['due: at 5pm']);
  });
});
