/** The build fails when a newcomer would have to load more JavaScript than promised. */
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

interface Stage {
  readonly until: string;
  readonly kibibytes: number;
  /** What is loaded on the way: these modules, and all that they import statically. */
  readonly modules: readonly string[];
}

const SIGN_IN = ['src/main.ts', 'src/i18n/de.ts'];
const DRAG = [
  ...SIGN_IN,
  'src/worker/worker.ts',
  'src/app/session.ts',
  'src/app/release.svelte.ts',
  'src/views/shell/Shell.svelte',
  'src/i18n/de/shell.ts',
  'src/views/project/Project.svelte',
];
const STAGES: readonly Stage[] = [
  { until: 'sign-in works', kibibytes: 45, modules: SIGN_IN },
  { until: 'cards can be dragged', kibibytes: 110, modules: DRAG },
];

export function budget(): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const { until, kibibytes, modules } of STAGES) {
          const files = filesOf(bundle, modules);
          const size = [...files].reduce((sum, name) => sum + gzipped(bundle, name), 0) / 1024;
          const text = `JavaScript until ${until}: ${size.toFixed(1)} of ${kibibytes} KiB gzipped`;
          if (size > kibibytes) this.error(`${text}: ${[...files].join(', ')}`);
          this.info(text);
        }
      },
    },
  };
}

function filesOf(bundle: Bundle, modules: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>();
  const add = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || files.has(name)) return;
    files.add(name);
    chunk.imports.forEach(add);
  };
  for (const module of modules) {
    const holder = Object.values(bundle).find(
      (chunk) =>
        chunk.type === 'chunk' &&
        chunk.moduleIds.concat(chunk.facadeModuleId ?? []).some((id) => id.endsWith(`/${module}`)),
    );
    if (!holder) throw new Error(`The budget counts ${module}, which is in no file.`);
    add(holder.fileName);
  }
  return files;
}

function gzipped(bundle: Bundle, name: string): number {
  const chunk = bundle[name];
  return chunk?.type === 'chunk' ? gzipSync(chunk.code, { level: 9 }).length : 0;
}
