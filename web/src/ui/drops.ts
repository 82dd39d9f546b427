/** Dragging a task onto something that is not a place in a manual order: a group, a day, a project. */
import type { Attachment } from 'svelte/attachments';
import { dragSource, dragSources } from './dragging/drag.ts';
import { dropZone } from './dragging/targets.ts';

/** A task that can be dragged from here; `from` is told to where it is dropped. */
export function taskSource(taskId: string, from: string): Attachment<HTMLElement> {
  return dragSource({ taskId, from });
}

/** The same for each task of a list. */
export function taskSources(from: string): Attachment<HTMLElement> {
  return dragSources(from);
}

/** Takes the tasks that are dropped on it, one after the other. */
export function taskTarget(ontask: (taskId: string, from: string) => void): Attachment<HTMLElement> {
  return dropZone(({ ids, from }) => ids.forEach((id) => ontask(id, from)));
}
