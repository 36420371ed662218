// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const hashOf = (code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString('base64');
const element = (id, bytes) => `<script type="application/gzip" id="${id}">${packed(bytes)}</script>`;

/* Starts the page's own script, which the page holds compressed. */
const LOADER = `
const text = document.getElementById('twofold-script').textContent;
const packed = new Blob([Uint8Array.from(atob(text), (each) => each.charCodeAt(0))]);
const script = document.createElement('script');
script.type = 'module';
try {
    script.textContent = await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).text();
    document.body.append(script);
} catch (problem) {
    document.getElementById('page').textContent = 'This page needs a browser of 2023 or later: ' + problem;
}
`.trim();

/* Scripts, styles and the judge go into the one file. Nothing else may run in it: its scripts are named by their
 * hashes, so that one smuggled in by a run log is refused by the browser even where everything before it failed. */
function oneFile() {
    return {
        name: 'one-file',
        enforce: /** @type {const} */ ('post'),
        generateBundle(_options, bundle) {
            const page = bundle['index.html'];
            let html = String(page.source);
            const put = (place, words) => {
                html = html.replace(place, () => words);
            };
            for (const [name, part] of Object.entries(bundle)) {
                if (part.type === 'chunk') {
                    const code = part.code.trim();
                    put(/<script type="module"[^>]*><\/script>/, '');
                    put('twofold:script-hashes', `${hashOf(LOADER)} ${hashOf(code)}`);
                    put(
                        '<!--twofold:script-->',
                        `${element('twofold-script', code)}\n<script type="module">${LOADER}</script>`,
                    );
                    delete bundle[name];
                } else if (name.endsWith('.css')) {
                    put(/<link rel="stylesheet"[^>]*>/, `<style>${part.source}</style>`);
                    delete bundle[name];
                }
            }
            /* Missing, or empty, where there is no compiler for it. */
            const judge = existsSync('page.wasm') ? readFileSync('page.wasm') : new Uint8Array();
            put('<!--twofold:judge-->', judge.length > 0 ? element('twofold-judge', judge) : '');
            page.source = html;
        },
    };
}

export default defineConfig({
    base: './',
    plugins: [oneFile()],
    build: {
        target: 'es2022',
        assetsInlineLimit: Number.MAX_SAFE_INTEGER,
        cssCodeSplit: false,
        modulePreload: false,
        reportCompressedSize: false,
        emptyOutDir: true,
    },
});
