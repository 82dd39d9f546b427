/** German messages for signing in, and for what went wrong. */
import { auth } from './de/auth.ts';
import { errors } from './de/errors.ts';
import type { Messages } from './en.ts';

export const de: Messages = { ...auth, ...errors };
