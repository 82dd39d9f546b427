import { expect, it, vi } from 'vitest';
import { Api } from '../src/api/client.ts';
import { httpTransport } from '../src/api/transport.ts';
import type { Write } from '../src/sync/types.ts';

const WRITE = { key: '1', method: 'POST', path: '/tasks', body: { title: 'Milk' }, effects: [] } as unknown as Write;
const OTHER = { status: 409, code: 'other_person' };

function answering(...answers: readonly Response[]): { send: typeof fetch; asked: Headers[] } {
  const asked: Headers[] = [];
  const left = [...answers];
  const send = ((_url: string, init: RequestInit) => {
    asked.push(init.headers as Headers);
    return Promise.resolve(left.shift());
  }) as typeof fetch;
  return { send, asked };
}

const problem = (body: { status: number }): Response =>
  new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json' },
  });

it('says with every request whose it is', async () => {
  const { send, asked } = answering(new Response('{}'), problem({ status: 401 }), new Response('{}'), new Response());
  const api = new Api('https://headway.example/', send).as({ person: 'ada', replaced: () => undefined });
  await api.get('/users/me');
  await api.post('/auth/logout');
  expect(asked.map((headers) => headers.get('Headway-Person'))).toEqual(['ada', 'ada', 'ada', 'ada']);
});

it('says nothing while nobody is signed in', async () => {
  const { send, asked } = answering(new Response('{}'));
  await new Api('https://headway.example/', send).get('/instance');
  expect(asked[0]?.has('Headway-Person')).toBe(false);
});

it('keeps what is queued and stops once the cookies are somebody else’s', async () => {
  const replaced = vi.fn();
  const { send } = answering(problem(OTHER));
  const api = new Api('https://headway.example/', send).as({ person: 'ada', replaced });
  const answer = await httpTransport(api).batch([WRITE]);
  expect(answer.kind).toBe('offline');
  expect(replaced).toHaveBeenCalledOnce();
});

it('stops when the renewed session would be somebody else’s', async () => {
  const replaced = vi.fn();
  const { send } = answering(problem({ status: 401 }), problem(OTHER));
  const api = new Api('https://headway.example/', send).as({ person: 'ada', replaced });
  await expect(api.get('/users/me')).rejects.toMatchObject({ code: 'other_person' });
  expect(replaced).toHaveBeenCalledOnce();
});
