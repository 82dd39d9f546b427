/** What a sign marks: `#project @person +label !priority ~estimate "literal"`. */
import type { Grammar } from './grammar.ts';
import type { Context, Kind, Named, Token } from './types.ts';

type NameKind = 'project' | 'person' | 'label';

const NAMES: Readonly<Record<string, NameKind>> = { '#': 'project', '@': 'person', '+': 'label' };
const START = /(?:^|[ (])([#@+!~"“„«»])/g;
const AFTER = '(?=[,;:.!?)]*(?: |$))';
const PUNCTUATION = /[,;:.!?)]+$/;
const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»', '»': '«' };
const ESTIMATE =
  /^~([0-9]{1,5})(?:[.,]([0-9]{1,2}))?( ?)([a-z]+)(?:([0-9]{1,2})(?:m|min)?| ([0-9]{1,2}) ?(?:m|min)|)(?=[,;:.!?)]*(?: |$))/;
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|mins?|minutes?|minuten?)$/, 1],
  [/^(?:h|hrs?|hours?|std|stunden?)$/, 60],
  [/^(?:d|days?|tage?)$/, 480],
  [/^(?:w|weeks?|wochen?)$/, 2400],
];
const LONGEST_NAME = 8;
const SHORTEST_LITERAL = 3;
const LONGEST_LITERAL = 500;
const LONGEST_ESTIMATE = 600_000;

export interface Signs {
  readonly tokens: readonly Token[];
  /** Quotations that keep their marks, as “these”. */
  readonly quoted: readonly (readonly [number, number])[];
}

/** `text` with plain blanks, `folded` with small letters and with that covered which stays text. */
export function findSigns(text: string, folded: string, context: Context, grammar: Grammar): Signs {
  const quotations = new Quotations(folded);
  const tokens: Token[] = [];
  const quoted: [number, number][] = [];
  const books = new Map<NameKind, Book>();
  const bookOf = (kind: NameKind): Book => {
    const book = books.get(kind) ?? new Book(listOf(kind, context));
    books.set(kind, book);
    return book;
  };
  START.lastIndex = 0;
  for (let match = START.exec(folded); match; match = START.exec(folded)) {
    const [sign, at] = [match[1] ?? '', START.lastIndex - 1];
    const name = NAMES[sign];
    const close = CLOSING[sign];
    if (close) {
      const end = quotations.endOf(at);
      if (end > 0 && sign === '"') tokens.push(token('literal', text, at, end, text.slice(at + 1, end - 1)));
      else if (end > 0) quoted.push([at, end]);
      if (end > 0) START.lastIndex = end;
      continue;
    }
    const found = name
      ? nameAt(text, folded, at, name, bookOf(name))
      : sign === '!'
        ? priorityAt(text, folded, at, grammar)
        : estimateAt(text, folded, at);
    if (!found) continue;
    tokens.push(found);
    START.lastIndex = found.end;
  }
  return { tokens, quoted };
}

function listOf(kind: NameKind, context: Context): readonly Named[] {
  return kind === 'project' ? context.projects : kind === 'person' ? context.people : context.labels;
}

function token(kind: Kind, text: string, start: number, end: number, value: string | number): Token {
  return { kind, start, end, text: text.slice(start, end), value };
}

/** Where quotations end. Each end is looked for once, however many marks stand before it. */
class Quotations {
  readonly #ends = new Map<string, number>();

  constructor(readonly folded: string) {}

  /** The end of the quotation that begins at `at`; 0 when it has none that is near. */
  endOf(at: number): number {
    const close = CLOSING[this.folded[at] ?? ''] ?? '';
    let end = this.#ends.get(close) ?? 0;
    if (end < at + SHORTEST_LITERAL) {
      const pattern = new RegExp(`[^ ]${close}${AFTER}`, 'g');
      pattern.lastIndex = at + 1;
      end = (pattern.exec(this.folded)?.index ?? Infinity) + 2;
      this.#ends.set(close, end);
    }
    return end <= at + LONGEST_LITERAL ? end : 0;
  }
}

/** Names as they may be typed: whole, by key, or by first words that no other name has; without blanks or with `-`. */
class Book {
  readonly #ids = new Map<string, string | null>();

  constructor(named: readonly Named[]) {
    for (const one of named) this.#addFirstWords(one);
    for (const one of named.toReversed()) {
      if (one.key) this.#ids.set(squash(one.key), one.id);
      this.#ids.set(squash(one.name), one.id);
    }
  }

  find(text: string): string | null {
    return this.#ids.get(squash(text)) ?? null;
  }

  #addFirstWords({ id, name }: Named): void {
    const words = name.split(' ').filter(Boolean);
    for (let count = 1; count < words.length; count += 1) {
      const start = squash(words.slice(0, count).join(''));
      const known = this.#ids.get(start);
      this.#ids.set(start, known === undefined || known === id ? id : null);
    }
  }
}

function squash(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ _-]+/g, '');
}

function nameAt(text: string, folded: string, at: number, kind: NameKind, book: Book): Token | null {
  const ends = wordEnds(folded, at + 1);
  for (const end of ends.toReversed()) {
    const name = text.slice(at + 1, end);
    const bare = name.replace(PUNCTUATION, '');
    for (const one of new Set([name, bare])) {
      const id = /[^ _-]/.test(one) ? book.find(one) : null;
      if (id !== null) return token(kind, text, at, at + 1 + one.length, id);
    }
  }
  const unknown = text.slice(at + 1, ends[0]).replace(PUNCTUATION, '');
  return /^\p{L}/u.test(unknown) ? token('unknown', text, at, at + 1 + unknown.length, unknown) : null;
}

/** Where each of the next words ends. */
function wordEnds(folded: string, start: number): number[] {
  const ends: number[] = [];
  let at = start;
  while (ends.length < LONGEST_NAME && at < folded.length && /[^ \0]/.test(folded[at] ?? ' ')) {
    while (at < folded.length && /[^ \0]/.test(folded[at] ?? ' ')) at += 1;
    ends.push(at);
    while (folded[at] === ' ') at += 1;
  }
  return ends;
}

function priorityAt(text: string, folded: string, at: number, grammar: Grammar): Token | null {
  const word = /^(?:[a-z]{2,10}|[0-9]|!{1,2})(?=[,;:.?)]*(?: |$))/.exec(folded.slice(at + 1, at + 20))?.[0] ?? '';
  const priority = grammar.meaning('priority', word);
  return typeof priority === 'string' ? token('priority', text, at, at + 1 + word.length, priority) : null;
}

/** A day is eight hours, a week five days. */
function estimateAt(text: string, folded: string, at: number): Token | null {
  const ahead = folded.slice(at, at + 40);
  const match = ESTIMATE.exec(ahead);
  if (!match) return null;
  const [whole, count = '', part = '', gap, unit = '', joined, apart] = match;
  const more = joined ?? apart;
  const factor = UNITS.find(([words]) => words.test(unit))?.[1];
  if (!factor || (gap && unit.length === 1 && unit !== 'h') || (more && factor !== 60)) return null;
  const minutes = Math.floor((Number(`${count}.${part || 0}`) * factor * 100 + 50) / 100) + Number(more ?? 0);
  if (minutes < 1 || minutes > LONGEST_ESTIMATE) return null;
  return token('estimate', text, at, at + whole.length, minutes);
}
