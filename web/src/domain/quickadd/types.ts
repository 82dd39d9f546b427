/** What quick add is asked, and what it answers (docs/quick-add.md; the grammar is shared with the server). */
import type { Day } from '../dates.ts';
import type { Priority } from '../types.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
  /** Of a project: `OPS`, by which it is found too. */
  readonly key?: string;
}

/** From a place in the text, counted in UTF-16 units, up to another. */
export type Span = readonly [start: number, end: number];

export interface Context {
  /** `de…` reads German and English, all else English. `en-US` writes the month first: 12/24. */
  readonly locale: string;
  readonly today: Day;
  /** The time now, `HH:MM`. */
  readonly time: string;
  /** The zone of times and of recurrences. */
  readonly zone: string;
  /** 1 Monday to 7 Sunday. */
  readonly weekStart: number;
  readonly projects: readonly Named[];
  readonly people: readonly Named[];
  readonly labels: readonly Named[];
  /** Stays text whatever it looks like: the spans of tokens that have been taken back. */
  readonly asText?: readonly Span[];
}

/**
 * `value` is an id of a project, person or label, a priority, minutes, a day, a time `HH:MM`, a rule or a number of days
 * after completion, what ends a rule (a day or a number of times), the text of a literal, or the name that is unknown.
 */
export type Kind =
  | 'project'
  | 'person'
  | 'label'
  | 'priority'
  | 'estimate'
  | 'start'
  | 'due'
  | 'time'
  | 'recurrence'
  | 'until'
  | 'literal'
  | 'unknown';

/** A part of the text that was understood. An `unknown` name stays in the title; its `text` begins with the sign. */
export interface Token {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly value: string | number;
}

export type Recurrence = { readonly rule: string; readonly zone: string } | { readonly after_completion_days: number };

/** Names as ids; all that was not said is null or empty. The fields are those of a new task. */
export interface Parsed {
  readonly title: string;
  /** In the order of the text; they never overlap. */
  readonly tokens: readonly Token[];
  readonly project_id: string | null;
  readonly assignee_ids: readonly string[];
  readonly label_ids: readonly string[];
  readonly priority: Priority | null;
  readonly estimate_minutes: number | null;
  readonly start_date: Day | null;
  readonly due_date: Day | null;
  readonly due_time: string | null;
  readonly due_zone: string | null;
  readonly recurrence: Recurrence | null;
}
