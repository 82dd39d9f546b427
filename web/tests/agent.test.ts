import { describe, expect, it } from 'vitest';
import { browserName, isPhone, placeOf } from '../src/views/settings/agent.ts';

describe('sessions in words', () => {
  it('names the browser and the system', () => {
    const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36';
    expect(browserName(chrome)).toBe('Chrome, Linux');
    expect(browserName('Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0')).toBe('Edge, Windows');
    expect(browserName('curl/8.0')).toBeNull();
    expect(isPhone('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Mobile Safari/604.1')).toBe(true);
    expect(isPhone(chrome)).toBe(false);
  });

  it('says what an address tells about the place', () => {
    expect(placeOf('127.0.0.1')).toBe('sessions.here');
    expect(placeOf('172.20.1.4')).toBe('sessions.local');
    expect(placeOf('172.32.1.4')).toBeNull();
    expect(placeOf('2001:db8::1')).toBeNull();
  });
});
