/** What comes with the shell: lists, boards, sync. Whatever is opened less often is an area of its own (areas.ts). */
import { app } from './app.ts';
import { hands } from './hands.ts';
import { lists } from './lists.ts';
import { tasks } from './tasks.ts';

export const shell = { ...app, ...hands, ...lists, ...tasks } as const;
