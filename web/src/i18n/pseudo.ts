/**
 * A right-to-left language that nobody has to learn: English between marks that turn it round, for looking at mirrored
 * views. Set `headway.language` to `x-rtl` in the browser's local storage; no setting offers it.
 */
const EMBED = '\u202E';
const END = '\u202C';

/** Each word written from right to left; `{parameters}` stay as they are. */
export function mirrored(messages: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, turned(text)]));
}

function turned(text: string): string {
  return text
    .split(/(\{\w+\})/)
    .map((part) => (part === '' || part.startsWith('{') ? part : `${EMBED}${part}${END}`))
    .join('');
}
