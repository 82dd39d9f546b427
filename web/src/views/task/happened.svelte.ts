/** What happened to a task, asked for in pages, and anew when something has happened. */
import type { App } from '../../app/app.svelte.ts';
import { deedsOf, type Deed, type Happened } from '../../domain/history.ts';

interface Page {
  readonly items: readonly Happened[];
  readonly next_cursor: string | null;
}

const PAGE = 50;
const AGAIN_MILLISECONDS = 400;

export class WhatHappened {
  private items = $state.raw<readonly Happened[]>([]);
  private cursor = $state<string | null>(null);
  unavailable = $state(false);
  asked = $state(false);
  /** The newest first. */
  readonly deeds: readonly Deed[] = $derived(deedsOf(this.items));
  readonly more = $derived(this.cursor !== null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly app: App,
    private readonly taskId: string,
  ) {}

  /** Soon: several changes at once are one question. */
  refresh(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(null), this.asked ? AGAIN_MILLISECONDS : 0);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  older(): Promise<void> {
    return this.ask(this.cursor);
  }

  private async ask(cursor: string | null): Promise<void> {
    try {
      const page = await this.app.api.get<Page>(`/tasks/${this.taskId}/activity`, { limit: PAGE, cursor });
      this.items = cursor === null ? page.items : [...this.items, ...page.items];
      this.cursor = page.next_cursor;
      this.unavailable = false;
    } catch {
      this.unavailable = true;
    }
    this.asked = true;
  }
}
