import { afterEach, expect, it, vi } from 'vitest';
import { Api } from '../src/api/client.ts';
import type { Db } from '../src/app/db.svelte.ts';
import { Uploads } from '../src/app/uploads.svelte.ts';
import type { Task } from '../src/domain/types.ts';

const TASK = { id: 't1' } as Task;

/** The browser's own, as far as files need it; it waits until a test answers. */
class Sending {
  static all: Sending[] = [];
  readonly upload = {};
  status = 0;
  responseText = '';
  url = '';
  onload: () => void = () => undefined;
  private told: Readonly<Record<string, string>> = {};

  open(_method: string, url: string): void {
    this.url = url;
  }

  setRequestHeader(): void {}

  getResponseHeader(name: string): string | null {
    return this.told[name] ?? null;
  }

  send(): void {
    Sending.all.push(this);
  }

  answer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.told = { 'content-type': 'application/json', ...headers };
    this.onload();
  }
}

function uploads(limit: number): Uploads {
  const instance = (() => Promise.resolve(new Response(`{"max_upload_bytes": ${limit}}`))) as unknown as typeof fetch;
  const api = new Api('https://headway.example/', instance);
  return new Uploads({
    api,
    engine: { store: { applyObjects: () => undefined } },
    task: () => undefined,
  } as unknown as Db);
}

async function sent(count: number): Promise<Sending> {
  await vi.waitFor(() => expect(Sending.all).toHaveLength(count));
  return Sending.all[count - 1] as Sending;
}

afterEach(() => {
  Sending.all = [];
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('sends files one after another, also after one that failed', async () => {
  vi.stubGlobal('XMLHttpRequest', Sending);
  const files = uploads(100);
  const done = ['a', 'b', 'c'].map((name) => files.start(TASK, new File(['x'], name)));
  (await sent(1)).answer(201, { id: '1', thumbnail_url: null });
  expect(await done[0]).toBe('1');
  const second = await sent(2);
  expect(second.url).toContain('name=b');
  second.answer(409, { code: 'workspace_full' });
  expect(await done[1]).toBeNull();
  (await sent(3)).answer(201, { id: '3', thumbnail_url: null });
  expect(await done[2]).toBe('3');
  expect(files.of('t1').map(({ name }) => name)).toEqual(['b']);
});

it('waits its turn where another tab is sending', async () => {
  vi.stubGlobal('XMLHttpRequest', Sending);
  const files = uploads(100);
  const done = files.start(TASK, new File(['x'], 'a'));
  (await sent(1)).answer(429, { code: 'too_many_uploads' }, { 'retry-after': '0' });
  (await sent(2)).answer(201, { id: '1', thumbnail_url: null });
  expect(await done).toBe('1');
});

it('does not send what the server would refuse for its size', async () => {
  vi.stubGlobal('XMLHttpRequest', Sending);
  const files = uploads(3);
  expect(await files.start(TASK, new File(['four'], 'a'))).toBeNull();
  expect(Sending.all).toEqual([]);
  expect(files.of('t1')[0]?.failure).toMatchObject({ code: 'file_too_large', body: { limit: 3 } });
});
