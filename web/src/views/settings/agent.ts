/** Browsers and addresses in words. */
import type { MessageKey } from '../../i18n/i18n.svelte.ts';

const BROWSERS: readonly [pattern: RegExp, name: string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [pattern: RegExp, name: string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** `Firefox, Linux`; null for a program that is no browser. */
export function browserName(userAgent: string): string | null {
  const find = (list: readonly [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = find(BROWSERS);
  if (!browser) return null;
  const system = find(SYSTEMS);
  return system ? `${browser}, ${system}` : browser;
}

export function isPhone(userAgent: string): boolean {
  return /Android|iPhone|iPad|Mobile/.test(userAgent);
}

/** Where an address is, as far as it says; null for one of the internet. */
export function placeOf(address: string): MessageKey | null {
  if (/^(127\.|::1$|::ffff:127\.)/.test(address)) return 'sessions.here';
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd]|fe80:)/i.test(address)) return 'sessions.local';
  return null;
}
