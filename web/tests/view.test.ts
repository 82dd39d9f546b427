import { describe, expect, it } from 'vitest';
import { csvOf } from '../src/domain/csv.ts';
import { linesOf } from '../src/domain/lines.ts';
import type { Task } from '../src/domain/types.ts';
import { turned, weeksOf } from '../src/domain/view/days.ts';
import { isNarrowed, matching, type Reader } from '../src/domain/view/filters.ts';
import { Arranged } from '../src/domain/view/arranged.ts';
import { framesOf, keysOf, type Known } from '../src/domain/view/grouping.ts';
import { readFilters, withoutFilters, writeFilters } from '../src/domain/view/query.ts';
import { comparing } from '../src/domain/view/sorting.ts';
import { NO_FILTERS, type Filters, type Grouping } from '../src/domain/view/types.ts';

const reader: Reader = { me: 'ada', today: '2026-11-23', weekStart: 1 };

function task(id: string, wanted: Partial<Task> = {}): Task {
  const plain = {
    id,
    title: id,
    project_id: 'p1',
    parent_id: null,
    status: 'todo',
    status_category: 'todo',
    priority: 'none',
    start_date: null,
    due_date: null,
    assignee_ids: [],
    label_ids: [],
    estimate_minutes: null,
    position: 'a0',
    recurrence: null,
    completed_at: null,
    trashed_at: null,
    created_by: 'ada',
    created_at: '2026-11-01T00:00:00Z',
    updated_at: '2026-11-01T00:00:00Z',
  };
  return { ...plain, ...wanted } as Task;
}

function shown(tasks: readonly Task[], filters: Partial<Filters>): string[] {
  return tasks.filter(matching({ ...NO_FILTERS, ...filters }, reader)).map(({ id }) => id);
}

describe('filters', () => {
  const tasks = [
    task('mine', { assignee_ids: ['ada'], due_date: '2026-11-20', priority: 'high' }),
    task('bens', { assignee_ids: ['ben'], due_date: '2026-11-29', created_by: 'ben', label_ids: ['l1'] }),
    task('nobodys', { estimate_minutes: 30, parent_id: 'mine' }),
    task('done', { status_category: 'completed', due_date: '2026-11-20', completed_at: '2026-11-21T00:00:00Z' }),
    task('gone', { trashed_at: '2026-11-21T00:00:00Z' }),
  ];

  it('leave out what is in the trash, always', () => {
    expect(shown(tasks, {})).toEqual(['mine', 'bens', 'nobodys', 'done']);
  });

  it('must all hold, and within one any value may', () => {
    expect(shown(tasks, { assignees: ['me', 'nobody'], closed: false })).toEqual(['mine', 'nobodys']);
    expect(shown(tasks, { assignees: ['me', 'ben'], priorities: ['high'] })).toEqual(['mine']);
    expect(shown(tasks, { label_ids: ['l1', 'l2'], created_by: ['ben'] })).toEqual(['bens']);
  });

  it('know days: overdue is open and past, a week begins where the reader has it', () => {
    expect(shown(tasks, { due: 'overdue' })).toEqual(['mine']);
    expect(shown(tasks, { due: 'this_week' })).toEqual(['bens']);
    expect(tasks.filter(matching({ ...NO_FILTERS, due: 'this_week' }, { ...reader, weekStart: 0 }))).toEqual([]);
    expect(shown(tasks, { due: 'none' })).toEqual(['nobodys']);
    expect(shown(tasks, { due_after: '2026-11-20' })).toEqual(['bens']);
  });

  it('know what a task has, its words, and whether it is a part', () => {
    expect(shown(tasks, { has: ['estimate', 'parent'] })).toEqual(['nobodys']);
    expect(shown(tasks, { q: 'BEN' })).toEqual(['bens']);
    expect(shown(tasks, { with_subtasks: false })).not.toContain('nobodys');
  });

  it('come back from an address as they went in', () => {
    const filters: Filters = {
      ...NO_FILTERS,
      statuses: ['todo', 'in_progress'],
      assignees: ['me', 'nobody'],
      due: 'overdue',
      q: 'roof & rain, twice',
      closed: false,
    };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(writeFilters(filters, true))) if (value) query.set(name, value);
    expect(readFilters(query)).toEqual(filters);
  });

  it('in an address are taken for nothing when they make no sense', () => {
    expect(readFilters(new URLSearchParams('due=someday&before=x'))).toEqual(NO_FILTERS);
    expect(readFilters(new URLSearchParams('task=1'))).toBeNull();
  });

  it('can be none although the view has some', () => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(writeFilters(NO_FILTERS, false))) if (value) query.set(name, value);
    expect(readFilters(query)).toEqual(NO_FILTERS);
    expect(Object.values(withoutFilters()).every((value) => value === null)).toBe(true);
    expect(isNarrowed({ ...NO_FILTERS, closed: false })).toBe(false);
  });
});

describe('order', () => {
  const tasks = [
    task('late', { due_date: '2026-12-01', position: 'a1' }),
    task('never', { position: 'a0' }),
    task('soon', { due_date: '2026-11-24', position: 'a2' }),
  ];
  const sorted = (by: 'due' | 'position', descending = false): string[] =>
    [...tasks].sort(comparing([{ by, descending }])).map(({ id }) => id);

  it('has what has no value last, also reversed', () => {
    expect(sorted('due')).toEqual(['soon', 'late', 'never']);
    expect(sorted('due', true)).toEqual(['late', 'soon', 'never']);
    expect(sorted('position')).toEqual(['never', 'late', 'soon']);
  });
});

describe('groups', () => {
  const known: Known = {
    reader,
    statuses: [],
    people: [
      { id: 'ben', name: 'Ben' },
      { id: 'ada', name: 'Ada' },
    ],
    labels: [],
    projects: [],
  };
  const ids = (tasks: readonly Task[], grouping: Grouping) => {
    const groups = new Arranged({
      admits: () => true,
      compare: comparing([]),
      keysOf: keysOf(grouping, known.reader.today, known.statuses.length > 0),
    }).of(tasks);
    return framesOf(groups, grouping, known).map((frame) => [frame.id, frame.tasks.map((one) => one.id)]);
  };

  it('by person have me first and nobody last; a task of two is in both', () => {
    const tasks = [task('both', { assignee_ids: ['ada', 'ben'] }), task('free')];
    expect(ids(tasks, 'assignee')).toEqual([
      ['ada', ['both']],
      ['ben', ['both']],
      ['none', ['free']],
    ]);
  });

  it('by day know today and tomorrow', () => {
    const tasks = [task('a', { due_date: '2026-11-24' }), task('b', { due_date: '2026-11-22' }), task('c')];
    const filled = ids(tasks, 'due').filter(([, inside]) => inside?.length);
    expect(filled).toEqual([
      ['overdue', ['b']],
      ['tomorrow', ['a']],
      ['none', ['c']],
    ]);
  });
});

describe('a calendar', () => {
  it('shows whole weeks around the month', () => {
    const weeks = weeksOf('2026-11-23', 'month', 1);
    expect([weeks[0]?.[0], weeks.at(-1)?.[6], weeks.length]).toEqual(['2026-10-26', '2026-12-06', 6]);
    expect(weeksOf('2026-11-23', 'week', 0)[0]?.[0]).toBe('2026-11-22');
  });

  it('is turned to the first of the months beside it', () => {
    expect(turned('2026-12-31', 'month', 1)).toBe('2027-01-01');
    expect(turned('2026-03-31', 'month', -1)).toBe('2026-02-01');
  });
});

describe('a table for spreadsheets', () => {
  it('quotes what needs it and computes nothing', () => {
    expect(
      csvOf([
        ['a "b"', 'c,d'],
        ['=1+1', '-2\n@x'],
      ]),
    ).toBe('\uFEFF"a ""b""","c,d"\r\n\'=1+1,"\'-2\n@x"\r\n');
  });
});

describe('pasted lines', () => {
  it('keep numbers and signs that are no marks', () => {
    expect(linesOf('2.5 kg flour\n-5 °C outside\n*really*').map(({ title }) => title)).toEqual([
      '2.5 kg flour',
      '-5 °C outside',
      '*really*',
    ]);
  });

  it('lose the marks of lists; ticked ones are done', () => {
    expect(linesOf('- [ ] Milk\r\n* [x] Bread\n\n2. Eggs\nPlain - text')).toEqual([
      { title: 'Milk', done: false },
      { title: 'Bread', done: true },
      { title: 'Eggs', done: false },
      { title: 'Plain - text', done: false },
    ]);
  });
});
