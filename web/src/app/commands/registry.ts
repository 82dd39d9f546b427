/** Every command of the product: keyboard, palette, menus and the help sheet read this, so that they cannot differ. */
import { printedKeys } from '../../domain/keynames.ts';
import type { Command } from './command.ts';
import { GENERAL_COMMANDS, GO_COMMANDS, LIST_COMMANDS } from './general.ts';
import { DETAIL_COMMANDS } from './details.ts';
import { TASK_COMMANDS } from './tasks.ts';

export const COMMANDS: readonly Command[] = [
  ...TASK_COMMANDS,
  ...DETAIL_COMMANDS,
  ...GENERAL_COMMANDS,
  ...GO_COMMANDS,
  ...LIST_COMMANDS,
];

const BY_KEYS = new Map(COMMANDS.flatMap((command) => (command.keys ?? []).map((keys) => [keys, command] as const)));
const BY_ID = new Map(COMMANDS.map((command) => [command.id, command]));

export function commandFor(keys: string): Command | undefined {
  return BY_KEYS.get(keys);
}

/** Whether more keys may follow this one. */
export function beginsChord(key: string): boolean {
  return [...BY_KEYS.keys()].some((keys) => keys.startsWith(`${key} `));
}

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** The keys of a command as they are printed on keyboards, one after the other; empty when it has none. */
export function keysOf(id: string): readonly string[] {
  const keys = BY_ID.get(id)?.keys?.[0];
  return keys ? printedKeys(keys, isMac()) : [];
}

export function commandNamed(id: string): Command {
  const command = BY_ID.get(id);
  if (!command) throw new Error(`There is no command ${id}.`);
  return command;
}
