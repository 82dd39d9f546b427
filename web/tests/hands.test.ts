import { describe, expect, it } from 'vitest';
import { keyName, printedKeys, type Pressed } from '../src/domain/keynames.ts';
import { best } from '../src/domain/fuzzy.ts';
import { completed, signedAt, suggested } from '../src/domain/suggesting.ts';
import { rangeOf } from '../src/domain/selecting.ts';

const press = (key: string, code: string, held: Partial<Pressed> = {}): string =>
  keyName({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('the name of a key', () => {
  it('follows what is typed, wherever the key is on this keyboard', () => {
    expect(press('z', 'KeyY')).toBe('z');
    expect(press('/', 'Digit7', { shiftKey: true })).toBe('/');
    expect(press('?', 'Minus', { shiftKey: true })).toBe('?');
  });

  it('is that of the Latin letter at the same place when no Latin letter is typed', () => {
    expect(press('й', 'KeyQ')).toBe('q');
    expect(press('ω', 'KeyV', { shiftKey: true })).toBe('shift+v');
  });

  it('leaves letters alone that a Latin keyboard adds', () => {
    expect(press('ö', 'Semicolon')).toBe('ö');
  });

  it('names the keys that are held, Ctrl and Cmd alike, and Caps Lock not at all', () => {
    expect(press('k', 'KeyK', { ctrlKey: true })).toBe('mod+k');
    expect(press('Z', 'KeyZ', { metaKey: true, shiftKey: true })).toBe('mod+shift+z');
    expect(press('ArrowUp', 'ArrowUp', { altKey: true })).toBe('alt+ArrowUp');
    expect(press('J', 'KeyJ')).toBe('j');
  });

  it('is printed as on the keyboard at hand', () => {
    expect(printedKeys('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(printedKeys('mod+k', true)).toEqual(['⌘', 'K']);
    expect(printedKeys('g t', false)).toEqual(['G', 'T']);
    expect(printedKeys('alt+ArrowLeft', false)).toEqual(['Alt', '←']);
  });
});

describe('a range', () => {
  const order = ['a', 'b', 'c', 'd'];

  it('goes from one end to the other, either way', () => {
    expect(rangeOf(order, 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(rangeOf(order, 'd', 'b')).toEqual(['b', 'c', 'd']);
  });

  it('is only its end where its beginning is not in the list', () => {
    expect(rangeOf(order, 'gone', 'c')).toEqual(['c']);
    expect(rangeOf(order, null, 'c')).toEqual(['c']);
    expect(rangeOf(order, 'a', 'gone')).toEqual([]);
  });
});

describe('finding by name', () => {
  const names = ['Move to project', 'Change status', 'Zürich office', 'Project settings', 'Complete'];
  const find = (query: string) => best(names, query, (name) => name, 3);

  it('prefers the beginning of the name, then of a word, then what is inside', () => {
    expect(find('pro')).toEqual(['Project settings', 'Move to project']);
    expect(find('stat')).toEqual(['Change status']);
  });

  it('takes words in any order, letters without accents, and first letters', () => {
    expect(find('set pro')).toEqual(['Project settings']);
    expect(find('zur')).toEqual(['Zürich office']);
    expect(find('mtp')).toEqual(['Move to project']);
  });

  it('finds nothing where nothing fits', () => {
    expect(find('xyz')).toEqual([]);
  });

  it('goes through 20,000 titles without a copy of each', () => {
    const titles = Array.from({ length: 20_000 }, (_, number) => `Task number ${number}`);
    expect(best(titles, 'number 19999', (title) => title, 2)).toEqual(['Task number 19999']);
  });
});

describe('a name after its sign', () => {
  const names = [{ name: 'Garden' }, { name: 'Garage' }, { name: 'House renovation' }];

  it('is what stands before the caret, at the start of a word', () => {
    expect(signedAt('Paint #gar', 10)).toEqual({ sign: '#', query: 'gar', start: 6, end: 10 });
    expect(signedAt('Learn C#', 8)).toBeNull();
    expect(signedAt('Ask anna@example', 16)).toBeNull();
    expect(signedAt('Paint #gar today', 16)).toBeNull();
  });

  it('is offered from what fits, until it is whole', () => {
    expect(suggested('gar', names).map(({ name }) => name)).toEqual(['Garden', 'Garage']);
    expect(suggested('garden', names)).toEqual([]);
    expect(suggested('', names)).toHaveLength(3);
  });

  it('takes the place of what was typed', () => {
    const signed = signedAt('Paint #gar today', 10);
    expect(signed && completed('Paint #gar today', signed, 'Garden')).toEqual({
      text: 'Paint #Garden today',
      caret: 14,
    });
  });
});
