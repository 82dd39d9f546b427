/** What comes with the shell: lists, boards, sync. Whatever is opened less often is an area of its own (areas.ts). */
import { app } from './app.ts';
import { hands } from './hands.ts';
import { tasks } from './tasks.ts';

export const shell = { ...app, ...hands, ...tasks } as const;
