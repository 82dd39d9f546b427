/** The live stream: GET /api/v1/events. It reconnects by itself, and says when a pull is needed. */
import type { LiveChanges, Versions } from './types.ts';

export interface LiveHandlers {
  /** The stream is open; `streams` are the server's versions now. */
  readonly onHello: (streams: Versions) => void;
  readonly onChanges: (changes: LiveChanges) => void;
  readonly onResync: () => void;
  readonly onDown: () => void;
}

/** The part of EventSource that is used here. */
export interface EventStream {
  addEventListener(type: string, listener: (event: { data?: string }) => void): void;
  close(): void;
}

export interface LiveOptions extends LiveHandlers {
  readonly open: () => EventStream;
  readonly later: (seconds: number, run: () => void) => () => void;
  /** Called before each reconnection; false when the session has ended. */
  readonly renew: () => Promise<boolean>;
}

const LONGEST_WAIT_SECONDS = 30;

export class Live {
  private stream: EventStream | null = null;
  private cancelWait: (() => void) | null = null;
  private failures = 0;
  private closed = false;

  constructor(private readonly options: LiveOptions) {}

  connect(): void {
    this.cancelWait?.();
    this.cancelWait = null;
    if (this.stream || this.closed) return;
    const stream = this.options.open();
    this.stream = stream;
    stream.addEventListener('hello', (event) => {
      this.failures = 0;
      this.options.onHello((parse(event) as { streams: Versions }).streams);
    });
    stream.addEventListener('changes', (event) => this.options.onChanges(parse(event) as LiveChanges));
    stream.addEventListener('resync', () => this.options.onResync());
    stream.addEventListener('error', () => this.down(stream));
  }

  /** Connects anew at once, whatever the present stream is worth: after a change of network it may be dead unnoticed. */
  restart(): void {
    this.stream?.close();
    this.stream = null;
    this.failures = 0;
    this.connect();
  }

  close(): void {
    this.closed = true;
    this.cancelWait?.();
    this.stream?.close();
    this.stream = null;
  }

  private down(stream: EventStream): void {
    if (this.stream !== stream) return;
    stream.close();
    this.stream = null;
    this.failures += 1;
    // Once may be a session that has to be renewed, or a server that was started anew.
    if (this.failures > 1) this.options.onDown();
    const longest = Math.min(2 ** (this.failures - 1), LONGEST_WAIT_SECONDS);
    // Spread over half the time, so that a restarted server does not meet everybody at once.
    const seconds = longest * (0.5 + Math.random() / 2);
    this.cancelWait = this.options.later(seconds, () => void this.reconnect());
  }

  private async reconnect(): Promise<void> {
    if (await this.options.renew()) this.connect();
  }
}

function parse(event: { data?: string }): unknown {
  return JSON.parse(event.data ?? 'null');
}
