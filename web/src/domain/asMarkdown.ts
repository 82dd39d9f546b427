/** A task as Markdown, for pasting elsewhere. */
import type { ChecklistItem, Task } from './types.ts';

interface Parts {
  readonly key: string | null;
  readonly url: string;
  readonly checklist: readonly ChecklistItem[];
  readonly subtasks: readonly { readonly title: string; readonly closed: boolean }[];
}

export function asMarkdown(task: Task, { key, url, checklist, subtasks }: Parts): string {
  const title = key ? `[${key}](${url}) ${task.title}` : task.title;
  const steps = [
    ...checklist.map((item) => box(item.is_done, item.text)),
    ...subtasks.map((one) => box(one.closed, one.title)),
  ].join('\n');
  return [`## ${title}`, task.description ?? '', steps].filter((part) => part !== '').join('\n\n');
}

function box(done: boolean, text: string): string {
  return `- [${done ? 'x' : ' '}] ${text}`;
}
