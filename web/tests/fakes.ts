import type { Transport } from '../src/sync/engine.ts';
import type { EventStream } from '../src/sync/live.ts';
import type { BatchAnswer } from '../src/sync/batch.ts';
import type { TabMessage, Tabs } from '../src/sync/tabs.ts';
import type { LiveChanges, SyncLine, Versions, Write } from '../src/sync/types.ts';
import { held, lines } from './fixtures.ts';

/** A server that says what a test tells it to. */
export class FakeServer implements Transport {
  asked: (string | null)[] = [];
  answers: (readonly SyncLine[] | Error)[] = [];
  accept: (writes: readonly Write[]) => BatchAnswer = (writes) => ({
    kind: 'answered',
    versions: {},
    results: writes.map(({ key }) => ({ key, status: 200, body: {} })),
  });
  private listeners = new Map<string, (event: { data?: string }) => void>();

  async sync(cursor: string | null): Promise<AsyncIterable<SyncLine>> {
    this.asked.push(cursor);
    const answer = this.answers.shift() ?? [{ type: 'end', cursor: cursor ?? 'c0' } as const];
    if (answer instanceof Error) throw answer;
    return lines(...answer);
  }

  batch = async (writes: readonly Write[]): Promise<BatchAnswer> => this.accept(writes);
  task = async () => held('old', 9, { title: 'found' });
  renew = async (): Promise<boolean> => true;

  /** Live streams that were opened. */
  opened = 0;

  events(): EventStream {
    this.opened += 1;
    return {
      addEventListener: (type, listener) => void this.listeners.set(type, listener),
      close: () => undefined,
    };
  }

  hello(streams: Versions): void {
    this.listeners.get('hello')?.({ data: JSON.stringify({ streams }) });
  }

  changes(data: LiveChanges): void {
    this.listeners.get('changes')?.({ data: JSON.stringify(data) });
  }
}

/** A browser of several tabs: the first that is open leads. */
export class FakeBrowser {
  private tabs: FakeTab[] = [];

  tab(): FakeTab {
    const tab = new FakeTab(this);
    this.tabs.push(tab);
    return tab;
  }

  leads(tab: FakeTab): boolean {
    return this.tabs[0] === tab;
  }

  close(tab: FakeTab): void {
    const led = this.leads(tab);
    this.tabs = this.tabs.filter((other) => other !== tab);
    if (led) this.tabs[0]?.turn();
  }

  deliver(message: TabMessage, from: FakeTab): void {
    for (const tab of this.tabs) if (tab !== from) setTimeout(() => tab.hear(structuredClone(message)));
  }
}

export class FakeTab implements Tabs {
  hear: (message: TabMessage) => void = () => undefined;
  turn: () => void = () => undefined;

  constructor(private readonly browser: FakeBrowser) {}

  get leading(): boolean {
    return this.browser.leads(this);
  }

  post(message: TabMessage): void {
    this.browser.deliver(message, this);
  }

  listen(onMessage: (message: TabMessage) => void, onTurn: () => void): void {
    this.hear = onMessage;
    this.turn = onTurn;
  }
}
