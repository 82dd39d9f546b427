/** The phrases of quick add as regular expressions, made of the words that the server reads too (grammar.json). */
import source from '../../../../src/headway/modules/tasks/domain/quickadd/grammar.json';

export type Language = 'en' | 'de';
export type Value = string | number | undefined;
type Words = Readonly<Record<string, string | number>>;

export interface Rule {
  readonly kind: 'day' | 'time' | 'repeat' | 'limit';
  readonly where: string;
  readonly action: string;
  readonly pattern: RegExp;
  /** Of each group the list of words that gives its meaning; null where the text itself does. */
  readonly groups: readonly (string | null)[];
}

export interface Grammar {
  readonly rules: readonly Rule[];
  /** Whether any rule fits here: most words begin none. */
  readonly any: RegExp;
  readonly stops: ReadonlySet<string>;
  readonly joins: ReadonlySet<string>;
  readonly meaning: (list: string, word: string) => Value;
}

const WORDS = source.words as unknown as Record<string, Record<Language, Words> | string[]>;
const PARTS = source.parts as Record<string, Record<string, string>>;
const PHRASES = source.phrases as unknown as Record<string, [Rule['kind'], string, string, string][]>;
const PIECE = /\{([?=]?)([a-z]\w*)\}|\((?!\?)/g;
/** Nothing but punctuation may stand between a phrase and the next blank. */
const END = '(?=[,;:.!?)]*(?: |$))';

function spoken(language: Language): Language[] {
  return language === 'de' ? ['en', 'de'] : ['en'];
}

/** Every word of a list with its meaning; `ä` may be written `ae`. */
function wordsOf(list: string, language: Language): Map<string, Value> {
  const entry = WORDS[list];
  if (entry === undefined) return new Map();
  if (Array.isArray(entry)) return new Map(entry.flatMap((one) => [...wordsOf(one, language)]));
  const words = spoken(language).flatMap((one) => Object.entries(entry[one]));
  return new Map(
    words.flatMap(([keys, value]) => keys.split('|').flatMap((key) => [[key, value] as const, [plain(key), value]])),
  );
}

function plain(word: string): string {
  return word.replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe' })[letter] ?? 'ue');
}

function compile(language: Language): Grammar {
  const lists = new Map(Object.keys(WORDS).map((list) => [list, wordsOf(list, language)]));

  function alternatives(name: string): string {
    const words = lists.get(name);
    if (words) return [...words.keys()].join('|').replaceAll('.', '\\.');
    const parts = [...spoken(language), 'all'].flatMap((one) => PARTS[one]?.[name] ?? []);
    return parts.join('|').replace(PIECE, (piece, sign, inner) => (sign ? `(?:${alternatives(inner)})` : piece));
  }

  function rule([kind, where, action, phrase]: (typeof PHRASES)[string][number]): Rule {
    const groups: (string | null)[] = [];
    const pattern = phrase.replace(PIECE, (piece, sign, name) => {
      if (sign === '=') return `(?:${alternatives(name)})`;
      groups.push(name ?? null);
      if (piece === '(') return piece;
      return sign === '?' ? `(?:(${alternatives(name)}) )?` : `(${alternatives(name)})`;
    });
    return { kind, where, action, groups, pattern: new RegExp(blanks(pattern) + END, 'y') };
  }

  const rules = [language, 'all'].flatMap((one) => (PHRASES[one] ?? []).map(rule));
  const listed = (words: Record<Language, string>): Set<string> =>
    new Set(spoken(language).flatMap((one) => words[one].split(' ')));
  return {
    rules,
    any: new RegExp(rules.map(({ pattern }) => pattern.source).join('|'), 'y'),
    stops: listed(source.stops),
    joins: listed(source.joins),
    meaning: (list, word) =>
      lists.get(list)?.get(word.replace(/ +/g, ' ')) ?? (/^[0-9]+$/.test(word) ? +word : undefined),
  };
}

/** People may type more than one blank. */
function blanks(pattern: string): string {
  return pattern.replaceAll(' ?', ' *').replace(/ (?!\*)/g, ' +');
}

const GRAMMARS: Readonly<Record<Language, Grammar>> = { en: compile('en'), de: compile('de') };

export function grammarOf(locale: string): Grammar {
  return GRAMMARS[/^de\b/i.test(locale) ? 'de' : 'en'];
}
