/** The catalogues against the code that reads them: no key is missing, and none is there for nobody. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AREA_NAMES, areaMessages } from '../src/i18n/areas.ts';
import { en } from '../src/i18n/en.ts';

const SOURCES = join(import.meta.dirname, '../src');
const CATALOGUES = /i18n\/(en|de)(\/|\.ts$)/;
/** Sentences for what the server answers are chosen by its codes. */
const BY_CODE = /^error\./;

const areas = await Promise.all(AREA_NAMES.map((area) => areaMessages(area, 'en')));
const keys = [en, ...areas].flatMap((catalogue) => Object.keys(catalogue));
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf-8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !CATALOGUES.test(path.replaceAll('\\', '/')))
  .map((path) => readFileSync(join(SOURCES, path), 'utf-8'));
const code = sources.join('\n');

/** Keys that stand in the code, whole. */
const literal = new Set([...code.matchAll(/['"`]([a-z_]+\.[\w.]+)['"`]/g)].map(([, key]) => key ?? ''));
/** Keys that the code puts together: `status.${value}` names all that begin and end so. */
const patterns = [...code.matchAll(/`([a-z_]+\.[^`$]*\$\{[^`]*)`/g)].map(
  ([, template = '']) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w.]+')}$`),
);

function isRead(key: string): boolean {
  const stem = key.replace(/_(one|other)$/, '');
  return [key, stem].some((name) => literal.has(name) || patterns.some((pattern) => pattern.test(name)));
}

it('every message is read somewhere', () => {
  expect(keys.filter((key) => !BY_CODE.test(key) && !isRead(key))).toEqual([]);
});

it('every message that is asked for by its whole key is there', () => {
  const asked = [...code.matchAll(/\b(?:t|n)\(\s*'([a-z_]+\.[\w.]+)'/g)].map(([, key]) => key ?? '');
  expect(asked.length).toBeGreaterThan(200);
  const there = new Set([...keys, ...keys.map((key) => key.replace(/_(one|other)$/, ''))]);
  expect(asked.filter((key) => !there.has(key))).toEqual([]);
});
