// The one rule that needs types. It costs more than all the others together, so `make test` runs it and `make check` does not.
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config({ ignores: ['**/*.ts'] }, ...svelte.configs.base, {
  files: ['**/*.svelte'],
  languageOptions: {
    parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
  },
  linterOptions: { reportUnusedDisableDirectives: 'off' },
  rules: { 'svelte/no-unused-props': 'error' },
});
