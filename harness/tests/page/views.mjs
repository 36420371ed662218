// @ts-check
/* The comparison and the page of all runs in a real browser: views.mjs TWOFOLD TOOLS-FOLDER CHROMIUM FOLDER RUN…
 *
 * What they show is what `--format json` says, filters narrow it, links lead to the reports, nothing is complained
 * about, nothing is fetched, and axe finds nothing. Screenshots stay in FOLDER. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { axeOf, launched, opened } from './chromium.mjs';

const [twofold, tools, chromiumFile, folder, ...runs] = process.argv.slice(2);
const words = await import(new URL('../../web/src/words.js', import.meta.url).href);
const browser = await launched(tools, chromiumFile);
const accessible = axeOf(tools);

const say = (...options) => execFileSync(twofold, options, { maxBuffer: 1 << 30, encoding: 'utf8' });

const open = (file, { width = 1280, height = 900, ...settings } = /** @type {any} */ ({})) =>
    opened(browser, file, 'main table', { viewport: { width, height }, ...settings });

const rows = (page, selector) =>
    page.$$eval(selector, (found) =>
        found.map((row) => [...row.children].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim())),
    );

/* Cells so narrow that they hold words a few letters a line. */
const tornWords = (page) =>
    page.$$eval('main td, main th', (cells) =>
        cells
            .filter((cell) => {
                const { width, height } = cell.getBoundingClientRect();
                return width > 1 && cell.textContent.trim().length > 3 && height > 6 * width;
            })
            .map((cell) => cell.textContent),
    );

async function seen(file, name) {
    for (const [kind, options] of /** @type {any[][]} */ ([
        ['desktop', {}],
        ['dark', { scheme: 'dark' }],
        ['phone', { width: 390, height: 844 }],
    ])) {
        const page = await open(file, options);
        assert.ok(
            await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
            `${name} is wider than the ${kind}`,
        );
        assert.deepEqual(await tornWords(page), [], `${name}, ${kind}: words torn into letters`);
        await accessible(page, `${name}, ${kind}`);
        await page.screenshot({ path: join(folder, `${name}-${kind}.png`), fullPage: true });
        await page.finish();
    }
}

/* A run log with some of its records changed. Its largest number, which JavaScript cannot hold, goes by another name
 * meanwhile. */
const MOST = '9223372036854775807';

function changedRun(from, name, change) {
    const file = join(folder, name);
    const changed = (line) =>
        JSON.stringify(change(JSON.parse(line.replaceAll(MOST, '"most"')))).replaceAll('"most"', MOST);
    writeFileSync(file, `${readFileSync(from, 'utf8').trimEnd().split('\n').map(changed).join('\n')}\n`);
    return file;
}

const HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';

const slower = (record) => {
    if (record.record === 'step') {
        record.samples.cpu_ns = record.samples.cpu_ns.map((ns) => (ns === 'most' ? ns : 2 * ns));
    }
    return record.record === 'run' ? { ...record, machine: { ...record.machine, cpu: HOSTILE, cores: 16 } } : record;
};

/* What the page puts on the clipboard. */
async function copied(page) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
}

async function a_comparison_shows_what_the_program_says() {
    const files = [runs[0], changedRun(runs[0], 'slower.jsonl', slower)];
    const said = JSON.parse(say('compare', ...files, '--format', 'json'));
    const file = join(folder, 'comparison.html');
    writeFileSync(file, say('compare', ...files, '--format', 'html'));
    const page = await open(file);
    const shown = await rows(page, 'section[aria-labelledby="verdicts"] tbody tr');
    const sides = said.backends.flatMap(({ name, runs: each }) => each.map((side) => ({ name, side })));
    assert.equal(shown.length, sides.length);
    sides.forEach(({ name, side }, i) => {
        assert.equal(shown[i][0], `${name} ${side.label}`);
        assert.equal(shown[i][1], side.holds);
    });
    const costs = await rows(page, 'section[aria-labelledby="costs"] tbody tr');
    const second = said.backends.filter(({ common_load, judged_runs }) => common_load !== null && judged_runs > 1);
    assert.ok(second.length > 0);
    second.forEach(({ runs: each }, i) =>
        assert.equal(costs[2 * i + 1][3], each[1].figures.cpu_ns_per_request.change.text),
    );
    assert.equal(await page.textContent('.order'), said.answers.order);
    const better = await page.locator('section[aria-labelledby="better"] li').allTextContents();
    assert.deepEqual(better, said.answers.better);
    assert.ok(better.length === said.backends.length && better.every((each) => each.includes('capacity')), `${better}`);
    const top = await page.locator('section[aria-labelledby="better"]').boundingBox();
    assert.ok(top.y + top.height < 900, 'whether B is better stands in the first screen');
    const lines = await page.locator('.curves .curve svg path').count();
    assert.ok(lines >= 2 * said.backends.length, `${lines} lines of two sides of ${said.backends.length} services`);
    assert.equal(await page.locator('.forced').count(), 0);
    assert.ok((await page.locator('figure svg circle').count()) > 0, 'no dot in the chart');
    assert.ok((await page.textContent('section[aria-labelledby="machines"]')).includes(HOSTILE), 'the text is text');
    assert.equal(await copied(page), say('compare', ...files, '--format', 'markdown'));
    await page.finish();
    await seen(file, 'comparison');
}

async function a_forced_comparison_is_loud() {
    const files = [
        runs[0],
        changedRun(runs[0], 'seeded.jsonl', (record) =>
            record.record === 'run' ? { ...record, seed: record.seed + 1 } : record,
        ),
    ];
    assert.equal(spawnSync(twofold, ['compare', ...files, '--format', 'html']).status, 2);
    const file = join(folder, 'forced.html');
    writeFileSync(file, say('compare', ...files, '--force', '--format', 'html'));
    const page = await open(file);
    assert.match(await page.textContent('.forced'), /NOT COMPARABLE.*"seed"/);
    await page.finish();
}

async function the_page_of_all_runs_is_narrowed_by_its_filters() {
    const from = join(folder, 'shared');
    const to = join(folder, 'results');
    mkdirSync(from, { recursive: true });
    runs.forEach((run) => copyFileSync(run, join(from, basename(run))));
    copyFileSync(changedRun(runs[0], 'slower.jsonl', slower), join(from, 'another-machine.jsonl'));
    const file = say('results', from, '--out', to).trim();
    const reports = runs.map((run) => JSON.parse(say('report', run, '--format', 'json')));
    const count = reports.reduce((sum, { backends }) => sum + backends.length, reports[0].backends.length);
    let page = await open(file);

    const all = await rows(page, '.results tbody tr');
    assert.equal(all.length, count);
    const cells = await rows(page, '.matrix tbody tr');
    const places = reports.map(({ scenario, machine }) => `${scenario} ${machine.cpu} ${machine.cores}`);
    const machines = new Set(places).size + 1; /* one more run is of another machine */
    assert.equal(cells.length, machines, `${cells}`);
    for (const { backends } of reports) {
        for (const { capacity_level: held } of backends.filter(({ capacity_level: level }) => level !== null)) {
            const short = words.count(held);
            assert.ok(
                cells.some((row) => row.some((cell) => cell.replace('≥ ', '').startsWith(short))),
                `${short} is in no cell`,
            );
        }
    }
    for (const href of await page.$$eval('.results a', (links) => links.map((link) => link.getAttribute('href')))) {
        assert.ok(existsSync(join(to, href)), `${href} is not there`);
    }
    const name = reports[0].backends[0].name;
    await page.selectOption('select[data-filter="backend"]', name);
    assert.ok((await rows(page, '.results tbody tr')).every(([service]) => service.startsWith(name)));
    await page.selectOption('select[data-filter="machine"]', { label: `${HOSTILE}, 16 cores` });
    assert.equal((await rows(page, '.results tbody tr')).length, 1);
    const markdown = (await copied(page)).split('\n');
    assert.ok(markdown[0].startsWith(`1 of ${count} measurements`), markdown[0]);
    const lines = markdown.filter((line) => line.startsWith('| '));
    assert.equal(lines.length, 6, 'two tables of one row'); /* each with its heads, and what stands below them */
    assert.ok(lines[2].includes(reports[0].scenario) && lines[5].startsWith(`| ${name} `), `${lines}`);
    assert.ok(!markdown.some((line) => /[^\\]</.test(line)), 'what others wrote is no markup');
    const { hash } = new URL(page.url());
    assert.match(decodeURIComponent(hash), new RegExp(`backend=${name}`));
    await page.finish();

    page = await open(file, { hash });
    assert.equal((await rows(page, '.results tbody tr')).length, 1, 'the address keeps what is chosen');
    await page.selectOption('select[data-filter="machine"]', '');
    await page.selectOption('select[data-filter="backend"]', '');
    const sort = page.getByRole('button', { name: 'memory' }).first();
    await sort.press('Enter');
    assert.equal(await page.locator('button.sort[aria-pressed="true"]').first().textContent(), 'memory');
    const link = page.locator('.results a').first();
    await link.click();
    await page.waitForSelector('figure svg');
    await page.finish();
    await seen(file, 'all-results');
}

/* A file dropped on the page, as a browser gives it. */
async function drop(page, file) {
    const bytes = readFileSync(file).toString('base64');
    await page.evaluate(
        ([name, base64]) => {
            const data = new DataTransfer();
            data.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], name));
            for (const type of ['dragover', 'drop']) {
                document.body.dispatchEvent(
                    new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
                );
            }
        },
        [basename(file), bytes],
    );
}

async function a_run_that_is_dropped_is_judged_without_a_server() {
    const from = join(folder, 'one');
    mkdirSync(from, { recursive: true });
    copyFileSync(runs[0], join(from, basename(runs[0])));
    const index = say('results', from, '--out', join(folder, 'dropped')).trim();
    const packed = join(folder, 'packed.jsonl.gz');
    const lines = readFileSync(runs[1], 'utf8').split(/(?<=\n)/);
    /* A record a member, as the program writes it. The types of Node.js and TypeScript's own differ on a Buffer. */
    /** @type {any} */
    const members = lines.map((line) => gzipSync(line));
    /** @type {any} */
    const gzipped = Buffer.concat(members);
    writeFileSync(packed, gzipped);
    const damaged = join(folder, 'damaged.jsonl.gz');
    /** @type {any} */
    const changed = Buffer.from(gzipped);
    changed[5000] ^= 0xff;
    writeFileSync(damaged, changed);
    const wrong = join(folder, 'wrong.jsonl');
    writeFileSync(wrong, 'this is no run\n');

    for (const file of [runs[1], packed]) {
        const page = await open(index);
        for (const bad of [wrong, damaged]) {
            await drop(page, bad);
            const said = page.locator('.drop .complaint', { hasText: basename(bad) });
            await said.waitFor();
        }
        await drop(page, file);
        await page.waitForSelector('body:not([data-drawing]) figure svg');
        const own = JSON.parse(say('report', runs[1], '--format', 'json'));
        const plain = (text) => text.replaceAll('\u00a0', ' ');
        assert.equal(plain(await page.textContent('.answer')), own.answer);
        await page.getByLabel('at most', { exact: true }).fill('3ms');
        await page.keyboard.press('Enter');
        await page.waitForSelector('body:not([data-judging])');
        const moved = JSON.parse(say('report', runs[1], '--format', 'json', '--limit', 'p99=3ms'));
        assert.equal(plain(await page.textContent('.answer')), moved.answer);
        await page.getByRole('button', { name: 'All runs' }).click();
        await page.waitForSelector('.results');
        await page.finish();
    }
}

let failed = 0;
for (const test of [
    a_comparison_shows_what_the_program_says,
    a_forced_comparison_is_loud,
    the_page_of_all_runs_is_narrowed_by_its_filters,
    a_run_that_is_dropped_is_judged_without_a_server,
]) {
    try {
        await test();
        console.log(`ok      ${test.name}`);
    } catch (problem) {
        failed += 1;
        console.log(`FAILED  ${test.name}: ${problem.stack}`);
    }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
