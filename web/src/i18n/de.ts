/** German messages. */
import { app } from './de/app.ts';
import { errors } from './de/errors.ts';
import { tasks } from './de/tasks.ts';
import type { Messages } from './en.ts';

export const de: Messages = { ...app, ...errors, ...tasks };
