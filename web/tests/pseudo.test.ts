import { expect, it } from 'vitest';
import { I18n } from '../src/i18n/i18n.svelte.ts';
import { mirrored } from '../src/i18n/pseudo.ts';

it('turns words round and leaves parameters where they are', () => {
  expect(mirrored({ key: '{count} of {all} done' })).toEqual({ key: '{count}\u202E of \u202C{all}\u202E done\u202C' });
});

it('what is loaded later is turned round, too', async () => {
  const i18n = new I18n();
  await i18n.mirror();
  await i18n.load('settings');
  expect(i18n.t('settings.profile')).toBe('\u202EProfile\u202C');
});
