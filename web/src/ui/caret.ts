/** Changes of a textarea that its own undo knows, and where its caret is on the screen. */
import type { Selected } from '../domain/writing.ts';

export function selectedIn(field: HTMLTextAreaElement): Selected {
  return { text: field.value, start: field.selectionStart, end: field.selectionEnd };
}

/** Makes the field's text and selection `next`, as if typed: only what differs is replaced, and Ctrl+Z takes it back. */
export function apply(field: HTMLTextAreaElement, next: Selected): void {
  const before = field.value;
  let head = 0;
  while (head < Math.min(before.length, next.text.length) && before[head] === next.text[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, next.text.length) - head;
  while (tail < most && before.at(-1 - tail) === next.text.at(-1 - tail)) tail += 1;
  field.focus();
  field.setSelectionRange(head, before.length - tail);
  const inserted = next.text.slice(head, next.text.length - tail);
  // Deprecated, and yet the only change that the browser's undo keeps.
  const done = document.execCommand(inserted === '' ? 'delete' : 'insertText', false, inserted);
  if (!done || field.value !== next.text) {
    field.value = next.text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.setSelectionRange(next.start, next.end);
}

const COPIED = ['font', 'padding', 'border', 'letterSpacing', 'lineHeight', 'textAlign', 'direction'] as const;

/** The place of a character of the field, in pixels of the window: measured on a copy that is laid out alike. */
export function placeOf(field: HTMLTextAreaElement, index: number): DOMRect {
  const copy = document.createElement('div');
  const style = getComputedStyle(field);
  for (const name of COPIED) copy.style[name] = style[name];
  copy.style.position = 'fixed';
  copy.style.visibility = 'hidden';
  copy.style.whiteSpace = 'pre-wrap';
  copy.style.overflowWrap = 'break-word';
  copy.style.inlineSize = `${field.clientWidth}px`;
  const box = field.getBoundingClientRect();
  copy.style.insetBlockStart = `${box.top - field.scrollTop}px`;
  copy.style.left = `${box.left}px`;
  const mark = document.createElement('span');
  mark.textContent = '\u200b';
  copy.append(field.value.slice(0, index), mark);
  document.body.append(copy);
  const place = mark.getBoundingClientRect();
  copy.remove();
  return place;
}
