import { afterEach, expect, it, vi } from 'vitest';
import type { App } from '../src/app/app.svelte.ts';
import { copyText } from '../src/app/clipboard.ts';

afterEach(() => vi.unstubAllGlobals());

async function saidWith(clipboard: Partial<Clipboard> | undefined): Promise<readonly string[]> {
  const said: string[] = [];
  vi.stubGlobal('navigator', { clipboard });
  const app = { t: (key: string) => key, toasts: { show: (text: string) => said.push(text) } } as unknown as App;
  await copyText(app, 'OPS-1', 'copied');
  return said;
}

it('copying says that it was done, or that the browser did not allow it', async () => {
  const copied: string[] = [];
  expect(await saidWith({ writeText: async (text) => void copied.push(text) })).toEqual(['copied']);
  expect(copied).toEqual(['OPS-1']);
  expect(await saidWith({ writeText: () => Promise.reject(new Error('denied')) })).toEqual(['toast.not_copied']);
  expect(await saidWith(undefined)).toEqual(['toast.not_copied']);
});
