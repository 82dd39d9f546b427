/** From keys to commands. Single keys rest while somebody types, and can be switched off. */
import { keyName } from '../domain/keynames.ts';
import { applies } from './commands/command.ts';
import { beginsChord, commandFor } from './commands/registry.ts';
import { focusTask, type Hands } from './hands.ts';
import { Lifting } from './lifting.ts';

/** Milliseconds in which the second key has to follow the first. */
const CHORD = 1500;

export class Keys {
  private first = { key: '', until: 0 };
  private lifting: Lifting | null = null;

  constructor(private readonly hands: Hands) {}

  readonly handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = keyName(event);
    const typing = isTyping(event.target);
    if (this.lifting || name === 'Space') return this.carry(name, event);
    if (name === 'Escape' && !typing) return this.escape();
    const single = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (single && (typing || isInOverlay(event.target) || !this.hands.app.singleKeys)) return;
    const command = commandFor(this.chord(name));
    if (!command || (typing && !command.whileTyping) || !applies(command, this.hands)) return;
    event.preventDefault();
    command.run(this.hands);
  };

  /** While something is carried, keys carry it. */
  private carry(name: string, event: KeyboardEvent): void {
    const begins = !this.lifting;
    if (begins && (isTyping(event.target) || isInOverlay(event.target))) return;
    if (begins) this.lifting = Lifting.begin(this.hands, () => (this.lifting = null));
    if (begins ? this.lifting : this.lifting?.key(name)) event.preventDefault();
  }

  /** The key together with the one before it, when that begins something. */
  private chord(name: string): string {
    const { key, until } = this.first;
    const now = Date.now();
    this.first = { key: name, until: beginsChord(name) ? now + CHORD : 0 };
    if (now >= until) return name;
    this.first.until = 0;
    return `${key} ${name}`;
  }

  /** Closes what is uppermost; a menu or a dialog that has the focus closes by itself. */
  private escape(): void {
    const { bench } = this.hands;
    const { openId } = bench;
    if (bench.menu) bench.menu = null;
    else if (bench.palette) bench.palette = null;
    else if (bench.adding) bench.adding = null;
    else if (bench.help) bench.help = false;
    else if (bench.selection.size > 0) bench.selection.clear();
    else if (openId) {
      bench.close();
      focusTask(openId);
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  const fields = 'input:not([type="checkbox"], [type="radio"]), textarea, select';
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(fields));
}

/** Letters in a menu or a dialog are its own. */
function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[popover], dialog') !== null;
}
