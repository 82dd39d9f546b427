/** How people are shown where there is no picture. */
const HUES = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'pink', 'gray'] as const;
export type Hue = (typeof HUES)[number];

/** Up to two letters of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase() || '?';
}

/** One of the eight hues that projects and labels have. An unknown name is gray. */
export function hueOf(color: string | null | undefined): Hue {
  return HUES.find((hue) => hue === color) ?? 'gray';
}

export { HUES };
