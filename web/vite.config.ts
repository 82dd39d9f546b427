import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { budget } from './bundle/budget.ts';
import { compressed } from './bundle/compressed.ts';
import { release } from './bundle/release.ts';
import { together } from './bundle/together.ts';

const server = process.env['HEADWAY_SERVER'] ?? 'http://localhost:8000';

export default defineConfig({
  base: './',
  plugins: [svelte(), together(), release(), budget(), compressed()],
  build: {
    outDir: '../src/headway/web_client',
    emptyOutDir: true,
    target: 'es2022',
    // The first browsers with light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Inlined assets would be data: URLs, which the server's content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', sw: 'src/worker/worker.ts' },
      output: {
        // A service worker keeps its address; all other scripts change theirs with their content.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  // The grammar of quick add lies in the server's package.
  server: { proxy: { '/api': { target: server } }, fs: { allow: ['..'] } },
});
