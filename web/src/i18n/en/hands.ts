/** Keyboard, palette, selection, dragging, undo, quick add. */
export const hands = {
  'redo.done': 'Done again',
  'redo.nothing': 'Nothing to redo',
  'undo.done': 'Undone',
  'undo.nothing': 'Nothing to undo',
} as const;
