/** Names of keys: `q`, `shift+j`, `mod+k` (Ctrl, or Cmd on a Mac), `alt+ArrowUp`, `g t` (one after the other). Pure. */

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * By what the key types, so that layouts do not matter; a key that types no Latin letter (Cyrillic, Greek) counts as the
 * letter that is printed at its place on a Latin keyboard.
 */
export function keyName({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  const foreign = key.length === 1 && key.charCodeAt(0) > 127 && /^Key[A-Z]$/.test(code);
  const typed = foreign ? code.slice(3) : key;
  const letter = /^[a-z]$/i.test(typed);
  // Signs are typed with Shift on one keyboard and without on another.
  const shift = shiftKey && (letter || typed.length > 1);
  const name = letter ? typed.toLowerCase() : typed === ' ' ? 'Space' : typed;
  return [ctrlKey || metaKey ? 'mod+' : '', altKey ? 'alt+' : '', shift ? 'shift+' : '', name].join('');
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Backspace: '⌫',
};

/** The keys to press, as they are printed on keyboards. */
export function printedKeys(keys: string, mac: boolean): string[] {
  const modifiers: Readonly<Record<string, string>> = mac
    ? { mod: '⌘', alt: '⌥', shift: '⇧' }
    : { mod: 'Ctrl', alt: 'Alt', shift: 'Shift' };
  return keys
    .split(/[ +]/)
    .map((part) => modifiers[part] ?? SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}
