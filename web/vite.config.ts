import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const server = process.env['HEADWAY_SERVER'] ?? 'http://localhost:8000';

export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    outDir: '../src/headway/web_client',
    emptyOutDir: true,
    target: 'es2022',
    // The first browsers with light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Inlined assets would be data: URLs, which the server's content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': { target: server } } },
});
