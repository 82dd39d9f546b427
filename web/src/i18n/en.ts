/** English messages that are there from the first moment: signing in, and what went wrong. All others are areas. */
import { auth } from './en/auth.ts';
import { errors } from './en/errors.ts';

export const en = { ...auth, ...errors } as const;

export type Messages = Readonly<Record<keyof typeof en, string>>;
