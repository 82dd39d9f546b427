import type { editor as english } from '../en/editor.ts';

export const editor: Readonly<Record<keyof typeof english, string>> = {
  'writer.bold': 'Fett',
};
