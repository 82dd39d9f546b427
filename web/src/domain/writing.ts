/** What keys do to a Markdown text: each takes the text with its selection and gives both anew. Pure. */

export interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const LIST_ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?/;

/** Puts `mark` (as `**`) around the selection, or takes it away. */
export function toggleMark({ text, start, end }: Selected, mark: string): Selected {
  const size = mark.length;
  const inside = text.slice(start, end);
  if (text.slice(start - size, start) === mark && text.slice(end, end + size) === mark) {
    const without = text.slice(0, start - size) + inside + text.slice(end + size);
    return { text: without, start: start - size, end: end - size };
  }
  if (inside.length >= 2 * size && inside.startsWith(mark) && inside.endsWith(mark)) {
    const bare = inside.slice(size, -size);
    return { text: text.slice(0, start) + bare + text.slice(end), start, end: start + bare.length };
  }
  return { text: text.slice(0, start) + mark + inside + mark + text.slice(end), start: start + size, end: end + size };
}

/** Makes a link of the selection; what is left to write is selected. */
export function makeLink({ text, start, end }: Selected): Selected {
  const inside = text.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(inside);
  const link = isAddress ? `[](${inside})` : `[${inside}]()`;
  const caret = isAddress ? start + 1 : start + inside.length + 3;
  return { text: text.slice(0, start) + link + text.slice(end), start: caret, end: caret };
}

/** Begins every line of the selection with `- `, or takes that away where all have it. */
export function toggleList({ text, start, end }: Selected, mark: '- ' | '1. ' | '- [ ] ' | '> '): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const numbered = mark === '1. ';
  const has = (line: string): boolean => (numbered ? /^\d+\. /.test(line) : line.startsWith(mark));
  const all = lines.every(has);
  const changed = lines.map((line, index) => {
    if (all) return numbered ? line.replace(/^\d+\. /, '') : line.slice(mark.length);
    return has(line) ? line : (numbered ? `${index + 1}. ` : mark) + line;
  });
  const written = changed.join('\n');
  const grown = written.length - (to - from);
  const first = (changed[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  return {
    text: text.slice(0, from) + written + text.slice(to),
    start: Math.max(from, start + first),
    end: Math.max(from, end + grown),
  };
}

/** Enter within a list: the next item, or the list's end after an empty one. Null outside of lists. */
export function continueList({ text, start, end }: Selected): Selected | null {
  if (start !== end) return null;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(from, start);
  const item = LIST_ITEM.exec(line);
  if (!item) return null;
  const [whole, indent = '', bullet, number, point = '', space = ' ', box] = item;
  if (line === whole) {
    const rest = text.slice(start);
    return { text: text.slice(0, from) + rest, start: from, end: from };
  }
  const marker = bullet ?? `${Number(number) + 1}${point}`;
  const begun = `\n${indent}${marker}${space}${box === undefined ? '' : '[ ] '}`;
  return insert({ text, start, end }, begun);
}

/** Moves the lines of the selection in or out by two spaces; null where they are no list. */
export function indentList({ text, start, end }: Selected, out: boolean): Selected | null {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  if (!lines.every((line) => LIST_ITEM.test(line))) return null;
  const changed = lines.map((line) => (out ? line.replace(/^ {1,2}/, '') : `  ${line}`));
  const first = (changed[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  const written = changed.join('\n');
  return {
    text: text.slice(0, from) + written + text.slice(to),
    start: Math.max(from, start + first),
    end: Math.max(from, end + written.length - (to - from)),
  };
}

/** Text in place of the selection, with the caret behind it. */
export function insert({ text, start, end }: Selected, inserted: string): Selected {
  const caret = start + inserted.length;
  return { text: text.slice(0, start) + inserted + text.slice(end), start: caret, end: caret };
}

/** A pasted address over a selection becomes a link of it; null where it is another paste. */
export function pasteLink(selected: Selected, pasted: string): Selected | null {
  const inside = selected.text.slice(selected.start, selected.end);
  if (inside === '' || inside.includes('\n') || !/^https?:\/\/\S+$/.test(pasted.trim())) return null;
  if (/^https?:\/\//.test(inside)) return null;
  return insert(selected, `[${inside}](${pasted.trim()})`);
}
