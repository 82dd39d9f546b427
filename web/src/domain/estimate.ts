/** How long a task takes, as people write it: `2h`, `1d 4h`, `90m`, `1:30`. A day of work has eight hours, a week five days. */

const HOUR = 60;
export const DAY_MINUTES = 8 * HOUR;
const WEEK = 5 * DAY_MINUTES;
export const MOST_MINUTES = 600_000;

const UNITS: Readonly<Record<string, number>> = { w: WEEK, d: DAY_MINUTES, t: DAY_MINUTES, h: HOUR, m: 1 };
const PART = /(\d+(?:[.,]\d+)?)\s*(w|d|t|h|m)[\p{L}.]*/giu;

/** Minutes; null where the text says no time, or more than can be kept. German words (`2 Std.`, `1 Tag`) are read too. */
export function parseEstimate(text: string): number | null {
  const written = text
    .trim()
    .toLowerCase()
    .replace(/\bstd\b|\bstunden?\b/gu, 'h');
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(written);
  if (clock) return bounded(Number(clock[1]) * HOUR + Number(clock[2]));
  if (/^\d+([.,]\d+)?$/.test(written)) return bounded(Math.round(number(written) * HOUR));
  if (written === '' || written.replace(PART, '').replace(/[\s,+]|und|and/gu, '') !== '') return null;
  let minutes = 0;
  for (const [, amount = '', unit = ''] of written.matchAll(PART)) minutes += number(amount) * (UNITS[unit] ?? 0);
  return bounded(Math.round(minutes));
}

/** `1d 4h`, `1h 30m`: read by parseEstimate as the same. */
export function formatEstimate(minutes: number, units: { d: string; h: string; m: string }): string {
  const parts = [
    [Math.floor(minutes / DAY_MINUTES), units.d],
    [Math.floor((minutes % DAY_MINUTES) / HOUR), units.h],
    [minutes % HOUR, units.m],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
  return said.join(' ') || `0${units.m}`;
}

function bounded(minutes: number): number | null {
  return minutes <= MOST_MINUTES ? minutes : null;
}

function number(text: string): number {
  return Number(text.replace(',', '.'));
}
