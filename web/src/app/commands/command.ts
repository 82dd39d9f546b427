/** One thing that can be done: by keys, in the palette, in menus. */
import type { Task } from '../../domain/types.ts';
import type { MessageKey } from '../../i18n/i18n.svelte.ts';
import type { Hands } from '../hands.ts';

export type CommandGroup = 'task' | 'list' | 'go' | 'general';

export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: MessageKey | ((hands: Hands) => MessageKey);
  /** Names as in domain/keynames.ts; the first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Left out: always. */
  readonly when?: (hands: Hands) => boolean;
  readonly run: (hands: Hands) => void;
  /** Only by its keys: in a list of actions it would make no sense. */
  readonly onlyKeys?: true;
  /** Works while somebody types. */
  readonly whileTyping?: true;
}

/** A command about the one task that is meant. */
export function onOne(id: string, title: MessageKey, run: (hands: Hands, task: Task) => unknown): Command {
  return {
    id,
    group: 'task',
    title,
    when: (hands) => hands.task() !== undefined,
    run: (hands) => {
      const task = hands.task();
      if (task) void run(hands, task);
    },
  };
}

export function titleOf(command: Command, hands: Hands): string {
  return hands.app.t(typeof command.title === 'function' ? command.title(hands) : command.title);
}

export function applies(command: Command, hands: Hands): boolean {
  return command.when?.(hands) ?? true;
}
