import { describe, expect, it } from 'vitest';
import { missingLetters, strengthOf } from '../src/domain/password.ts';

describe('passwords', () => {
  it('count characters as people do', () => {
    expect(missingLetters('abc')).toBe(5);
    expect(missingLetters('🙂🙂🙂🙂🙂🙂🙂🙂')).toBe(0);
  });

  it('grow better with length and surprise', () => {
    expect(strengthOf('aaaaaaaaaaaaaaaa')).toBe('weak');
    expect(strengthOf('abcdefghijklmnop')).toBe('weak');
    expect(strengthOf('12345678')).toBe('weak');
    expect(strengthOf('kxrtwqmz')).toBe('fair');
    expect(strengthOf('correct horse battery')).toBe('strong');
    expect(strengthOf('Tr7!kQ2#xW')).toBe('good');
  });

  it('are weak when they are the address or little more', () => {
    expect(strengthOf('ada.lovelace@example.com', 'ada.lovelace@example.com')).toBe('weak');
    expect(strengthOf('ada.lovelace1', 'ada.lovelace@example.com')).toBe('weak');
  });
});
