/** English messages: the keys that every language has. */
import { app } from './en/app.ts';
import { errors } from './en/errors.ts';
import { tasks } from './en/tasks.ts';

export const en = { ...app, ...errors, ...tasks } as const;

export type Messages = Readonly<Record<keyof typeof en, string>>;
