import { describe, expect, it } from 'vitest';
import { AREA_NAMES, areaMessages } from '../src/i18n/areas.ts';
import { de } from '../src/i18n/de.ts';
import { en } from '../src/i18n/en.ts';
import { I18n } from '../src/i18n/i18n.svelte.ts';

type Catalogue = Readonly<Record<string, string>>;

const english = new Map<string, Catalogue>([['entry', en]]);
const german = new Map<string, Catalogue>([['entry', de]]);
for (const area of AREA_NAMES) {
  english.set(area, await areaMessages(area, 'en'));
  german.set(area, await areaMessages(area, 'de'));
}

describe.each(['entry', ...AREA_NAMES])('the messages of %s', (area) => {
  const source = english.get(area) ?? {};
  const translated = german.get(area) ?? {};

  it('have the same keys and the same parameters in every language', () => {
    const parameters = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    expect(Object.keys(translated).sort()).toEqual(Object.keys(source).sort());
    for (const [key, text] of Object.entries(source))
      expect([key, parameters(translated[key])]).toEqual([key, parameters(text)]);
  });

  it('have both forms of every plural', () => {
    const stems = Object.keys(source).filter((key) => key.endsWith('_one'));
    for (const key of stems) expect(source).toHaveProperty([key.replace(/_one$/, '_other')]);
  });
});

it('no key is in two catalogues, where the one loaded last would win', () => {
  const keys = [...english.values()].flatMap((catalogue) => Object.keys(catalogue));
  expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
});

it('an area that comes while the language changes is there afterwards, in the new language', async () => {
  const i18n = new I18n();
  await Promise.all([i18n.use('de'), i18n.load('settings')]);
  expect(i18n.t('settings.profile')).toBe('Profil');

  await Promise.all([i18n.load('workspaces'), i18n.use('en')]);
  expect(i18n.t('role.owner')).toBe('Owner');
  expect(i18n.t('settings.profile')).toBe('Profile');
});
