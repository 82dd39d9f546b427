/** Finds the phrases of the grammar in a text, and leaves alone those that only look like one. */
import { momentOf, type Calendar, type Moment } from './days.ts';
import type { Grammar, Rule, Value } from './grammar.ts';
import { repeatOf, type Repeat } from './repeats.ts';

export interface Phrase {
  readonly rule: Rule;
  readonly start: number;
  readonly end: number;
  /** What the word before it says, as in "until Friday": due, until, start, from or to. */
  readonly marker: Value;
  readonly values: readonly Value[];
  /** Of a day. */
  readonly moment: Moment | null;
  /** Of a repetition. */
  readonly repeat: Repeat | null;
  /** Where the last group begins: the word that may be a name. */
  readonly word: number;
}

/** A token that was understood is covered by TAKEN, a text that is meant literally by TEXT. */
export const TAKEN = '\u0001';
export const TEXT = '\u0000';

const BLANK = /\s/g;
const BESIDE = new RegExp(`^[ ,${TAKEN}]*$`);
const TO_THE_END = new RegExp(`^[ ,;:.!?)${TAKEN}]*$`);

/** Every kind of blank as a plain one; every character stays in its place, here and in `fold`. */
export function withPlainBlanks(text: string): string {
  return text.replace(BLANK, ' ');
}

/** In small letters, as patterns read it. */
export function fold(text: string): string {
  return text.replace(/[A-ZÄÖÜ]/g, (letter) => letter.toLowerCase());
}

export function findPhrases(folded: string, grammar: Grammar, calendar: Calendar): Phrase[] {
  const found: Phrase[] = [];
  let at = 0;
  while (at < folded.length) {
    const phrase = folded[at] === ' ' ? null : longest(folded, at, grammar, calendar);
    if (phrase) found.push(phrase);
    const blank = folded.indexOf(' ', phrase?.end ?? at);
    at = blank < 0 ? folded.length : blank + 1;
  }
  return found;
}

function longest(folded: string, at: number, grammar: Grammar, calendar: Calendar): Phrase | null {
  grammar.any.lastIndex = at;
  if (!grammar.any.test(folded)) return null;
  let best: Phrase | null = null;
  for (const rule of grammar.rules) {
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(folded);
    if (!match || at + match[0].length <= (best?.end ?? at)) continue;
    best = understood(rule, match, grammar, calendar) ?? best;
  }
  return best;
}

function understood(rule: Rule, match: RegExpExecArray, grammar: Grammar, calendar: Calendar): Phrase | null {
  const values = rule.groups.map((list, index): Value => {
    const word = match[index + 1];
    return list && word !== undefined ? grammar.meaning(list, word) : word;
  });
  const marked = rule.groups[0]?.endsWith('mark') ?? false;
  const marker = marked ? values.shift() : undefined;
  const moment = rule.kind === 'day' ? momentOf(rule.action, values, calendar) : null;
  const repeat = rule.kind === 'repeat' ? repeatOf(rule.action, values, grammar) : null;
  if ((rule.kind === 'day' && !moment) || (rule.kind === 'repeat' && !repeat)) return null;
  const end = match.index + match[0].length;
  const word = match.index + match[0].lastIndexOf(match.at(-1) ?? '');
  return { rule, start: match.index, end, marker, values, moment, repeat, word };
}

/** Those phrases that are meant: `text` as it was typed, `folded` with what is known covered. */
export function meantPhrases(found: readonly Phrase[], text: string, folded: string, grammar: Grammar): Phrase[] {
  const gaps = found.map((one, index) => folded.slice(one.end, found[index + 1]?.start));
  const joined = new Set<Phrase>();
  found.forEach((one, index) => {
    const next = found[index + 1];
    if (next?.rule.kind !== one.rule.kind || !grammar.joins.has(gaps[index]?.trim() ?? '')) return;
    if (one.rule.kind === 'day' || one.rule.kind === 'time') joined.add(one).add(next);
  });
  const likely = new Set<Phrase>();
  let atEnd = true;
  for (let index = found.length - 1; index >= 0; index -= 1) {
    const [one, gap, next] = [found[index] as Phrase, gaps[index] ?? '', found[index + 1]];
    atEnd = TO_THE_END.test(gap) && (!next || (likely.has(next) && atEnd));
    const before = found[index - 1];
    const leads = before && isPlain(before) && BESIDE.test(gaps[index - 1] ?? '') && !stopped(before, folded, grammar);
    const beside = Boolean(leads || (next && likely.has(next) && BESIDE.test(gap)));
    if (!joined.has(one) && !stopped(one, folded, grammar) && fitsHere(one, atEnd, beside, text)) likely.add(one);
  }
  return withCompany(found, likely, gaps);
}

/** Needs nothing beside it to be understood. */
function isPlain({ rule, marker }: Phrase): boolean {
  return rule.where === '' || rule.where === 'name' || marker !== undefined;
}

function fitsHere(phrase: Phrase, atEnd: boolean, beside: boolean, text: string): boolean {
  const marked = phrase.marker !== undefined;
  switch (phrase.rule.where) {
    case 'name':
      return !looksLikeName(phrase, text);
    case 'end':
      return !isSmallShortDay(phrase, text) && (marked || atEnd || beside);
    case 'marked':
      return !isSmallShortDay(phrase, text) && (marked || beside);
    case 'marker':
      return marked;
    case 'last':
      return marked && (atEnd || beside);
    default:
      return true;
  }
}

/** Says something else by the word before it, as in "the Friday meeting". */
function stopped(phrase: Phrase, folded: string, grammar: Grammar): boolean {
  if (phrase.marker !== undefined || (phrase.rule.kind === 'repeat' && phrase.rule.where === '')) return false;
  const before = folded.slice(Math.max(0, phrase.start - 30), phrase.start).trimEnd();
  return grammar.stops.has(before.slice(before.lastIndexOf(' ') + 1));
}

/** "Watch Tomorrow Never Dies", and "Morgen" in German, which is the morning unless it begins the text. */
function looksLikeName(phrase: Phrase, text: string): boolean {
  if (!isCapital(text[phrase.word]) || text.slice(0, phrase.word).trim() === '') return false;
  if (text.slice(phrase.word, phrase.end) === 'Morgen') return true;
  const before = text.slice(0, phrase.start).trimEnd();
  const after = text.slice(phrase.end);
  return isCapital(before[before.lastIndexOf(' ') + 1]) && after[0] === ' ' && isCapital(after.trimStart()[0]);
}

/** "do" and "so" are words; Thursday and Sunday are written "Do" and "So". */
function isSmallShortDay({ rule, word, end }: Phrase, text: string): boolean {
  return rule.action === 'weekday' && text.slice(word, end).replace('.', '').length === 2 && !isCapital(text[word]);
}

function isCapital(letter: string | undefined): boolean {
  return letter !== undefined && /\p{Lu}/u.test(letter);
}

/** Drops what needs the phrase before it and does not have it. */
function withCompany(found: readonly Phrase[], likely: ReadonlySet<Phrase>, gaps: readonly string[]): Phrase[] {
  const meant: Phrase[] = [];
  let repeating = false;
  found.forEach((one, index) => {
    const before = found[index - 1];
    const touches = before !== undefined && BESIDE.test(gaps[index - 1] ?? '');
    const follows = touches && meant.at(-1) === before;
    const { kind, where } = one.rule;
    const cut = kind === 'time' && one.marker === 'until' && touches && before.rule.kind === 'time' && !follows;
    repeating = (kind === 'repeat' && likely.has(one)) || (repeating && follows);
    const after = found[index + 1];
    // "at 9 tomorrow" says the time first
    const leads = after && likely.has(after) && after.rule.kind === 'day' && BESIDE.test(gaps[index] ?? '');
    const near = follows || (one.rule.action === 'bareHour' && leads);
    if (!likely.has(one) || cut || (where === 'near' && !near) || (where === 'repeat' && !repeating)) return;
    meant.push(one);
  });
  return meant;
}
