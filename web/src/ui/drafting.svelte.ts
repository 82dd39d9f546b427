/** A text that is being written, kept in this browser a moment after each key until it is saved. */
import type { Basis, Drafts } from '../app/drafts.ts';

const KEEP_MILLISECONDS = 400;

export class Drafting {
  text = $state('');
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly drafts: Drafts,
    private readonly name: string,
    private readonly original: string,
    private readonly base: Basis,
  ) {
    this.text = drafts.read(name)?.text ?? original;
  }

  typed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEEP_MILLISECONDS);
  }

  /** Now, if something was typed since. */
  settle(): void {
    if (this.timer !== undefined) this.keep();
  }

  keep(): void {
    this.rest();
    if (this.text === this.original) this.drafts.drop(this.name);
    else this.drafts.keep(this.name, { text: this.text, base: this.drafts.read(this.name)?.base ?? this.base });
  }

  forget(): void {
    this.rest();
    this.drafts.drop(this.name);
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
