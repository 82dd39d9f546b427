/** How the product looks and writes numbers, as the profile says: the same on every device of a person. */
import type { Profile } from '../domain/types.ts';
import type { App } from './app.svelte.ts';

export function applyAppearance(app: App, profile: Profile): void {
  app.useTheme(profile.theme);
  app.i18n.format = preference(profile, 'format');
  void app.useLanguage(profile.language);
  const root = document.documentElement;
  if (preference(profile, 'density') === 'compact') root.dataset['density'] = 'compact';
  else delete root.dataset['density'];
}

/** A preference that is text; empty when it is not set. */
export function preference(profile: Profile, name: string): string {
  const value = profile.preferences[name];
  return typeof value === 'string' ? value : '';
}
