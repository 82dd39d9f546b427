/**
 * Quick add: one line of text becomes the fields of a task (docs/quick-add.md).
 *
 * Signs are read first, then phrases of days, times and repetitions; of several that say the same, the last counts and
 * the others stay in the title. The server reads the same lines in the same way; tests/cases/quickadd holds both to it.
 */
import { fromDay, type Calendar } from './days.ts';
import { grammarOf } from './grammar.ts';
import { findPhrases, fold, meantPhrases, TAKEN, TEXT, withPlainBlanks } from './phrases.ts';
import { findSigns } from './signs.ts';
import { settle } from './settle.ts';
import { titleOf } from './title.ts';
import type { Context, Kind, Parsed, Span, Token } from './types.ts';

export { moveSpans } from './spans.ts';
export type { Context, Kind, Named, Parsed, Recurrence, Span, Token } from './types.ts';

/** Of these a task has one. */
const SINGLE: ReadonlySet<Kind> = new Set(['project', 'priority', 'estimate']);

export function parseQuickAdd(text: string, context: Context): Parsed {
  const grammar = grammarOf(context.locale);
  const plain = withPlainBlanks(text);
  const calendar = calendarOf(context);
  const kept = cover(fold(plain), context.asText ?? [], TEXT);
  const signs = findSigns(plain, kept, context, grammar);
  const marked = lastOfEach(signs.tokens);
  const literal = [...signs.quoted, ...spansOf(signs.tokens, (one) => one.kind === 'literal')];
  const known = spansOf(marked, ({ kind }) => kind !== 'literal' && kind !== 'unknown');
  const covered = cover(cover(kept, literal, TEXT), known, TAKEN);
  const phrases = meantPhrases(findPhrases(covered, grammar, calendar), plain, covered, grammar);
  const times = settle(phrases, plain, context, calendar);
  const tokens = [...marked, ...times.tokens]
    .sort((a, b) => a.start - b.start)
    .map((token) => ({ ...token, text: text.slice(token.start, token.end) }));
  const values = (kind: Kind): string[] => [
    ...new Set(tokens.filter((one) => one.kind === kind).map((one) => String(one.value))),
  ];
  const estimate = values('estimate')[0];
  return {
    title: titleOf(plain, tokens),
    tokens,
    project_id: values('project')[0] ?? null,
    assignee_ids: values('person'),
    label_ids: values('label'),
    priority: (values('priority')[0] as Parsed['priority'] | undefined) ?? null,
    estimate_minutes: estimate === undefined ? times.minutes : Number(estimate),
    ...times.fields,
  };
}

function calendarOf({ today, time, weekStart, locale }: Context): Calendar {
  const [hours, minutes] = time.split(':').map(Number);
  return {
    today: fromDay(today),
    minutes: (hours ?? 0) * 60 + (minutes ?? 0),
    weekStart,
    monthFirst: /^en-US$/i.test(locale),
  };
}

function lastOfEach(tokens: readonly Token[]): Token[] {
  const last = new Map(tokens.map((token) => [token.kind, token]));
  return tokens.filter((token) => !SINGLE.has(token.kind) || last.get(token.kind) === token);
}

function spansOf(tokens: readonly Token[], wanted: (token: Token) => boolean): Span[] {
  return tokens.filter(wanted).map(({ start, end }) => [start, end]);
}

function cover(folded: string, spans: readonly Span[], cover: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (end <= at || start >= folded.length) continue;
    pieces.push(
      folded.slice(at, Math.max(at, start)),
      cover.repeat(Math.min(end, folded.length) - Math.max(at, start)),
    );
    at = end;
  }
  return pieces.join('') + folded.slice(at);
}
