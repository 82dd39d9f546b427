// The mix of `headway loadtest` for k6 (https://k6.io): an open loop, 94 % reads, 6 % writes.
//
//   k6 run -e URL=http://localhost:8000 -e TOKENS=tokens.txt -e RATE=200 -e SECONDS=60 bench/k6/mixed.js
//
// tokens.txt holds personal tokens, one a line: `headway token create WHO --name k6 --scope read --scope write`.
// It changes tasks and writes comments: for an installation that is there to be tested, with HEADWAY_RATE_LIMIT=off.
import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';

const API = `${__ENV.URL || 'http://localhost:8000'}/api/v1`;
const RATE = Number(__ENV.RATE || 100);
const SECONDS = Number(__ENV.SECONDS || 60);
const RAMP = Number(__ENV.RAMP || 10);
const TOKENS = open(__ENV.TOKENS || 'tokens.txt')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line && !line.startsWith('#'));

/** Per cent of each sort; the same as in src/headway/entrypoints/loadtest/mix.py. */
const SHARES = [
  ['list of a project', 30],
  ['own open tasks', 15],
  ['task', 20],
  ['sync', 15],
  ['stats', 5],
  ['notifications', 5],
  ['search', 4],
  ['create', 2],
  ['edit', 2.5],
  ['close', 1],
  ['comment', 0.5],
];

export const options = {
  scenarios: {
    mixed: {
      executor: 'ramping-arrival-rate',
      startRate: 0,
      timeUnit: '1s',
      preAllocatedVUs: 100,
      maxVUs: 1000,
      stages: [
        { target: RATE, duration: `${RAMP}s` },
        { target: RATE, duration: `${SECONDS - RAMP}s` },
      ],
    },
  },
  thresholds: Object.fromEntries([
    ['http_req_failed', ['rate==0']],
    ['http_req_duration', ['p(95)<200']],
    // a threshold that always holds makes k6 tell the figures of each sort
    ...SHARES.map(([sort]) => [`http_req_duration{sort:${sort}}`, ['p(95)>=0']]),
  ]),
};

/** What each person knows when they begin. */
export function setup() {
  return TOKENS.map((token) => {
    const read = (path) => http.get(API + path, { headers: bearer(token), tags: { sort: 'set-up' } });
    const workspaces = read('/workspaces').json('items');
    const workspace = (workspaces.find((each) => each.kind === 'team') || workspaces[0]).id;
    const tasks = read(`/tasks?workspace_id=${workspace}&completed=false&limit=50`).json('items');
    if (tasks.length === 0) exec.test.abort('a person without an open task has nothing to work on');
    const synced = read('/sync').body.trim().split('\n');
    const cursor = encodeURIComponent(JSON.parse(synced[synced.length - 1]).cursor);
    return { token, workspace, cursor, tasks: tasks.map((task) => ({ id: task.id, project: task.project_id })) };
  });
}

export default function (people) {
  const person = any(people);
  const task = any(person.tasks);
  const sort = anySort();
  const made = uuid7();
  const [method, path, body] = asked(sort, person, task, made);
  const headers = { ...bearer(person.token), 'Content-Type': 'application/json' };
  if (method !== 'GET') headers['Idempotency-Key'] = made;
  const answer = http.request(method, API + path, body && JSON.stringify(body), {
    headers,
    tags: { sort, name: sort },
  });
  check(answer, { well: ({ status }) => status < 400 });
}

function asked(sort, { workspace, cursor }, task, made) {
  const said = `Load test ${made.slice(-6)}`;
  switch (sort) {
    case 'list of a project':
      return ['GET', `/tasks?project_id=${task.project}&sort=position&limit=50`];
    case 'own open tasks':
      return ['GET', `/tasks?workspace_id=${workspace}&assignee_id=me&completed=false&sort=due_date`];
    case 'task':
      return ['GET', `/tasks/${task.id}`];
    case 'sync':
      return ['GET', `/sync?cursor=${cursor}`];
    case 'stats':
      return ['GET', `/stats?workspace_id=${workspace}`];
    case 'notifications':
      return ['GET', '/notifications'];
    case 'search':
      return ['GET', `/search?q=invoice%20review&workspace_id=${workspace}`];
    case 'create':
      return ['POST', '/tasks', { id: made, title: said, project_id: task.project }];
    case 'edit':
      return ['PATCH', `/tasks/${task.id}`, { title: said }];
    case 'close':
      return ['PUT', `/tasks/${task.id}/closure`];
    default:
      return ['POST', `/tasks/${task.id}/comments`, { id: made, body: said }];
  }
}

function bearer(token) {
  return { Authorization: `Bearer ${token}` };
}

function any(several) {
  return several[Math.floor(Math.random() * several.length)];
}

function anySort() {
  let left = Math.random() * 100;
  return SHARES.find(([, share]) => (left -= share) < 0)?.[0] ?? 'task';
}

/** RFC 9562: 48 bits of time in milliseconds, the rest by chance. */
function uuid7() {
  const digits = (count) => Array.from({ length: count }, () => Math.floor(Math.random() * 16).toString(16)).join('');
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-${'89ab'[Math.floor(Math.random() * 4)]}${digits(3)}-${digits(12)}`;
}
