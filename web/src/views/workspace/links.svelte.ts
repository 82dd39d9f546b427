/** Links of invitations by their id: each is told once, when it is made, and kept while the page is open. */
import type { Schema } from '../../api/types.ts';

export class InvitationLinks {
  private links = $state.raw<Readonly<Record<string, string>>>({});

  keep({ id, url }: Schema<'InvitationLink'>): void {
    this.links = { ...this.links, [id]: url };
  }

  of(id: string): string | undefined {
    return this.links[id];
  }
}
