import { describe, expect, it } from 'vitest';
import { match } from '../src/app/routes.ts';
import { suggestKey } from '../src/actions/projects.ts';
import { versionsOf } from '../src/api/transport.ts';
import { addDays, daysBetween, formatSpan, nextWeekday, today } from '../src/domain/dates.ts';
import { safeHref } from '../src/domain/links.ts';
import { withMentions } from '../src/domain/mentions.ts';
import { quickDays } from '../src/domain/quickdays.ts';
import { initials } from '../src/domain/people.ts';
import { placeOf, shifted } from '../src/domain/place.ts';
import type { Task } from '../src/domain/types.ts';
import { keepInPlace } from '../src/domain/view/keep.ts';
import { between, isPosition, PositionExhausted, spread } from '../src/domain/position.ts';
import { uuid7 } from '../src/sync/uuid.ts';

describe('positions', () => {
  it('always have room between two neighbours', () => {
    let low = between(null, null);
    const high = between(low, null);
    for (let time = 0; time < 50; time += 1) {
      const middle = between(low, high);
      expect(middle > low && middle < high && isPosition(middle)).toBe(true);
      low = middle;
    }
  });

  it('count up and down at the ends, so that they stay short', () => {
    let last = between(null, null);
    let first = last;
    for (let time = 0; time < 1000; time += 1) {
      last = between(last, null);
      first = between(null, first);
    }
    expect([first.length, last.length]).toEqual([3, 3]);
  });

  it('spread evenly in order', () => {
    const keys = spread('a0', 'a1', 9);
    expect(keys).toEqual([...keys].sort());
    expect(new Set(keys).size).toBe(9);
  });

  it('refuse equal neighbours', () => {
    expect(() => between('a0', 'a0')).toThrow(PositionExhausted);
  });
});

describe('days', () => {
  it('depend on where the reader is', () => {
    const late = new Date('2026-11-23T23:30:00Z');
    expect(today('UTC', late)).toBe('2026-11-23');
    expect(today('Asia/Tokyo', late)).toBe('2026-11-24');
  });

  it('go right across months, leap days and changes of the clock', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });

  it('name the next weekday, never the day itself', () => {
    expect(nextWeekday('2026-11-23', 1)).toBe('2026-11-30');
    expect(nextWeekday('2026-11-23', 2)).toBe('2026-11-24');
    expect(nextWeekday('2026-11-23', 0)).toBe('2026-11-29');
  });
});

describe('how long something took', () => {
  it('is told in the unit that says most, in both languages', () => {
    expect([0.75, 5.5, 36, 60, 464.7].map((hours) => formatSpan(hours, 'en'))).toEqual([
      '45 minutes',
      '5.5 hours',
      '36 hours',
      '2.5 days',
      '19 days',
    ]);
    expect([1, 60, 464.7].map((hours) => formatSpan(hours, 'de'))).toEqual(['1 Stunde', '2,5 Tage', '19 Tage']);
  });
});

describe('addresses', () => {
  it('name pages, projects and tasks', () => {
    expect(match('/')).toEqual({ page: 'today' });
    expect(match('/reset')).toEqual({ page: 'reset' });
    expect(match('/reset', 'abc')).toEqual({ page: 'new-password', token: 'abc' });
    expect(match('/reset/abc')).toEqual({ page: 'new-password', token: 'abc' });
    expect(match('/confirm-address', 'abc')).toEqual({ page: 'confirm-address', token: 'abc' });
    expect(match('/invitations', 'abc')).toEqual({ page: 'invitation', token: 'abc' });
    expect(match('/settings/security')).toEqual({ page: 'settings', section: 'security' });
    expect(match('/acme/OPS')).toEqual({ page: 'project', workspace: 'acme', project: 'OPS' });
    expect(match('/acme/OPS-142')).toEqual({ page: 'task', workspace: 'acme', task: 'OPS-142' });
    expect(match('/reset/abc')).toEqual({ page: 'new-password', token: 'abc' });
    expect(match('/a/b/c')).toEqual({ page: 'not-found' });
    expect(match('/%E0%A4%A')).toEqual({ page: 'workspace', workspace: '%E0%A4%A' });
  });
});

describe('links in texts', () => {
  it('lead only to the web and to mail', () => {
    expect(safeHref('https://example.org/x')).toBe('https://example.org/x');
    for (const bad of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '/relative',
      'java\nscript:alert(1)',
    ]) {
      expect(safeHref(bad)).toBeUndefined();
    }
  });
});

it('ids are UUIDv7 and sort by the time they were made', () => {
  const first = uuid7(1_700_000_000_000);
  const second = uuid7(1_700_000_000_001);
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(first < second).toBe(true);
});

it('project keys are suggested from the name, and differ from those taken', () => {
  expect(suggestKey('Operations', [])).toBe('OPE');
  expect(suggestKey('Website launch', ['WL'])).toBe('WL2');
  expect(suggestKey('über 9000', [])).toBe('U9');
  expect(suggestKey('日本', [])).toBe('P');
});

it('initials are the first letters of the first and last name', () => {
  expect(initials('Ada King Lovelace')).toBe('AL');
  expect(initials('  ')).toBe('?');
  expect(initials('🦊 fox')).toBe('🦊F');
});

it('the version header names streams and versions', () => {
  expect(versionsOf('workspace:a=42, inbox:b=7')).toEqual({ 'workspace:a': 42, 'inbox:b': 7 });
  expect(versionsOf(null)).toEqual({});
});

describe('mentions', () => {
  const people = [
    { id: '0198aaaa-0000-7000-8000-00000000000a', name: 'Ann' },
    { id: '0198aaaa-0000-7000-8000-00000000000b', name: 'Ann Lee' },
  ];

  it('are made of names, the longest that fits', () => {
    expect(withMentions('hi @Ann Lee and @Ann!', people)).toBe(
      `hi [@Ann Lee](headway:user/${people[1]?.id}) and [@Ann](headway:user/${people[0]?.id})!`,
    );
  });

  it('are made of a first name that only one has, in any case', () => {
    const [bob] = [{ id: '33333333-3333-7333-8333-333333333333', name: 'Bob Kahn' }];
    expect(withMentions('@bob, ask @ann lee', [...people, bob])).toBe(
      `[@Bob Kahn](headway:user/${bob.id}), ask [@Ann Lee](headway:user/${people[1]?.id})`,
    );
    expect(withMentions('@bob', [bob, { ...bob, name: 'Bob Lee' }])).toBe('@bob');
  });

  it('leave addresses, other words and finished mentions alone', () => {
    for (const text of ['a@Ann', '@Anna', `[@Ann](headway:user/${people[0]?.id})`])
      expect(withMentions(text, people)).toBe(text);
  });
});

describe('the place of a moved task', () => {
  const task = (id: string, position: string, status = 'todo') =>
    ({ id, position, status, parent_id: null, trashed_at: null }) as unknown as Task;
  const [a, b, c] = [task('a', 'a0'), task('b', 'a1'), task('c', 'a2')] as [Task, Task, Task];
  const other = task('x', 'a0', 'done');
  const all = [c, a, other, b];

  it('is beside what it was dropped upon, itself not counting', () => {
    expect(placeOf(all, [c.id], 'todo', 'b', 'before')).toEqual({ after: a, before: b });
    expect(placeOf(all, [a.id], 'todo', 'b', 'after')).toEqual({ after: b, before: c });
    expect(placeOf(all, [other.id], 'todo', null, 'after')).toEqual({ after: c, before: null });
  });

  it('is one step further by key, and nowhere beyond the ends', () => {
    expect(shifted(all, c, -1)).toEqual({ after: a, before: b });
    expect(shifted(all, a, 1)).toEqual({ after: b, before: c });
    expect(shifted(all, a, -1)).toBeNull();
    expect(shifted(all, c, 1)).toBeNull();
  });
});

describe('what is focused stays in place', () => {
  const task = (id: string) => ({ id }) as unknown as Task;
  const group = (id: string, ...ids: string[]) => ({ id, name: id, tasks: ids.map(task) });

  it('where it was, when it no longer matches', () => {
    const kept = keepInPlace([group('g', 'a', 'c')], [group('g', 'a', 'b', 'c')], ['b'], task);
    expect(kept).toEqual([group('g', 'a', 'b', 'c')]);
  });

  it('in its group, when it belongs to another by now', () => {
    const next = [group('g', 'a'), group('h', 'b')];
    const kept = keepInPlace(next, [group('g', 'a', 'b'), group('h')], ['b'], () => next[1]?.tasks[0]);
    expect(kept).toEqual([group('g', 'a', 'b'), group('h')]);
  });

  it('behind the same tasks, when one above it leaves or a new one comes', () => {
    const former = group('g', 'a', 'b', 'c', 'd');
    const current = (id: string) => former.tasks.find((one) => one.id === id);
    const kept = (...ids: string[]) =>
      keepInPlace([{ ...former, tasks: ids.map((id) => current(id) ?? task(id)) }], [former], ['c'], current).map(
        (one) => one.tasks.map(({ id }) => id).join(''),
      );
    expect(kept('a', 'c', 'd')).toEqual(['acd']);
    expect(kept('n', 'a', 'b', 'd')).toEqual(['nabcd']);
    expect(kept('d', 'a', 'b')).toEqual(['dacb']);
  });

  it('but not when it is gone altogether', () => {
    expect(keepInPlace([group('g', 'a')], [group('g', 'a', 'b')], ['b'], () => undefined)).toEqual([group('g', 'a')]);
  });
});

it('each day is offered once, whatever day it is', () => {
  for (let ahead = 0; ahead < 7; ahead += 1) {
    const days = quickDays(addDays('2026-11-23', ahead)).map(({ day }) => day);
    expect(new Set(days).size).toBe(days.length);
  }
  expect(quickDays('2026-11-23').map(({ name }) => name)).toEqual(['date.today', 'date.tomorrow', 'date.next_monday']);
  expect(quickDays('2026-11-29').map(({ day }) => day)).toEqual(['2026-11-29', '2026-11-30', '2026-12-06']);
});
