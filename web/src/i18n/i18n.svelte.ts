/** Message catalogues: every text that people read, by key, in their language. */
import { untrack } from 'svelte';
import { areaMessages, type Area, type AreaMessages } from './areas.ts';
import { en, type Messages } from './en.ts';

export type MessageKey = keyof Messages | keyof AreaMessages;
export type Language = 'en' | 'de';
export type Params = Readonly<Record<string, string | number>>;

/** Keys that have the plural forms `<stem>_one` and `<stem>_other`. */
type Stem<K> = K extends `${infer S}_other` ? S : never;
export type PluralKey = Stem<MessageKey>;

export const LANGUAGES: readonly Language[] = ['en', 'de'];

export class I18n {
  language = $state<Language>('en');
  /** A region's form of dates and numbers that the reader has chosen (`de-CH`). */
  format = $state('');
  /** How dates and numbers are written: as chosen, else as the browser's own form of the language (`en-GB`) has it. */
  readonly locale = $derived(
    this.format.startsWith(this.language)
      ? this.format
      : (navigator.languages.find((tag) => tag.startsWith(this.language)) ?? this.language),
  );
  /** Only for looking at mirrored views: messages are turned round before they are shown. */
  private turn: (messages: Readonly<Record<string, string>>) => Readonly<Record<string, string>> = (same) => same;
  private messages = $state.raw<Readonly<Record<string, string>>>(en);
  private readonly areas = new Set<Area>();
  private wanted: Language = 'en';
  private plurals = $derived(new Intl.PluralRules(this.language));

  /** English written from right to left: no language of people's, but it shows what is not mirrored. */
  async mirror(): Promise<void> {
    this.turn = (await import('./pseudo.ts')).mirrored;
    await this.use('en');
  }

  /** Other languages than English are loaded when needed. */
  async use(language: Language): Promise<void> {
    this.wanted = language;
    const areas = [...this.areas];
    const core = language === 'de' ? (await import('./de.ts')).de : en;
    const more = await Promise.all(areas.map((area) => areaMessages(area, language)));
    if (language !== this.wanted) return;
    // An area has come meanwhile, in the language of before: its messages are wanted, too.
    if (areas.length !== this.areas.size) return this.use(language);
    this.messages = this.turn(Object.assign({}, core, ...more) as Readonly<Record<string, string>>);
    this.language = language;
  }

  /** The messages of an area that is not needed at once; await it before showing the area. */
  async load(area: Area): Promise<void> {
    if (this.areas.has(area)) return;
    // A page that loads an area must not be built anew when the language changes.
    const language = untrack(() => this.language);
    const more = await areaMessages(area, language);
    // Chosen another language meanwhile: its messages are wanted.
    if (language !== untrack(() => this.language)) return this.load(area);
    // Asked for twice at once.
    if (this.areas.has(area)) return;
    this.areas.add(area);
    this.messages = { ...this.messages, ...this.turn(more) };
  }

  readonly t = (key: MessageKey, params: Params = {}): string => fill(this.messages[key] ?? key, params);

  /** A counted message: `count` chooses the form and fills `{count}`. */
  readonly n = (stem: PluralKey, count: number, params: Params = {}): string => {
    const form = this.plurals.select(count) === 'one' ? 'one' : 'other';
    return this.t(`${stem}_${form}` as MessageKey, {
      count: new Intl.NumberFormat(this.locale).format(count),
      ...params,
    });
  };

  /** The sentence for an error's stable code, or one that fits every error. */
  readonly error = (code: string): string => {
    const key = `error.${code}`;
    return this.messages[key] ?? en['error.unknown'];
  };

  has(key: string): key is MessageKey {
    return key in this.messages;
  }
}

/** The best of our languages for what the browser asks for. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const match = LANGUAGES.find((language) => tag.toLowerCase().startsWith(language));
    if (match) return match;
  }
  return 'en';
}

function fill(message: string, params: Params): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
