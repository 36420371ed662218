// @ts-check
/* What eslint holds the page and its browser tests to; how they are laid out is prettier's. */
import js from '@eslint/js';
import globals from 'globals';

export default [
    js.configs.recommended,
    {
        languageOptions: { ecmaVersion: 2022, sourceType: 'module' },
        linterOptions: { reportUnusedDisableDirectives: 'error' },
        rules: {
            curly: 'error',
            eqeqeq: 'error',
            'no-implicit-globals': 'error',
            'no-var': 'error',
            'object-shorthand': 'error',
            'prefer-const': 'error',
        },
    },
    { files: ['**/web/src/**'], languageOptions: { globals: globals.browser } },
    { files: ['**/web/*.js'], languageOptions: { globals: globals.node } },
    { files: ['**/tests/**'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
