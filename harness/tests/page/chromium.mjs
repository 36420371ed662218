// @ts-check
/* Chromium, and a page opened in it: whatever the page complains about, and whatever it asks the network for, fails the
 * test at its end. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const PATIENCE_MS = 60000;

/* The tools lie in a folder of their own, which the checker does not see. */
const toolsIn = (folder) => createRequire(join(resolve(folder), 'package.json'));

export function launched(tools, executablePath) {
    const { chromium } = /** @type {any} */ (toolsIn(tools))('playwright-core');
    return chromium.launch({
        executablePath,
        args: [
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
        ],
    });
}

/* `ready`: the selector of what is there once the page is. `finish` closes it, and fails where it complained. */
export async function opened(browser, file, ready, { viewport, hash = '', scheme = 'light' }) {
    const page = await browser.newPage({ viewport, colorScheme: scheme, reducedMotion: 'reduce' });
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.stack));
    page.on(
        'request',
        (request) => /^(file|data|blob):/.test(request.url()) || complaints.push(`asks for ${request.url()}`),
    );
    page.on('dialog', (dialog) => {
        complaints.push(`opens a dialog: ${dialog.message()}`);
        dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href + hash);
    await page.waitForSelector(ready);
    page.finish = async () => {
        assert.deepEqual(complaints, []);
        await page.close();
    };
    return page;
}

/* Fails where axe, of the tools, finds a violation. */
export function axeOf(tools) {
    const source = readFileSync(toolsIn(tools).resolve('axe-core/axe.min.js'), 'utf8');
    return async function accessible(page, what) {
        await page.evaluate(source);
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        const told = found.violations.map(
            ({ id, help, nodes }) =>
                `${id}: ${help}: ${nodes
                    .slice(0, 3)
                    .map((node) => node.html.slice(0, 140))
                    .join(' | ')}`,
        );
        assert.deepEqual(told, [], `${what}: axe`);
    };
}

export async function fits(page, width) {
    const wideness = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wideness <= width, `the page is ${wideness} wide on a screen of ${width}`);
}

/* Cells whose words do not fit: [words, by how much]. */
export const overflowing = (page) =>
    page.$$eval('.glance th, .glance td, .glance td button', (cells) =>
        cells
            .filter((cell) => cell.clientWidth > 0 && cell.scrollWidth > cell.clientWidth)
            .map((cell) => [cell.textContent, cell.scrollWidth - cell.clientWidth]),
    );
