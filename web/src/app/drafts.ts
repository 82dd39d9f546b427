/** Texts that somebody is writing, kept in this browser until they are saved. */

/** The version of the object that was edited, 0 for something new; and what it said, where no version says so. */
export interface Basis {
  readonly version: number;
  readonly text?: string;
}

export interface Draft {
  readonly text: string;
  readonly base: Basis;
}

const PREFIX = 'headway.draft.';

export class Drafts {
  constructor(private readonly userId: string) {}

  read(name: string): Draft | null {
    try {
      const kept = localStorage.getItem(this.key(name));
      return kept === null ? null : (JSON.parse(kept) as Draft);
    } catch {
      return null;
    }
  }

  keep(name: string, draft: Draft): void {
    try {
      localStorage.setItem(this.key(name), JSON.stringify(draft));
    } catch {
      // The storage is full: what is being written stays on the screen.
    }
  }

  drop(name: string): void {
    localStorage.removeItem(this.key(name));
  }

  private key(name: string): string {
    return `${PREFIX}${this.userId}.${name}`;
  }
}

/** Leaves no draft of a person in this browser. */
export function forgetDrafts(userId: string): void {
  const own = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${userId}.`));
  for (const key of own) localStorage.removeItem(key);
}
