// @ts-check
export default {
    printWidth: 120,
    tabWidth: 4,
    singleQuote: true,
    objectWrap: 'collapse',
    overrides: [{ files: ['*.json', '*.jsonc'], options: { tabWidth: 2 } }],
};
