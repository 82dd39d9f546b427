/** Wall time in a zone and the moment that it is, by the browser's own rules of zones. */
import type { Day } from './dates.ts';

export interface WallTime {
  readonly day: Day;
  /** `HH:MM`. */
  readonly time: string;
}

/** What clocks in `zone` show at a moment. */
export function wallTime(moment: Date, zone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

/**
 * The moment at which clocks in `zone` show a wall time. One that clocks skip is taken with the offset from before the
 * change (RFC 5545, 3.3.5); of one that occurs twice the first counts: as the server has it.
 */
export function instant(day: Day, time: string, zone: string): Date {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const offsets = [asUtc - 86_400_000, asUtc + 86_400_000].map((around) => offsetAt(around, zone));
  const candidates = offsets.map((offset) => asUtc - offset).sort((a, b) => a - b);
  const exact = candidates.find((moment) => offsetAt(moment, zone) === asUtc - moment);
  return new Date(exact ?? asUtc - (offsets[0] ?? 0));
}

/** Every zone that the browser knows. */
export function zoneNames(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}

/** Milliseconds by which clocks in `zone` are ahead of UTC. */
function offsetAt(moment: number, zone: string): number {
  const { day, time } = wallTime(new Date(moment), zone);
  return Date.parse(`${day}T${time}:00Z`) - Math.floor(moment / 60_000) * 60_000;
}
