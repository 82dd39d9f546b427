import { describe, expect, it } from 'vitest';
import { isAtLeast, levelIn } from '../src/domain/access.ts';
import { aroundChanges, diffWords } from '../src/domain/diff.ts';
import { findTasks } from '../src/domain/find.ts';
import { closedRecently, isOpen } from '../src/domain/lists.ts';
import { formatEstimate, parseEstimate } from '../src/domain/estimate.ts';
import { mentionedIn, referenceOf, triggerAt } from '../src/domain/mentions.ts';
import { addMonths, dayByKey, weeksOf } from '../src/domain/month.ts';
import type { Member, Project, ProjectMember, Task } from '../src/domain/types.ts';
import { continueList, indentList, makeLink, pasteLink, toggleList, toggleMark } from '../src/domain/writing.ts';

const ID = '0198aaaa-0000-7000-8000-000000000001';

/** `a[b]c`: the selection stands in brackets, a caret is `|`. */
function at(marked: string): { text: string; start: number; end: number } {
  const caret = marked.indexOf('|');
  if (caret !== -1) return { text: marked.replace('|', ''), start: caret, end: caret };
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return { text: marked.replace(/[«»]/g, ''), start, end };
}

function shown(selected: { text: string; start: number; end: number } | null): string | null {
  if (!selected) return null;
  const { text, start, end } = selected;
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`;
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
}

describe('estimates', () => {
  it.each([
    ['2h', 120],
    ['1d 4h', 720],
    ['90m', 90],
    ['1:30', 90],
    ['2', 120],
    ['1,5 h', 90],
    ['1 Tag und 2 Std', 600],
    ['2 hours 15 minutes', 135],
    ['1w', 2400],
    ['soon', null],
    ['2h later', null],
    ['', null],
    ['99999d', null],
  ])('%s', (text, minutes) => {
    expect(parseEstimate(text)).toBe(minutes);
  });

  it('are written so that they are read as the same', () => {
    for (const minutes of [0, 5, 60, 90, 480, 500, 2400]) {
      expect(parseEstimate(formatEstimate(minutes, { d: 'd', h: 'h', m: 'm' }))).toBe(minutes);
    }
  });
});

describe('keys in a Markdown text', () => {
  it('bold is put on and taken off', () => {
    expect(shown(toggleMark(at('a «b» c'), '**'))).toBe('a **«b»** c');
    expect(shown(toggleMark(at('a **«b»** c'), '**'))).toBe('a «b» c');
    expect(shown(toggleMark(at('a «**b**» c'), '**'))).toBe('a «b» c');
    expect(shown(toggleMark(at('a |'), '**'))).toBe('a **|**');
  });

  it('a link asks for what is missing', () => {
    expect(shown(makeLink(at('see «this»')))).toBe('see [this](|)');
    expect(shown(makeLink(at('see «https://a.example/b»')))).toBe('see [|](https://a.example/b)');
    expect(shown(pasteLink(at('see «this»'), 'https://a.example'))).toBe('see [this](https://a.example)|');
    expect(pasteLink(at('see |'), 'https://a.example')).toBeNull();
  });

  it('lists begin and end', () => {
    expect(toggleList(at('«one\ntwo»'), '- ').text).toBe('- one\n- two');
    expect(toggleList(at('«- one\n- two»'), '- ').text).toBe('one\ntwo');
    expect(toggleList(at('«one\ntwo»'), '1. ').text).toBe('1. one\n2. two');
  });

  it('Enter continues a list, and ends it after an empty item', () => {
    expect(shown(continueList(at('- one|')))).toBe('- one\n- |');
    expect(shown(continueList(at('  9. one|')))).toBe('  9. one\n  10. |');
    expect(shown(continueList(at('- [x] one|')))).toBe('- [x] one\n- [ ] |');
    expect(shown(continueList(at('- one\n- |')))).toBe('- one\n|');
    expect(continueList(at('plain|'))).toBeNull();
  });

  it('Tab moves items in and out', () => {
    expect(shown(indentList(at('- one|'), false))).toBe('  - one|');
    expect(shown(indentList(at('  - one|'), true))).toBe('- one|');
    expect(indentList(at('plain|'), false)).toBeNull();
  });
});

describe('mentions and links to tasks', () => {
  it('are asked for by a sign that begins a word', () => {
    expect(triggerAt('hey @an', 7)).toEqual({ sign: '@', query: 'an', start: 4 });
    expect(triggerAt('(#OPS-14', 8)).toEqual({ sign: '#', query: 'OPS-14', start: 1 });
    expect(triggerAt('@Ann Lee', 8)).toEqual({ sign: '@', query: 'Ann Lee', start: 0 });
    expect(triggerAt('mail@an', 7)).toBeNull();
    expect(triggerAt('# heading', 2)).toBeNull();
  });

  it('are known again in a text', () => {
    expect(referenceOf(`headway:task/${ID}`)).toEqual({ kind: 'task', id: ID });
    expect(referenceOf('headway:task/1')).toBeNull();
    expect(mentionedIn(`[@A](headway:user/${ID}) and [@A](headway:user/${ID})`)).toEqual([ID]);
  });
});

describe('a month', () => {
  it('begins on the first day of the week that was chosen', () => {
    expect(weeksOf('2026-11-23', 1)[0]?.[0]).toBe('2026-10-26');
    expect(weeksOf('2026-11-23', 0)[0]?.[0]).toBe('2026-11-01');
    expect(weeksOf('2026-11-23', 1)).toHaveLength(6);
  });

  it('keeps the day where the next month has it', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
    expect(addMonths('2028-02-29', -12)).toBe('2027-02-28');
  });

  it('is walked by keys', () => {
    const options = { shift: false, weekStart: 1, rightToLeft: false };
    expect(dayByKey('2026-11-25', 'Home', options)).toBe('2026-11-23');
    expect(dayByKey('2026-11-25', 'End', options)).toBe('2026-11-29');
    expect(dayByKey('2026-11-25', 'ArrowUp', options)).toBe('2026-11-18');
    expect(dayByKey('2026-11-25', 'ArrowRight', { ...options, rightToLeft: true })).toBe('2026-11-24');
    expect(dayByKey('2026-11-25', 'PageDown', { ...options, shift: true })).toBe('2027-11-25');
    expect(dayByKey('2026-11-25', 'a', options)).toBeNull();
  });
});

describe('differences of texts', () => {
  it('are told by words', () => {
    expect(diffWords('Fix the old roof', 'Fix the new roof soon')).toEqual([
      { kind: 'same', text: 'Fix the ' },
      { kind: 'removed', text: 'old' },
      { kind: 'added', text: 'new' },
      { kind: 'same', text: ' roof' },
      { kind: 'added', text: ' soon' },
    ]);
  });

  it('are shown with what stands around them', () => {
    const long = 'same '.repeat(100);
    const shown = aroundChanges(diffWords(`${long}old ${long}`, `${long}new ${long}`), 10);
    expect(shown.map(({ text }) => text)).toEqual(['… same same ', 'old', 'new', ' same same …']);
  });

  it('give both texts again', () => {
    const pairs: [string, string][] = [
      ['', 'a'],
      ['a b c d', 'd c b a'],
      ['Straße, 1!\n- x', 'Strasse, 2?\n\n- x y'],
      ['word '.repeat(3000), 'other '.repeat(3000)],
    ];
    for (const [before, after] of pairs) {
      const pieces = diffWords(before, after);
      const without = (kind: string): string =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map(({ text }) => text)
          .join('');
      expect([without('added'), without('removed')]).toEqual([before, after]);
    }
  });
});

describe('a closed task', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const task = (status_category: string, updated: string, completed: string | null = null): Task =>
    ({ id: updated, title: 'Roof', status_category, updated_at: updated, completed_at: completed }) as Task;
  const [open, done, canceled] = [
    task('todo', '2026-01-01T00:00:00Z'),
    task('completed', '2026-11-20T00:00:00Z', '2026-11-01T00:00:00Z'),
    task('canceled', '2026-11-01T00:00:00Z'),
  ];

  it('is completed or canceled, whatever it says of its completion', () => {
    expect([open, done, canceled].map(isOpen)).toEqual([true, false, false]);
  });

  it('is shown for two weeks after it was completed, or canceled', () => {
    expect([open, done, canceled].map((one) => closedRecently(one, now))).toEqual([true, false, false]);
    expect(closedRecently(task('canceled', '2026-11-20T00:00:00Z'), now)).toBe(true);
  });

  it('is found after those that are open', () => {
    expect(findTasks([canceled, done, open], () => '', 'roof', 3)).toEqual([open, done, canceled]);
  });
});

describe('what people may do', () => {
  const open = { access: 'open' } as Project;
  const closed = { access: 'private' } as Project;
  const member = { role: 'member' } as Member;
  const guest = { role: 'guest' } as Member;
  const listed = [{ user_id: 'u', level: 'comment' }] as ProjectMember[];

  it('follows from role, project and list', () => {
    expect(levelIn(open, member, [], 'u')).toBe('edit');
    expect(levelIn(open, member, listed, 'u')).toBe('edit');
    expect(levelIn(open, guest, listed, 'u')).toBe('comment');
    expect(levelIn(open, guest, [], 'u')).toBeNull();
    expect(levelIn(closed, member, [], 'u')).toBeNull();
    expect(levelIn(closed, member, listed, 'u')).toBe('comment');
    expect(levelIn(open, undefined, listed, 'u')).toBeNull();
    expect([isAtLeast('comment', 'edit'), isAtLeast('edit', 'comment'), isAtLeast(null, 'view')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
