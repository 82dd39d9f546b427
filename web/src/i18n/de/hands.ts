/** Keyboard, palette, selection, dragging, undo, quick add, in German. */
import type { hands as english } from '../en/hands.ts';

export const hands: Readonly<Record<keyof typeof english, string>> = {
  'redo.done': 'Wiederhergestellt',
  'redo.nothing': 'Nichts zu wiederholen',
  'undo.done': 'Rückgängig gemacht',
  'undo.nothing': 'Nichts rückgängig zu machen',
};
