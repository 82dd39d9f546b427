/** Pasted lines as tasks or steps: lists and checklists lose their marks, ticked ones are done. Pure. */

export interface Line {
  readonly title: string;
  readonly done: boolean;
}

/** A mark is followed by a space: `2.5 kg` and `-5 °C` have none. */
const MARK = /^\s*(?:(?:[-*+•]|\d+[.)])\s+)?(?:\[([ xX])\]\s*)?/;
const LONGEST = 500;

export function linesOf(text: string): readonly Line[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const mark = MARK.exec(line);
      return {
        title: line
          .slice(mark?.[0].length ?? 0)
          .trim()
          .slice(0, LONGEST),
        done: mark?.[1]?.toLowerCase() === 'x',
      };
    })
    .filter(({ title }) => title !== '');
}
