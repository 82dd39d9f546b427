/**
 * What a stage of the start needs lies in one file: many small ones compress worse, and each costs a request.
 * The library has a file of its own, since it stays the same from release to release.
 */
import type { Plugin } from 'vite';

/** A module belongs to the first that reaches it by static imports. */
const FILES = {
  start: ['src/main.ts'],
  work: [
    'src/app/session.ts',
    'src/app/release.svelte.ts',
    'src/views/shell/Shell.svelte',
    'src/views/project/Project.svelte',
  ],
};
const LIBRARY = /\/node_modules\/svelte\//;

export function together(): Plugin {
  const fileOf = new Map<string, string>();
  return {
    name: 'together',
    apply: 'build',
    config: () => {
      const groups = [{ name: (id: string) => fileOf.get(id) ?? null }];
      return { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } };
    },
    buildEnd() {
      const ids = [...this.getModuleIds()];
      const add = (id: string, file: string): void => {
        if (fileOf.has(id)) return;
        fileOf.set(id, LIBRARY.test(id) ? 'library' : file);
        this.getModuleInfo(id)?.importedIds.forEach((imported) => add(imported, file));
      };
      for (const [file, modules] of Object.entries(FILES)) {
        for (const module of modules) ids.filter((id) => id.endsWith(`/${module}`)).forEach((id) => add(id, file));
      }
    },
  };
}
