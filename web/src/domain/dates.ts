/** Calendar days as `YYYY-MM-DD` text, in the reader's zone, and how they are written for people. */

export type Day = string;

const DAY_MILLISECONDS = 86_400_000;

/** Today where the reader is. */
export function today(zone: string | undefined, now = new Date()): Day {
  const format = formatOf('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(zone && { timeZone: zone }),
  });
  return format.format(now);
}

export function addDays(day: Day, days: number): Day {
  return new Date(utc(day).getTime() + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** Days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((utc(b).getTime() - utc(a).getTime()) / DAY_MILLISECONDS);
}

/** 0 Sunday to 6 Saturday. */
export function weekday(day: Day): number {
  return utc(day).getUTCDay();
}

/** The next day, not `day` itself, that falls on `wanted` (0 Sunday to 6 Saturday). */
export function nextWeekday(day: Day, wanted: number): Day {
  return addDays(day, ((wanted - weekday(day) + 6) % 7) + 1);
}

/** `Mon 24 Nov`, with the year where it is another one. */
export function formatDay(day: Day, language: string, now: Day): string {
  const sameYear = day.slice(0, 4) === now.slice(0, 4);
  return formatOf(language, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(utc(day));
}

/** `Monday`. */
export function formatWeekday(day: Day, language: string, width: 'long' | 'short' = 'long'): string {
  return formatOf(language, { timeZone: 'UTC', weekday: width }).format(utc(day));
}

/** `Monday, 23 November`. */
export function formatLongDay(day: Day, language: string): string {
  return formatOf(language, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(utc(day));
}

/** `November 2026`. */
export function formatMonth(day: Day, language: string): string {
  return formatOf(language, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(utc(day));
}

/** An instant in words: `3 minutes ago`, and further away a date. */
export function formatAgo(instant: string, language: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  if (seconds > -60) return format.format(0, 'second');
  if (seconds > -3600) return format.format(Math.ceil(seconds / 60), 'minute');
  if (seconds > -86_400) return format.format(Math.ceil(seconds / 3600), 'hour');
  if (seconds > -7 * 86_400) return format.format(Math.ceil(seconds / 86_400), 'day');
  return formatOf(language, { dateStyle: 'medium' }).format(Date.parse(instant));
}

/** Days until an instant, begun ones counted; 0 or less when it has passed. */
export function daysLeft(instant: string, now = Date.now()): number {
  return Math.ceil((Date.parse(instant) - now) / DAY_MILLISECONDS);
}

/** Minutes as `1 hr 30 min`. */
export function formatDuration(minutes: number, language: string): string {
  const parts = [
    { unit: 'hour', value: Math.floor(minutes / 60) },
    { unit: 'minute', value: minutes % 60 },
  ].filter(({ value }, at) => value > 0 || (at === 1 && minutes === 0));
  return parts
    .map(({ unit, value }) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value),
    )
    .join(' ');
}

/** About how long something took, in the unit that says most: `45 minutes`, `5.5 hours`, `19 days`. */
export function formatSpan(hours: number, language: string): string {
  const [unit, value] =
    hours >= 48
      ? (['day', hours / 24] as const)
      : hours >= 1
        ? (['hour', hours] as const)
        : (['minute', hours * 60] as const);
  const maximumFractionDigits = unit !== 'minute' && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits }).format(
    value,
  );
}

/** An instant in full, for tooltips. */
export function formatInstant(instant: string, language: string): string {
  return formatOf(language, { dateStyle: 'full', timeStyle: 'short' }).format(Date.parse(instant));
}

function utc(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than using it a hundred times, so each is made once. */
function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = FORMATS.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language, options);
    FORMATS.set(key, format);
  }
  return format;
}
