/** What the palette does for oneself: theme, language, signing out. */
import { updateProfile } from '../actions/profile.ts';
import type { Choice } from './choices.ts';
import type { Found } from './finding.ts';
import type { Hands } from './hands.ts';

const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export function oneself({ app, db }: Hands): Found[] {
  const profile = db.profile();
  const set = (id: string, name: string, changes: Readonly<Record<string, string>>): Choice => ({
    id,
    name,
    run: () => profile && updateProfile(db, profile, changes),
  });
  const nothing = (): void => undefined;
  const themes = (['system', 'light', 'dark'] as const).map((theme) => set(theme, app.t(`theme.${theme}`), { theme }));
  const languages = Object.entries(LANGUAGES).map(([language, name]) => set(language, name, { language }));
  const { waiting, refused } = db.status;
  return [
    { kind: 'command', id: 'theme', name: app.t('settings.theme'), choices: themes, run: nothing },
    { kind: 'command', id: 'language', name: app.t('settings.language'), choices: languages, run: nothing },
    {
      kind: 'command',
      id: 'sign_out',
      name: app.t('action.sign_out'),
      // The settings ask first where edits would be lost.
      run: () => (waiting + refused === 0 ? void app.signOut() : app.router.go('/settings?sign-out=ask')),
    },
  ];
}
