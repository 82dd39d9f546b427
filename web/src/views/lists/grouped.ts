/** Groups of a view with names that people read, and what is drawn before the name. */
import type { App } from '../../app/app.svelte.ts';
import { projectName, statusName } from '../../app/names.ts';
import type { ViewModel } from '../../app/viewmodel.svelte.ts';
import { hueOf, type Hue } from '../../domain/people.ts';
import type { Category, Priority } from '../../domain/types.ts';
import { NONE, workFirst, type DueGroup, type Frame } from '../../domain/view/grouping.ts';
import type { Group } from '../../domain/view/keep.ts';
import { CATEGORIES } from '../../domain/view/sorting.ts';

export interface NamedGroup extends Group {
  readonly category?: Category;
  readonly hue?: Hue;
  readonly priority?: Priority;
}

/** The groups of a list: work in progress first, empty ones left out. */
export function listGroups(app: App, model: ViewModel): readonly NamedGroup[] {
  const groups = model.frames.map((frame) => named(app, model, frame));
  const inOrder = model.settings.grouping === 'status' ? workFirst(groups, categoryOf) : groups;
  return inOrder.filter(({ tasks, category }) => tasks.length > 0 || category === 'todo');
}

/** The columns of a board: as they are, but of people, labels and projects only those that have tasks. */
export function boardGroups(app: App, model: ViewModel): readonly NamedGroup[] {
  const { grouping } = model.settings;
  const sparse = grouping === 'assignee' || grouping === 'label' || grouping === 'project';
  return model.frames.filter(({ tasks }) => tasks.length > 0 || !sparse).map((frame) => named(app, model, frame));
}

function named(app: App, model: ViewModel, frame: Frame): NamedGroup {
  const { id } = frame;
  const { db } = model;
  switch (model.settings.grouping) {
    case 'none':
      return { ...frame, name: '' };
    case 'status':
      return { ...frame, ...ofStatus(app, model, id) };
    case 'priority':
      return { ...frame, name: app.t(`priority.${id as Priority}`), priority: id as Priority };
    case 'due':
      return { ...frame, name: app.t(`view.due_${id as DueGroup}`) };
    case 'assignee':
      return { ...frame, name: id === NONE ? app.t('view.nobody') : (db.person(id)?.name ?? app.t('person.unknown')) };
    case 'label': {
      const label = db.label(id);
      return { ...frame, name: label?.name ?? app.t('view.no_label'), hue: hueOf(label?.color) };
    }
    case 'project': {
      const project = db.project(id);
      return { ...frame, name: project ? projectName(app, project) : '', hue: hueOf(project?.color) };
    }
  }
}

function ofStatus(app: App, model: ViewModel, id: string): { name: string; category: Category } {
  const status = model.statuses.find(({ key }) => key === id);
  if (status) return { name: statusName(app, status), category: status.category };
  const category = CATEGORIES.find((one) => one === id) ?? 'todo';
  return { name: app.t(`status.${category}`), category };
}

function categoryOf(group: NamedGroup): Category {
  return group.category ?? 'todo';
}
