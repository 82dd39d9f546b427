/** Catalogues that are loaded with the pages that need them: `await app.i18n.load('editor')`. */
import type { admin } from './en/admin.ts';
import type { attention } from './en/attention.ts';
import type { editor } from './en/editor.ts';
import type { refusals } from './en/refusals.ts';
import type { settings } from './en/settings.ts';
import type { shell } from './en/shell.ts';
import type { views } from './en/views.ts';
import type { workspaces } from './en/workspaces.ts';

const AREAS = {
  admin: {
    en: () => import('./en/admin.ts').then(({ admin }) => admin),
    de: () => import('./de/admin.ts').then(({ admin }) => admin),
  },
  attention: {
    en: () => import('./en/attention.ts').then(({ attention }) => attention),
    de: () => import('./de/attention.ts').then(({ attention }) => attention),
  },
  shell: {
    en: () => import('./en/shell.ts').then(({ shell }) => shell),
    de: () => import('./de/shell.ts').then(({ shell }) => shell),
  },
  editor: {
    en: () => import('./en/editor.ts').then(({ editor }) => editor),
    de: () => import('./de/editor.ts').then(({ editor }) => editor),
  },
  refusals: {
    en: () => import('./en/refusals.ts').then(({ refusals }) => refusals),
    de: () => import('./de/refusals.ts').then(({ refusals }) => refusals),
  },
  settings: {
    en: () => import('./en/settings.ts').then(({ settings }) => settings),
    de: () => import('./de/settings.ts').then(({ settings }) => settings),
  },
  views: {
    en: () => import('./en/views.ts').then(({ views }) => views),
    de: () => import('./de/views.ts').then(({ views }) => views),
  },
  workspaces: {
    en: () => import('./en/workspaces.ts').then(({ workspaces }) => workspaces),
    de: () => import('./de/workspaces.ts').then(({ workspaces }) => workspaces),
  },
} as const;

export type Area = keyof typeof AREAS;
export const AREA_NAMES = Object.keys(AREAS) as readonly Area[];

/** The messages of all areas. */
export type AreaMessages = Readonly<
  Record<
    | keyof typeof admin
    | keyof typeof attention
    | keyof typeof shell
    | keyof typeof editor
    | keyof typeof refusals
    | keyof typeof settings
    | keyof typeof views
    | keyof typeof workspaces,
    string
  >
>;

export function areaMessages(area: Area, language: 'en' | 'de'): Promise<Readonly<Record<string, string>>> {
  return AREAS[area][language]();
}
