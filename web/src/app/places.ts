/** The pages that the palette leads to: of settings, workspaces and projects, and saved views. */
import { pathOfProject, pathOfView, pathOfWorkspace } from './find.ts';
import type { Found } from './finding.ts';
import type { Hands } from './hands.ts';
import { projectName, workspaceName } from './names.ts';
import { SETTINGS_PAGES } from './routes.ts';

export function pages(hands: Hands): Found[] {
  const { app, db } = hands;
  const settings = SETTINGS_PAGES.map((page) =>
    place(hands, `settings.${page}`, app.t(`settings.${page}`), app.t('nav.settings'), `/settings/${page}`),
  );
  return [...settings, ...db.workspaces().flatMap(({ id }) => [...ofWorkspace(hands, id), ...ofProjects(hands, id)])];
}

function ofWorkspace(hands: Hands, id: string): Found[] {
  const { app, db } = hands;
  const workspace = db.workspace(id);
  if (!workspace) return [];
  const name = workspaceName(app, workspace);
  const home = pathOfWorkspace(workspace);
  const to = (page: string, title: string): Found => place(hands, `${id}.${page}`, title, name, `${home}/${page}`);
  const views = db.views(id).map((view) => {
    const project = db.project(view.project_id ?? '');
    return place(hands, view.id, view.name, project ? projectName(app, project) : name, pathOfView(db, view));
  });
  const ofTeams =
    workspace.kind === 'team'
      ? [
          to('tasks', app.t('nav.all_tasks')),
          to('dashboard', app.t('nav.dashboard')),
          to('activity', app.t('nav.activity')),
          to('members', app.t('nav.members')),
        ]
      : [];
  return [...views, to('new-project', app.t('project.new')), ...ofTeams, to('settings', app.t('nav.settings'))];
}

function ofProjects(hands: Hands, workspaceId: string): Found[] {
  const { app, db } = hands;
  const projects = db.projects(workspaceId).filter(({ kind, archived_at }) => kind === 'project' && !archived_at);
  return projects.flatMap((project) => {
    const path = pathOfProject(db, project);
    return [
      place(hands, `${project.id}.settings`, app.t('project.settings'), project.name, `${path}?view=settings`),
      place(hands, `${project.id}.activity`, app.t('nav.activity'), project.name, `${path}?view=activity`),
    ];
  });
}

function place({ app }: Hands, id: string, name: string, hint: string, path: string): Found {
  return { kind: 'page', id, name, hint, run: () => app.router.go(path) };
}
