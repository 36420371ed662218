// @ts-check
/* What is under test: pages of the runs that the command line names, and what the program says of the same runs:
 * TWOFOLD WEB-FOLDER TOOLS-FOLDER CHROMIUM FOLDER RUN… */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { axeOf, launched, opened } from './chromium.mjs';

const [twofold, web, tools, chromiumFile, folder, ...runs] = process.argv.slice(2);
export { folder, runs, web };
export const words = await import(pathToFileURL(join(resolve(web), 'src/words.js')).href);

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export const browser = await launched(tools, chromiumFile);
export const accessible = axeOf(tools);

const execute = promisify(execFile);

export async function report(files, ...options) {
    const { stdout } = await execute(twofold, ['report', ...[files].flat(), ...options], {
        maxBuffer: 1 << 30,
        encoding: 'utf8',
    });
    return stdout;
}

export async function makePage(name, files, ...options) {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, await report(files, '--format', 'html', ...options));
    return file;
}

const answers = new Map(); /* what the program says of a run under given limits: asked once */

export async function json(file, ...options) {
    const key = [file, ...options].join(' ');
    if (!answers.has(key)) {
        answers.set(key, report(file, '--format', 'json', ...options).then(JSON.parse));
    }
    return answers.get(key);
}

export const open = (file, settings = /** @type {any} */ ({})) =>
    opened(browser, file, 'body:not([data-drawing], [data-judging]) figure svg', { viewport: DESKTOP, ...settings });

export const rows = (page, selector) =>
    page.$$eval(selector, (found) =>
        found.map((row) => [...row.children].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim())),
    );

/* A number and its unit are kept on one line by a space of its own kind. */
export const plain = (text) => text.replaceAll('\u00a0', ' ');

/* The table under a chart, opened. */
export async function numbersOf(page, title) {
    const figure = page.locator('figure', { has: page.getByRole('heading', { name: title, exact: true }) });
    if (!(await figure.locator('details').evaluate((details) => details.open))) {
        await figure.locator('details > summary').click();
    }
    await figure.locator('tbody tr').first().waitFor();
    return figure
        .locator('tbody tr')
        .evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent)));
}

/* They are run in this order, some at a time. */
export const tests = [];
export const test = (name, run) => tests.push({ name, run });

export const first = await makePage('first', runs[0]);
export const all = await makePage('all', runs);
