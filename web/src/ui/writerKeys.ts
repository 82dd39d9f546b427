/** The keys that format: with Ctrl or Cmd. */
import { indentList, makeLink, toggleList, toggleMark, type Selected } from '../domain/writing.ts';

/** The text after a key; null for keys that mean nothing here. */
export function changeByKey(event: KeyboardEvent, selected: Selected): Selected | null {
  if (event.altKey) return null;
  if (event.shiftKey) {
    if (event.code === 'Digit8') return toggleList(selected, '- ');
    if (event.code === 'Digit7') return toggleList(selected, '1. ');
    if (event.code === 'Digit9') return toggleList(selected, '- [ ] ');
    if (event.code === 'Period') return toggleList(selected, '> ');
    return null;
  }
  switch (event.key.toLowerCase()) {
    case 'b':
      return toggleMark(selected, '**');
    case 'i':
      return toggleMark(selected, '_');
    case 'e':
      return toggleMark(selected, '`');
    case 'k':
      return makeLink(selected);
    case ']':
      return indentList(selected, false);
    case '[':
      return indentList(selected, true);
    default:
      return null;
  }
}
