/** Time zones, as people look for them: by city, with the time that it is there. */

export interface Zone {
  readonly id: string;
  /** `Berlin, Europe`. */
  readonly name: string;
  /** `17:30, UTC+1`. */
  readonly time: string;
}

export function zones(own: string, locale: string, now = new Date()): Zone[] {
  const ids = new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...ids].map((id) => zone(id, locale, now)).sort((a, b) => a.name.localeCompare(b.name, locale));
}

export function zone(id: string, locale: string, now = new Date()): Zone {
  return { id, name: zoneName(id), time: timeIn(id, locale, now) };
}

/** `America/Argentina/Buenos_Aires` is `Buenos Aires, Argentina, America`. */
export function zoneName(id: string): string {
  return id.replaceAll('_', ' ').split('/').reverse().join(', ');
}

function timeIn(id: string, locale: string, now: Date): string {
  try {
    const parts = new Intl.DateTimeFormat(locale, {
      timeZone: id,
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'shortOffset',
    }).formatToParts(now);
    const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const time = parts.filter(({ type }) => type !== 'timeZoneName').map(({ value }) => value);
    return `${time.join('').trim()}, ${offset.replace('GMT', 'UTC')}`;
  } catch {
    // The server knows zones that this browser does not.
    return '';
  }
}
