/** Catalogues of areas that are loaded with the pages that need them: `await app.i18n.load('editor')`. */
import type { editor } from './en/editor.ts';

const AREAS = {
  editor: {
    en: () => import('./en/editor.ts').then(({ editor }) => editor),
    de: () => import('./de/editor.ts').then(({ editor }) => editor),
  },
} as const;

export type Area = keyof typeof AREAS;

/** The messages of all areas. */
export type AreaMessages = Readonly<Record<keyof typeof editor, string>>;

export function areaMessages(area: Area, language: 'en' | 'de'): Promise<Readonly<Record<string, string>>> {
  return AREAS[area][language]();
}
