import { createHash } from 'node:crypto';
import { defineConfig } from 'vite';

/* Scripts and styles go into the one file. Nothing else may run in it: the page's own script is named by its hash, so
 * that a script smuggled in by a run log is refused by the browser even where everything before it failed. */
function oneFile() {
    return {
        name: 'one-file',
        enforce: 'post',
        generateBundle(_options, bundle) {
            const page = bundle['index.html'];
            let html = String(page.source);
            let hash = '';
            for (const [name, part] of Object.entries(bundle)) {
                if (part.type === 'chunk') {
                    const code = part.code.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
                    hash = createHash('sha256').update(code).digest('base64');
                    html = html.replace(/<script type="module"[^>]*><\/script>/, '');
                    html = html.replace('<!--twofold:script-->', () => `<script type="module">${code}</script>`);
                    delete bundle[name];
                } else if (name.endsWith('.css')) {
                    html = html.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${part.source}</style>`);
                    delete bundle[name];
                }
            }
            page.source = html.replace('twofold:script-hash', `sha256-${hash}`);
        },
    };
}

export default defineConfig({
    base: './',
    plugins: [oneFile()],
    build: {
        target: 'es2020',
        assetsInlineLimit: Number.MAX_SAFE_INTEGER,
        cssCodeSplit: false,
        modulePreload: false,
        reportCompressedSize: false,
        emptyOutDir: true,
    },
});
