/**
 * The service worker: the client opens without a network. It holds the files of one release and the page that names them;
 * answers of the API are never kept. Built by itself as /sw.js, with the placeholders filled by bundle/release.ts.
 */
export {};

declare const self: ServiceWorkerGlobalScope;

/** Files of this release below `assets/`, separated by spaces. */
const FILES: ReadonlySet<string> = new Set('%FILES%'.split(' '));
const SCOPE = self.registration.scope;
/** Other products of this origin, such as another Headway below another path, have caches of their own. */
const PREFIX = `headway-release-${new URL(SCOPE).pathname}-`;
const CACHE = `${PREFIX}%RELEASE%`;
/** Files without a hash in their name, which the page refers to. */
const UNHASHED = ['icon.svg', 'manifest.webmanifest', 'icons/192.png'].map((name) => new URL(name, SCOPE).href);
/** Paths below the scope that are no pages of the client. */
const SERVED = /^(api|docs|healthz|readyz|metrics)(\/|$)/;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    if (isPage(request.url)) event.respondWith(page(event));
  } else if (FILES.has(fileOf(request.url))) event.respondWith(file(request));
  else if (isOld(request)) event.respondWith(file(request));
  else if (UNHASHED.includes(request.url)) event.respondWith(unhashed(event));
});
// The person has chosen to reload into this release.
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
});

async function install(): Promise<void> {
  const answer = await fetch(SCOPE, { cache: 'no-cache' });
  const html = await answer.clone().text();
  // Between two releases of the server: the browser tries again later.
  if (!isShell(answer, html)) throw new Error('The page is of another release.');
  const cache = await caches.open(CACHE);
  const assets = assetsOf(html);
  await Promise.all([...FILES].map((name) => keep(cache, new URL(name, assets).href)));
  await Promise.all(UNHASHED.map((url) => cache.add(url)));
  await cache.put(SCOPE, answer);
}

/** What an earlier release has already is not fetched again. */
async function keep(cache: Cache, url: string): Promise<void> {
  const held = await caches.match(url);
  if (held) await cache.put(url, held);
  else await cache.add(url);
}

/** The release before stays too: tabs that still run it may load more of its files. */
async function activate(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The page as it is held, at once; the server's own is fetched beside it. */
async function page(event: FetchEvent): Promise<Response> {
  const held = await caches.match(SCOPE, { cacheName: CACHE });
  const fresh = freshPage();
  if (!held) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return held;
}

async function freshPage(): Promise<Response> {
  const answer = await fetch(SCOPE, { cache: 'no-cache' });
  if (isShell(answer, await answer.clone().text())) {
    const cache = await caches.open(CACHE);
    await cache.put(SCOPE, answer.clone());
  } else if (answer.ok) void self.registration.update();
  return answer;
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

async function unhashed(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(CACHE);
  const held = await cache.match(event.request.url);
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.ok) await cache.put(event.request.url, answer.clone());
    return answer;
  });
  if (!held) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return held;
}

function isPage(url: string): boolean {
  if (!url.startsWith(SCOPE)) return false;
  const path = new URL(url).pathname.slice(new URL(SCOPE).pathname.length);
  return !SERVED.test(path) && !path.slice(path.lastIndexOf('/') + 1).includes('.');
}

/** Whether an answer is the client's page, and of this release: what it names is held. */
function isShell(answer: Response, html: string): boolean {
  if (!answer.ok || answer.redirected) return false;
  const names = [...html.matchAll(/assets\/([\w.-]+)/g)].map(([, name]) => name ?? '');
  return names.length > 0 && names.every((name) => FILES.has(name));
}

/** The folder of the hashed files, which may be on another host. */
function assetsOf(html: string): string {
  const [, folder = './assets/'] = /src="([^"]*\/assets\/)/.exec(html) ?? [];
  return new URL(folder, SCOPE).href;
}

/** The name below `assets/`; empty for anything else. */
function fileOf(url: string): string {
  return /\/assets\/([\w.-]+)$/.exec(url)?.[1] ?? '';
}

/** A script or style of another release, for a tab that still runs it. */
function isOld(request: Request): boolean {
  return fileOf(request.url) !== '' && (request.destination === 'script' || request.destination === 'style');
}
