/** Tells the service worker what its release consists of. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Fonts of scripts that most never meet are fetched when a text needs them. */
const COMMON = /\.(js|css)$|inter-latin-(ext-)?wght-normal/;

export function release(): Plugin {
  return {
    name: 'release',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk') throw new Error('The service worker was not built.');
        if (worker.imports.length > 0) throw new Error('The service worker shares code with the client.');
        const files = Object.keys(bundle)
          .filter((name) => name.startsWith('assets/') && COMMON.test(name))
          .map((name) => name.slice('assets/'.length))
          .sort();
        const text = files.join(' ');
        const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
        worker.code = worker.code.replace('%FILES%', text).replace('%RELEASE%', name);
      },
    },
  };
}
