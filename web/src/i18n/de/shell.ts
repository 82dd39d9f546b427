/** What comes with the shell, in German. */
import type { shell as english } from '../en/shell.ts';
import { app } from './app.ts';
import { hands } from './hands.ts';
import { lists } from './lists.ts';
import { tasks } from './tasks.ts';

export const shell: Readonly<Record<keyof typeof english, string>> = { ...app, ...hands, ...lists, ...tasks };
