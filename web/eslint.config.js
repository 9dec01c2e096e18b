import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['public/**', 'dist-golden/**', 'node_modules/**', 'src/api/generated.ts'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['src/**'],
    ignores: ['src/vision/worker.ts', 'src/vision/runtime.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['@litertjs/*'] }] },
  },
  {
    // Loops over pixels stay inside arrays whose lengths they know; a check for each would cost milliseconds a frame.
    files: ['src/vision/{align,detector,print,resize}.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
