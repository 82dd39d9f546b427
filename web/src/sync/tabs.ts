/**
 * The tabs of one person in one browser. One of them leads: it holds the live stream, pulls, sends what waits and stores;
 * it tells the others what changes. When it goes, the next one leads. Without Web Locks (plain http) each tab is on its own.
 */
import type { Held, Versions, Write } from './types.ts';
import type { BatchResult } from './batch.ts';

/** What the leader knows of the server. */
export interface Reach {
  /** `unknown` until the server was heard or found to be out of reach. */
  readonly link: 'unknown' | 'open' | 'down';
  readonly signedOut: boolean;
  readonly ready: boolean;
}

export type TabMessage =
  /** A tab has come, and wants to know how things stand. */
  | { readonly type: 'hello' }
  /** The leader's answer: how often it has stored. */
  | { readonly type: 'welcome'; readonly edition: number }
  | { readonly type: 'reach'; readonly reach: Reach }
  | { readonly type: 'change'; readonly confirmed: Confirmed; readonly actors: readonly (readonly [string, string])[] }
  /** The stored queue of writes has changed. */
  | { readonly type: 'queue' }
  /** These may have reached the server from now on. */
  | { readonly type: 'sent'; readonly keys: readonly string[] }
  | { readonly type: 'answer'; readonly key: string; readonly result: BatchResult | null; readonly refused?: Write }
  /** For the leader: try everything now. */
  | { readonly type: 'resume' }
  | { readonly type: 'request'; readonly atLeast: Versions };

export type Confirmed = readonly (readonly [name: string, held: Held | undefined])[];

export interface Tabs {
  readonly leading: boolean;
  /** To all other tabs. */
  post(message: TabMessage): void;
  /** `onTurn`: this tab leads from now on. */
  listen(onMessage: (message: TabMessage) => void, onTurn: () => void): void;
}

/** Joins the tabs of `name` until `signal` aborts. */
export async function joinTabs(name: string, signal: AbortSignal): Promise<Tabs> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks || !('BroadcastChannel' in globalThis)) return ALONE;
  const channel = new BroadcastChannel(name);
  signal.addEventListener('abort', () => channel.close());
  const keep = new Promise<void>((release) => signal.addEventListener('abort', () => release()));
  let leading = await new Promise<boolean>((resolve) => {
    void locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? keep : undefined;
    });
  });
  let turn = (): void => undefined;
  if (!leading) {
    const lead = (): Promise<void> => {
      leading = true;
      turn();
      return keep;
    };
    locks.request(name, { signal }, lead).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
  return {
    get leading() {
      return leading;
    },
    post: (message) => {
      if (!signal.aborted) channel.postMessage(message);
    },
    listen: (onMessage, onTurn) => {
      channel.onmessage = ({ data }) => onMessage(data as TabMessage);
      turn = onTurn;
    },
  };
}

export const ALONE: Tabs = { leading: true, post: () => undefined, listen: () => undefined };
