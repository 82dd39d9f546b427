/** Regions' forms of dates and numbers, for the languages that there are. */
export const FORMATS: readonly string[] = [
  'en-GB',
  'en-US',
  'en-AU',
  'en-CA',
  'en-IE',
  'en-IN',
  'en-NZ',
  'en-ZA',
  'de-DE',
  'de-AT',
  'de-CH',
];

/** `Switzerland`, in the reader's language. */
export function formatName(tag: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(tag.slice(3)) ?? tag;
}
