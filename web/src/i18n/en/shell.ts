/** What comes with the shell: lists, boards, sync. Whatever is opened less often is an area of its own (areas.ts). */
import { app } from './app.ts';
import { tasks } from './tasks.ts';

export const shell = { ...app, ...tasks } as const;
