/** Who uses this browser. */

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** What sign-in and registration answer. */
export interface SignedIn {
  readonly user: Me;
}

export const REMEMBERED = 'headway.person';

/** From the answer on the cookies are this person's: other tabs stop at once, and no reload shows somebody else's data. */
export function rememberPerson(userId: string): void {
  localStorage.setItem(REMEMBERED, userId);
}

/** Whoever else has come meanwhile stays remembered. */
export function forgetPerson(userId: string): void {
  if (rememberedPerson() === userId) localStorage.removeItem(REMEMBERED);
}

/** The person who last used this browser and did not sign out. */
export function rememberedPerson(): string | null {
  return localStorage.getItem(REMEMBERED);
}
