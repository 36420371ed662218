// @ts-check
/* The page in a real browser: browser.mjs TWOFOLD WEB-FOLDER TOOLS-FOLDER CHROMIUM FOLDER RUN…
 *
 * Charts are drawn, figures are those of `--format json`, limits that are moved judge as the program does, nothing is
 * complained about, nothing is fetched, and what a run log says stays text. Screenshots stay in FOLDER. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { distrusted, takenPart } from './distrusted.mjs';
import { hostile } from './hostile.mjs';
import { wide } from './wide.mjs';

const [twofold, web, tools, chromiumFile, folder, ...runs] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), 'package.json'));
/* The tools lie in a folder of their own, which the checker does not see. */
const { chromium } = /** @type {any} */ (require)('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const words = await import(pathToFileURL(join(resolve(web), 'src/words.js')).href);

const DESKTOP = { width: 1280, height: 900 };
/* What the largest run's page may come to when it opens: about a quarter more than it does. Time is not asserted. */
const HEAVIEST = { bytesAStep: 10000, elements: 3400, marks: 1400 };
const PHONE = { width: 390, height: 844 };

const browser = await chromium.launch({
    executablePath: chromiumFile,
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

const execute = promisify(execFile);

async function report(files, ...options) {
    const { stdout } = await execute(twofold, ['report', ...[files].flat(), ...options], {
        maxBuffer: 1 << 30,
        encoding: 'utf8',
    });
    return stdout;
}

async function makePage(name, files, ...options) {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, await report(files, '--format', 'html', ...options));
    return file;
}

const answers = new Map(); /* what the program says of a run under given limits: asked once */

async function json(file, ...options) {
    const key = [file, ...options].join(' ');
    if (!answers.has(key)) {
        answers.set(key, report(file, '--format', 'json', ...options).then(JSON.parse));
    }
    return answers.get(key);
}

/* Opens the page; whatever it complains about, and whatever it asks the network for, fails the test at its end. */
async function open(file, { viewport = DESKTOP, hash = '', scheme = 'light' } = {}) {
    const page = await browser.newPage({ viewport, colorScheme: scheme, reducedMotion: 'reduce' });
    page.setDefaultTimeout(60000);
    const complaints = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.stack));
    page.on(
        'request',
        (request) =>
            request.url().startsWith('file:') ||
            request.url().startsWith('data:') ||
            request.url().startsWith('blob:') ||
            complaints.push(`asks for ${request.url()}`),
    );
    page.on('dialog', (dialog) => {
        complaints.push(`opens a dialog: ${dialog.message()}`);
        dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href + hash);
    await page.waitForSelector('body:not([data-drawing], [data-judging]) figure svg');
    page.finish = async () => {
        assert.deepEqual(complaints, []);
        await page.close();
    };
    return page;
}

const rows = (page, selector) =>
    page.$$eval(selector, (found) =>
        found.map((row) => [...row.children].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim())),
    );

/* A number and its unit are kept on one line by a space of its own kind. */
const plain = (text) => text.replaceAll('\u00a0', ' ');

/* The table under a chart, opened. */
async function numbersOf(page, title) {
    const figure = page.locator('figure', { has: page.getByRole('heading', { name: title, exact: true }) });
    if (!(await figure.locator('details').evaluate((details) => details.open))) {
        await figure.locator('details > summary').click();
    }
    await figure.locator('tbody tr').first().waitFor();
    return figure
        .locator('tbody tr')
        .evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent)));
}

const labelOf = (limits) => (limits.latency_ns !== null ? words.percentile(limits.percentile) : 'p99');

/* The answer, a sentence a service, the pairs and the warnings, against the program's. */
async function sameWords(page, said) {
    assert.equal(plain((await page.locator('.answer').textContent()) ?? ''), said.answer);
    assert.deepEqual(
        (await page.locator('.distrusted li, .sentences:not(.soaked) li').allTextContents()).map(plain).sort(),
        said.backends.map(({ sentence }) => sentence).sort(),
    );
    assert.deepEqual(
        await page.$$eval('.warnings li', (found) => found.map((item) => item.firstChild?.textContent)),
        said.warnings.map(({ text }) => text),
    );
    assert.equal(await page.locator('.pairs tbody tr').count(), said.comparisons.length);
}

/* What the page says of every step and backend, against what the program says. */
async function sameFigures(page, said) {
    await page.waitForSelector('body:not([data-drawing], [data-judging])');
    await sameWords(page, said);
    const shown = { report: said };
    const table = await numbersOf(page, 'Response time as the load doubles');
    const steps = said.backends.flatMap((backend) => backend.steps.map((step) => ({ backend: backend.name, step })));
    assert.equal(table.length, steps.length);
    steps.forEach(({ backend, step }, i) => {
        const [name, level, trial, run, verdict, p50, high, interval, limits] = table[i];
        assert.deepEqual(
            [name, level, trial, run, verdict],
            [
                backend,
                words.level(shown, step.level),
                String(step.trial),
                `${step.attempt}${step.phase === 'warm' ? ', warm' : ''}`,
                step.disturbed.length > 0 ? `${step.verdict} (disturbed)` : step.verdict,
            ],
        );
        assert.equal(
            limits,
            step.breaks.map(({ limit, at_ms }) => `${limit} at ${words.time(at_ms * 1e6)}`).join(', ') || '–',
        );
        if (labelOf(said.limits) === 'p99' && step.p99_ns !== null) {
            assert.equal(high, words.time(step.p99_ns));
            assert.equal(p50, words.time(step.p50_ns));
            assert.equal(
                interval,
                step.p99_low_ns !== null ? `${words.time(step.p99_low_ns)} to ${words.time(step.p99_high_ns)}` : '–',
            );
        }
    });
    const holds = await rows(page, '.glance tbody tr');
    said.backends.forEach((backend, i) => {
        assert.ok(holds[i][0].startsWith(backend.name));
        const least = backend.breaks_at_level === null ? '≥ ' : '';
        const held =
            backend.capacity_level !== null
                ? least + words.level(shown, backend.capacity_level)
                : backend.breaks_at_level !== null
                  ? 'nothing'
                  : '–';
        assert.ok(holds[i][1].startsWith(held), `${backend.name} holds ${holds[i][1]}, the program says ${held}`);
    });
    await sameBreaks(page, said);
    await sameHeadroom(page, said);
    await sameLimits(page, said);
    await sameStalls(page, said);
    await sameResources(page, said);
    await sameScores(page, said);
    await sameColdStarts(page, said);
    await sameGround(page, said);
}

/* The limits of a service that break at the lowest load, by name. */
const firstLimits = ({ limits }) =>
    limits.filter(({ order, breaks_at_level: at }) => order === 1 && at !== null).map(({ limit }) => limit);

/* What the cells of the first break say: the limits that break first as the load grows, whichever was violated first
 * inside the step. */
async function sameBreaks(page, program) {
    for (const backend of program.backends.filter(({ distrusted: wrong }) => wrong === null)) {
        const row = page.locator('.glance tbody tr', { has: page.getByText(backend.name, { exact: true }) });
        const cell = row.locator('td.break.first button');
        const first = firstLimits(backend);
        if (first.length === 0 || (await cell.count()) === 0) {
            continue;
        }
        const short = first.length < 3 ? first.join(' and ') : `${first[0]} and ${first.length - 1} more`;
        assert.equal(await cell.locator('.full').textContent(), short, backend.name);
        assert.equal(await cell.locator('.tiny').textContent(), first[0].slice(0, 3), backend.name);
        const summary = await page
            .locator('figure', { has: page.getByRole('heading', { name: 'Response time as the load doubles' }) })
            .locator('.summary')
            .textContent();
        const said = `${backend.name} breaks at ${words.level({ report: program }, backend.breaks_at_level)} `;
        assert.ok(summary?.includes(`${said}(${words.list(first)})`), `${summary} lacks ${said}(${words.list(first)})`);
    }
}

/* How far each service goes: a row each, with a mark and, as far as there is room, a name for each limit that breaks
 * and each thing that is used up; the numbers have all of them. */
async function sameHeadroom(page, program) {
    const told = program.backends.filter(({ distrusted: wrong, steps }) => wrong === null && steps.length > 0);
    const figure = page.locator('figure.headroom');
    assert.equal(await figure.isVisible(), told.length > 0);
    if (told.length === 0) {
        return;
    }
    assert.deepEqual(
        await figure.locator('.row').evaluateAll((found) => found.map((each) => each.dataset.service)),
        told.map(({ name }) => name),
    );
    for (const backend of told) {
        const row = figure.locator(`.row[data-service=${JSON.stringify(backend.name)}]`);
        const broken = backend.limits.filter(
            ({ high_level: high, breaks_at_level: at }) => high !== null || at !== null,
        );
        const named = (await row.locator('.limit-name').allTextContents()).flatMap((each) => each.split(', '));
        assert.ok(
            named.every((each) => broken.some(({ limit }) => limit === each)),
            `${backend.name}: ${named}`,
        );
        const first = firstLimits(backend);
        const bold = (await row.locator('.limit-name.first').allTextContents()).flatMap((each) => each.split(', '));
        assert.ok(
            bold.every((each) => first.includes(each)) && (first.length === 0 || bold.length > 0),
            `${backend.name}: ${bold}, the program says ${first}`,
        );
        assert.equal((await row.locator('line.limit').count()) > 0, broken.length > 0, backend.name);
    }
    const table = await numbersOf(page, 'How far each service goes');
    assert.equal(
        table.length,
        program.backends
            .filter(({ distrusted: wrong }) => wrong === null)
            .reduce((sum, { limits, resources }) => sum + limits.length + resources.length, 0),
    );
    const shares = told.flatMap(({ resources }) => resources.map((each) => each.needed_share_at_double));
    for (const share of shares.filter((each) => each !== null)) {
        const said = `${words.share(Math.abs(share - 1))} ${share > 1 ? 'short' : 'left'}`;
        assert.ok(
            table.some(([, , , last]) => last === said),
            `${said} is not in ${table.map((row) => row[3])}`,
        );
    }
}

/* Where each limit breaks: a row each, in the program's order, with the loads at which it holds and breaks; a line for
 * each interval, and a dot for each estimate. */
async function sameLimits(page, program) {
    const told = program.backends
        .filter(({ distrusted: wrong }) => wrong === null)
        .flatMap(({ name, limits }) => limits.map((each) => ({ name, each })));
    const drawn = told.filter(({ each: { low_level: low, high_level: high } }) => low > 0 || high !== null);
    const figure = page.locator('figure.capacities');
    assert.equal(await figure.isVisible(), drawn.length > 0);
    if (drawn.length === 0) {
        return;
    }
    const loadOf = (value) => (value === null ? '–' : words.level({ report: program }, value));
    const table = await numbersOf(page, 'Where each limit breaks');
    assert.deepEqual(
        table.map(([name, limit, place, holds, breaks]) => [name, limit, place, holds, breaks]),
        told.map(({ name, each }) => [
            name,
            each.limit,
            each.breaks_at_level !== null ? String(each.order) : '–',
            loadOf(each.holds_at_level),
            loadOf(each.breaks_at_level),
        ]),
    );
    await figure.scrollIntoViewIfNeeded();
    await page.waitForSelector('body:not([data-drawing])');
    assert.equal(await figure.locator('svg g[data-mark="rule"] line').count(), drawn.length);
    assert.equal(await figure.locator('svg circle').count(), drawn.filter(({ each }) => each.estimated).length);
    assert.deepEqual(
        await figure.locator('svg .interval-name').allTextContents(),
        drawn.map(({ each }) => each.limit),
    );
}

/* Every stall: its load, moment and length, and what the host did then. */
async function sameStalls(page, program) {
    const told = program.backends
        .filter(({ distrusted: wrong }) => wrong === null)
        .flatMap(({ name, stalls }) => stalls.map((each) => ({ name, each })));
    assert.equal(await page.locator('section.stalls').isVisible(), told.length > 0);
    const shown = await page
        .locator('section.stalls tbody tr')
        .evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.deepEqual(
        shown.map((row) => row.map(plain)),
        told.map(({ name, each }) => [
            name,
            words.level({ report: program }, each.level),
            String(each.trial),
            words.time(each.at_ms * 1e6),
            words.time(each.length_ms * 1e6),
            each.limit,
            each.host === null ? 'It was not read.' : `${each.host.in_words}.`,
        ]),
    );
}

/* What runs out first: every resource of the program's JSON in the table, and a dot for each that is used up. */
async function sameResources(page, program) {
    const told = program.backends
        .filter(({ distrusted: wrong }) => wrong === null)
        .flatMap(({ name, resources }) => resources.map((each) => ({ name, each })));
    const figure = page.locator('figure.resources');
    assert.equal(
        await figure.isVisible(),
        told.some(({ each }) => each.used_at_level !== null),
    );
    if (!(await figure.isVisible())) {
        return;
    }
    const table = await numbersOf(page, 'What runs out first');
    assert.equal(table.length, told.length);
    told.forEach(({ name, each }, i) => {
        const at = each.exhausted_at_level;
        const load = at === null ? '–' : words.count(Number(at.toPrecision(each.measured ? 3 : 2)));
        assert.equal(table[i][0], name);
        assert.ok(table[i][2].includes(load), `${name}: ${table[i][2]}, the program says ${at}`);
        assert.ok(table[i][7].startsWith(each.end));
    });
    await figure.scrollIntoViewIfNeeded();
    await page.waitForSelector('body:not([data-drawing])');
    const usedUp = told.filter(({ each }) => each.exhausted_at_level !== null).length;
    assert.equal(await figure.locator('svg circle').count(), usedUp);
}

/* The scores: as they stand in the program's JSON. */
async function sameScores(page, program) {
    const judged = program.backends.filter(
        ({ skipped, distrusted: wrong, capacity_level, breaks_at_level }) =>
            skipped === null && wrong === null && (capacity_level !== null || breaks_at_level !== null),
    );
    const table = page.getByRole('table', { name: 'Scores of every service' });
    assert.equal(await page.locator('[aria-labelledby="scores"]').isVisible(), judged.length > 0);
    if (judged.length === 0) {
        return;
    }
    assert.deepEqual(
        await table.locator('thead th').allTextContents(),
        judged.map(({ name }) => name),
    );
    const shown = new Map(
        await table
            .locator('tbody tr')
            .evaluateAll((found) =>
                found.map((row) => [
                    row.querySelector('th').firstChild.textContent,
                    [...row.querySelectorAll('td .value')].map((cell) => cell.textContent),
                ]),
            ),
    );
    const known = (value, write) => (value === null ? '–' : write(value));
    const figures = {
        Capacity: ({ capacity_level }) => known(capacity_level, (level) => words.level({ report: program }, level)),
        'Mean capacity over SLOs': ({ scores }) => known(scores.critical_capacity_level, words.count),
        'CPU time a request': ({ scores }) => known(scores.cpu_ns_per_request, words.time),
        'Goodput a core': ({ scores }) => known(scores.good_rps_per_core, words.count),
        'Goodput a 100 MB': ({ scores }) => known(scores.good_rps_per_100mb, words.count),
    };
    for (const [name, figure] of Object.entries(figures)) {
        const expected = judged.map(figure);
        assert.deepEqual(shown.get(name) ?? expected.map(() => '–'), expected, name);
    }
}

/* What a cold start costs a request: a row of the costs, as the program's JSON has it. */
async function sameColdStarts(page, program) {
    const backends = program.backends.filter(({ skipped, distrusted: wrong }) => skipped === null && wrong === null);
    const row = page
        .getByRole('table', { name: 'Costs of every service' })
        .locator('tbody tr', { hasText: 'CPU a request, cold' });
    if (backends.every(({ cold_start: cold }) => cold === null)) {
        assert.equal(await row.count(), 0);
        return;
    }
    assert.deepEqual(
        (await row.locator('td').allTextContents()).map(plain),
        backends.map(({ cold_start: cold }) =>
            cold === null
                ? '–'
                : `${words.time(cold.cpu_ns_per_request_cold)}${cold.cpu_ratio.toFixed(1)} times the ` +
                  `${words.time(cold.cpu_ns_per_request_warm)} when warm`,
        ),
    );
}

/* The calibrations of the blocks, with their spread, and whom the harness followed. */
async function sameGround(page, { calibrations, calibration_spread: spread, backends }) {
    const told = plain((await page.locator('dl.machine').textContent()) ?? '');
    for (const { trial, throughput_rps, disturbed } of calibrations) {
        const block = `block ${trial}: ${words.rate(throughput_rps)}${disturbed ? ' (disturbed, left out)' : ''}`;
        assert.ok(told.includes(block), `${block} is not in: ${told}`);
    }
    assert.equal(told.includes('before each block of trials'), calibrations.length > 0);
    if (spread !== null) {
        assert.ok(told.includes(`; ${words.share(spread.share)} apart`), told);
    }
    for (const { name, followed } of backends.filter(({ followed: known }) => known !== null)) {
        assert.ok(told.includes(`${name} with process ${followed}`), told);
    }
}

async function accessible(page, what) {
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const told = found.violations.map(
        ({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes
                .slice(0, 3)
                .map((node) => node.html.slice(0, 140))
                .join(' | ')}`,
    );
    assert.deepEqual(told, [], `${what}: axe`);
}

async function fits(page, width) {
    const wideness = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wideness <= width, `the page is ${wideness} wide on a screen of ${width}`);
}

const tests = [];
const test = (name, run) => tests.push({ name, run });

const first = await makePage('first', runs[0]);
const all = await makePage('all', runs);

async function everyChartIsDrawn(page) {
    const figures = await page.$$eval('figure', (found) =>
        found
            .filter((figure) => !figure.closest('[hidden]'))
            .map((figure) => ({
                title: figure.querySelector('h2, h3').textContent,
                marks: figure.querySelectorAll('svg path, svg rect, svg line').length,
                broken: /NaN|undefined|Infinity/.test(figure.innerHTML),
                named: [...figure.querySelectorAll('svg')].every(
                    (svg) => svg.getAttribute('role') === 'img' && svg.getAttribute('aria-label').length > 20,
                ),
                summary: figure.querySelector('.summary').textContent,
            })),
    );
    assert.ok(figures.length >= 7);
    for (const { title, marks, broken, named, summary } of figures) {
        assert.ok(marks > 0 || summary === 'No request failed.', `${title}: nothing is drawn`);
        assert.ok(!broken, `${title}: NaN or undefined in it`);
        assert.ok(named, `${title}: a chart without a name`);
        assert.ok(summary.length > 10 && !/NaN|undefined|null/.test(summary), `${title}: ${summary}`);
    }
    assert.ok(!/NaN|undefined|Infinity/.test(await page.locator('main').innerText()), 'NaN or undefined in words');
}

runs.forEach((file, i) =>
    test(`run ${i + 1}: charts are drawn, sentences are the text report's, figures the JSON report's`, async () => {
        const program = await json(file);
        const page = await open(all, { hash: `#run=${i + 1}` });
        await everyChartIsDrawn(page);
        assert.equal(plain(await page.locator('.answer').textContent()), program.answer);
        assert.deepEqual(
            (await page.locator('.sentences:not(.soaked) li').allTextContents()).map(plain),
            program.backends.map(({ sentence }) => sentence),
        );
        const soaked = program.backends.filter(({ soak }) => soak !== null);
        const told = (await page.locator('.soaked li').allTextContents()).map(plain);
        assert.equal(told.length, soaked.length);
        soaked.forEach(({ name, soak, sentence }, i) => {
            assert.ok(told[i].includes(words.level({ report: program }, soak.level)), told[i]);
            assert.ok(told[i].startsWith(`${name} `), told[i]);
            assert.ok(sentence.includes(told[i].slice(name.length + 1)), `${told[i]} against ${sentence}`);
        });
        assert.deepEqual(
            await page.$$eval('.warnings li', (found) => found.map((item) => item.firstChild.textContent)),
            program.warnings.map(({ text }) => text),
        );
        await sameFigures(page, program);
        await page.finish();
    }),
);

/* Cells whose words do not fit: [words, by how much]. */
const overflowing = (page) =>
    page.$$eval('.glance th, .glance td, .glance td button', (cells) =>
        cells
            .filter((cell) => cell.clientWidth > 0 && cell.scrollWidth > cell.clientWidth)
            .map((cell) => [cell.textContent, cell.scrollWidth - cell.clientWidth]),
    );

test('what a service holds fits its cell, on a desk and on a phone, however long its name', async () => {
    const file = join(folder, 'open.jsonl');
    const opened = (line) => {
        const record = JSON.parse(line.replaceAll('9223372036854775807', '0'));
        if (record.record === 'run') {
            const scenario = JSON.parse(record.scenario_text);
            const open = { what: 'open_connections', from: 1024, steps: 5, rate: 500 };
            return JSON.stringify({ ...record, scenario_text: JSON.stringify({ ...scenario, double: open }) });
        }
        if ('level' in record) {
            record.level = 1024 * 2 ** (record.index ?? 0);
        }
        return JSON.stringify('connections' in record ? { ...record, connections: record.level } : record);
    };
    const lines = readFileSync(runs[0], 'utf8').trimEnd().split('\n');
    writeFileSync(file, `${lines.map(opened).join('\n')}\n`);
    const program = await json(file);
    const held = program.backends.filter(({ capacity_level: level }) => level >= 10000);
    assert.ok(held.length > 0, 'a long number is held');
    const made = await makePage('open', file);
    for (const viewport of [DESKTOP, PHONE, { width: 320, height: 844 }]) {
        const page = await open(made, { viewport });
        assert.deepEqual(await overflowing(page), []);
        for (const { name, capacity_level: level, breaks_at_level: broke } of held) {
            const least = broke === null ? '≥ ' : '';
            const row = page.locator('.glance tbody tr', { has: page.getByText(name, { exact: true }) });
            const [cell, words_] =
                viewport === DESKTOP
                    ? [row.locator('td.holds'), `${least}${words.count(level)} open connections`]
                    : [row.locator('th .held'), `holds ${least}${words.count(level)}`];
            assert.ok(await cell.isVisible());
            assert.equal(await cell.textContent(), words_);
        }
        await page.screenshot({ path: join(folder, `open-${viewport.width}.png`), fullPage: true });
        await page.finish();
    }
});

test('runs of a load that was run again, and warm ones, are named as such', async () => {
    const marks = [({ phase }) => phase === 'warm', ({ attempt }) => attempt > 1];
    for (const marked of marks) {
        const programs = await Promise.all(runs.map((file) => json(file)));
        const run = programs.findIndex(({ backends }) => backends.some(({ steps }) => steps.some(marked)));
        assert.ok(run >= 0, 'no run has such a step');
        const backend = programs[run].backends.find(({ steps }) => steps.some(marked));
        const order = backend.steps.findIndex(marked);
        const { trial, attempt, phase, level, verdict } = backend.steps[order];
        const run_ = attempt > 1 ? `, run ${attempt}` : '';
        const named = `${words.level({ report: programs[run] }, level)}${run_}${phase === 'warm' ? ', warm' : ''}`;
        const page = await open(all, { hash: `#run=${run + 1}&step=${backend.name}.${trial}.${order}` });
        const option = page.locator('#step select[aria-label="step"] option:checked');
        assert.ok((await option.textContent())?.startsWith(`${named}: ${verdict}`), named);
        const summary = await page.locator('#step .summary').textContent();
        assert.ok(summary?.startsWith(`${backend.name} at ${named} `), summary);
        await page.finish();
    }
    let seen = 0;
    for (const run of runs.keys()) {
        const page = await open(all, { hash: `#run=${run + 1}` });
        for (const cell of await page.locator('.glance td button', { has: page.locator('.again') }).all()) {
            const mark = (await cell.locator('.again').textContent()) ?? '';
            assert.match(mark, /^(run \d+|warm|run \d+, warm)$/);
            assert.ok((await cell.getAttribute('title'))?.includes(`, ${mark}: `), mark);
            seen++;
        }
        await page.finish();
    }
    assert.ok(seen > 0, 'no cell is marked');
});

test('bands are drawn, of each step and over trials, and told of every step', async () => {
    const [file, program] = await Promise.all([makePage('bands', runs.at(-1)), json(runs.at(-1))]);
    const page = await open(file);
    /* p99 has bounds only in steps with enough requests that took long independently of each other. */
    const bounded = program.backends.some(({ steps }) => steps.some(({ p99_low_ns: low }) => low !== null));
    assert.ok(program.trials > 1, 'the run has several trials');
    for (const band of bounded ? ['band-steps', 'band-trials'] : ['band-trials']) {
        assert.ok((await page.locator(`.${band} path`).count()) > 0, `${band} is not drawn`);
    }
    const told = await page.locator('.glance td button .unseen').allTextContents();
    assert.ok(
        told.some((words) => /95 % interval [\d.]+ .?s to [\d.]+ .?s; .* over \d trials/.test(words)),
        told.join('\n'),
    );
    await page.finish();
});

test('a service whose answers do not add up is told first, and has neither capacity nor rank', async () => {
    const log = readFileSync(runs[0], 'utf8');
    const [name] = takenPart(log);
    const file = join(folder, 'distrusted.jsonl');
    writeFileSync(file, distrusted(log, name));
    const program = await json(file);
    const wrong = program.backends.find((backend) => backend.name === name);
    assert.notEqual(wrong.distrusted, null);
    for (const hash of ['', '#p99=3ms']) {
        const page = await open(await makePage('distrusted', file), { hash });
        assert.deepEqual((await page.locator('.distrusted li').allTextContents()).map(plain), [wrong.sentence]);
        assert.ok(
            await page.evaluate(
                () =>
                    /** @type {Element} */ (document.querySelector('.distrusted')).compareDocumentPosition(
                        /** @type {Element} */ (document.querySelector('.answer')),
                    ) & Node.DOCUMENT_POSITION_FOLLOWING,
            ),
        );
        assert.ok(!(await page.locator('.answer').textContent()).startsWith(name));
        const row = page.locator('.glance tbody tr', { has: page.locator('.name', { hasText: name }) });
        assert.match(await row.locator('.holds').textContent(), /^–its answers do not add up$/);
        assert.equal(await row.locator('td.pass, td.break, td.first').count(), 0);
        for (const places of ['.series-name', '.beside thead th']) {
            const names = await page.locator(places).allTextContents();
            assert.ok(names.length > 0 && !names.includes(name), `${places} has it`);
        }
        await everyChartIsDrawn(page);
        if (hash === '') {
            await accessible(page, 'distrusted');
        }
        await page.finish();
    }
});

/* The first screen of a desk says who breaks first and shows how far each service goes; prose comes later. */
test('the answer and the chart stand in the first screen', async () => {
    const page = await open(first, { viewport: { width: 1440, height: 900 } });
    const bottomOf = async (selector) => {
        const box = await page.locator(selector).first().boundingBox();
        return box.y + box.height;
    };
    assert.ok((await bottomOf('.answer')) < 400, 'the answer takes the screen');
    assert.ok((await bottomOf('figure.headroom svg')) < 900, 'the chart is cut off');
    assert.ok((await page.locator('.glance').boundingBox()).y < 900, 'the ladder begins below the screen');
    assert.equal(await page.locator('.sentences li').first().isVisible(), false);
    await page.locator('.in-words > summary').click();
    assert.ok(await page.locator('.sentences li').first().isVisible());
    await page.finish();
});

test('a chart is saved as a file that needs no page', async () => {
    const page = await open(first);
    const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as SVG: How far each service goes' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'how-far-each-service-goes.svg');
    const file = join(folder, 'saved.svg');
    await download.saveAs(file);
    const saved = readFileSync(file, 'utf8');
    const [{ name }] = (await json(runs[0])).backends;
    assert.match(saved, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    assert.ok(saved.includes(`>${name}</text>`) && !saved.includes('var(--'), 'names, and colours of its own');
    await page.finish();
});

test('the rings of the ladder are where its words say that services break', async () => {
    const page = await open(first);
    const program = await json(runs[0]);
    const figure = page.locator('figure', {
        has: page.getByRole('heading', { name: 'Response time as the load doubles' }),
    });
    await figure.scrollIntoViewIfNeeded();
    await page.waitForSelector('body:not([data-drawing])');
    const rings = await figure
        .locator('svg circle, svg path')
        .evaluateAll(
            (found) => found.filter((each) => each.closest('[stroke="var(--break)"][fill="none"]') !== null).length,
        );
    const broken = program.backends.filter(({ breaks_at_level: at }) => at !== null);
    assert.ok(broken.length > 0 && rings === broken.length, `${rings} rings, ${broken.length} services break`);
    await page.finish();
});

test('a limit that is moved judges as the program does', async () => {
    const page = await open(first);
    const type = async (label, value) => {
        await page.getByLabel(label, { exact: true }).fill(value);
        await page.keyboard.press('Enter');
    };
    await type('at most', '3ms');
    await sameFigures(page, await json(runs[0], '--limit', 'p99=3ms'));
    assert.ok((await page.evaluate(() => location.hash)).includes('p99=3ms'));
    await type('memory, at most', '16MiB');
    await sameFigures(page, await json(runs[0], '--limit', 'p99=3ms', '--limit', 'memory=16MiB'));
    await page.getByLabel('percentile of the response time').selectOption('p50');
    await sameFigures(page, await json(runs[0], '--limit', 'p50=3ms', '--limit', 'memory=16MiB'));
    await type('at most', 'none');
    await type('failed, at most', '5%');
    await type('answered well in time, at least', '50%');
    const changes = ['p99=none', 'memory=16MiB', 'errors=5%', 'throughput=50%'];
    await sameFigures(page, await json(runs[0], ...changes.flatMap((change) => ['--limit', change])));
    await page.getByRole('button', { name: 'Back to the run’s own limits' }).click();
    await sameFigures(page, await json(runs[0]));
    assert.equal(await page.evaluate(() => location.hash), '');
    await page.finish();
});

test('a limit that is moved changes the headline, and the page says what the program says', async () => {
    const file = join(web, '../../results/shared/catalog-epyc-2cores-quiet.jsonl.gz');
    const page = await open(await makePage('moved', file));
    const [own, moved] = await Promise.all([json(file), json(file, '--limit', 'p99=4ms')]);
    const cause = ({ backends }) => backends.find(({ name }) => name === 'python').breaks[0].cause_in_words;
    assert.notEqual(own.answer, moved.answer);
    await sameWords(page, own);
    await page.getByLabel('at most', { exact: true }).fill('4ms');
    await page.keyboard.press('Enter');
    await page.waitForSelector('body:not([data-judging])');
    await sameWords(page, moved);
    assert.ok(plain((await page.locator('.answer').textContent()) ?? '').includes(cause(moved)));
    await page.finish();
});

test('of limits that are moved one after the other the last is judged', async () => {
    const page = await open(first);
    const slider = page.getByLabel('limit of the response time');
    for (let i = 0; i < 8; i++) {
        await slider.press('ArrowLeft');
    }
    const limit = new URL(page.url()).hash.replace('#', '');
    assert.match(limit, /^p99=/);
    await sameFigures(page, await json(runs[0], '--limit', limit));
    await page.finish();
});

test('a page that was built without WebAssembly says that its limits cannot be moved', async () => {
    const file = join(folder, 'without.html');
    const made = readFileSync(first, 'utf8').replace(
        /<script type="application\/gzip" id="twofold-judge">.*?<\/script>/s,
        '',
    );
    writeFileSync(file, made);
    for (const hash of ['', '#p99=3ms']) {
        const page = await open(file, { hash });
        assert.ok(await page.getByLabel('at most', { exact: true }).isDisabled());
        assert.match((await page.locator('.limits .note').textContent()) ?? '', /built without WebAssembly/);
        await sameFigures(page, await json(runs[0]));
        await page.finish();
    }
});

test('what is no limit is refused in words, and changes nothing', async () => {
    const page = await open(first);
    const before = await page.locator('.glance').innerText();
    await page.getByLabel('at most', { exact: true }).fill('fast');
    await page.keyboard.press('Enter');
    assert.match(await page.locator('.complaint').textContent(), /expected a time such as 50ms/);
    assert.equal(await page.locator('.glance').innerText(), before);
    await page.finish();
});

test('a link shows the same limits, step, run and theme again', async () => {
    const page = await open(all, { hash: '#run=2&p99=7ms&theme=dark' });
    const said = await json(runs[1 % runs.length], '--limit', 'p99=7ms');
    await sameFigures(page, said);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.locator('.glance td button').nth(1).click();
    const hash = await page.evaluate(() => location.hash);
    const shown = await page.locator('#step .summary').textContent();
    await page.finish();
    const again = await open(all, { hash });
    assert.equal(await again.locator('#step .summary').textContent(), shown);
    await again.finish();
});

test('a point of the ladder that is clicked shows its step from inside', async () => {
    const page = await open(first);
    const ladder = page.locator('figure', {
        has: page.getByRole('heading', { name: 'Response time as the load doubles' }),
    });
    await ladder.scrollIntoViewIfNeeded();
    const points = ladder.locator('g[data-mark="dot"]').nth(1).locator('path');
    const before = new Set();
    for (const i of [0, (await points.count()) - 1]) {
        const box = await points.nth(i).boundingBox();
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await page.mouse.down();
        await page.mouse.up();
        before.add(await page.locator('#step .summary').textContent());
        assert.match(await page.evaluate(() => location.hash), /step=/);
    }
    assert.equal(before.size, 2);
    await page.finish();
});

test('every step is reached by keyboard alone', async () => {
    const page = await open(first);
    await page.locator('.glance td button').first().focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const cell = page.locator('.glance td button').nth(1);
    assert.equal(await cell.getAttribute('aria-pressed'), 'true');
    assert.ok(await cell.evaluate((button) => button === document.activeElement), 'the focus stays on the cell');
    const shown = await page.locator('#step .summary').textContent();
    await page.getByRole('button', { name: 'the next step' }).press('Enter');
    assert.notEqual(await page.locator('#step .summary').textContent(), shown);
    const slider = page.getByLabel('limit of the response time');
    await slider.press('ArrowLeft');
    assert.match(await page.evaluate(() => location.hash), /p99=/);
    await page.finish();
});

test('it fits a phone, and a narrower one', async () => {
    for (const width of [390, 320]) {
        const page = await open(all, { viewport: { width, height: 844 } });
        await fits(page, width);
        await numbersOf(page, 'Response time as the load doubles');
        await fits(page, width);
        await page.finish();
    }
});

test('axe finds nothing, light and wide, dark and narrow with limits moved', async () => {
    for (const [scheme, viewport, hash] of /** @type {any[][]} */ ([
        ['light', DESKTOP, '#run=2'],
        ['dark', PHONE, '#p99=2ms'],
    ])) {
        const page = await open(all, { scheme, viewport, hash });
        await accessible(page, `${scheme} ${viewport.width} ${hash}`);
        await page.finish();
    }
});

test('a theme is chosen against the system’s', async () => {
    const page = await open(first, { scheme: 'dark' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await page.getByRole('button', { name: /light theme/ }).click();
    assert.notEqual(await paper(), dark);
    await page.finish();
});

test('on paper it is light and whole', async () => {
    const page = await open(first, { scheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.match(paper, /rgb\(25[0-5], 25[0-5], 25[0-5]\)/);
    const pdf = await page.pdf({ path: join(folder, 'first.pdf'), format: 'A4' });
    assert.ok(pdf.length > 20000);
    await page.finish();
});

test('what a run log says stays text', async () => {
    const file = join(folder, 'hostile.jsonl');
    writeFileSync(file, hostile(readFileSync(runs[0], 'utf8')));
    const page = await open(await makePage('hostile', file));
    const said = await json(file);
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    assert.equal(await page.locator('#page script, #page img, #page iframe, #page a, #page object').count(), 0);
    /* the data, the log, the judge, the page's own script packed and unpacked, and what unpacks it */
    assert.equal(await page.locator('script').count(), 6);
    assert.deepEqual(
        (await page.locator('.sentences:not(.soaked) li').allTextContents()).map(plain),
        said.backends.map(({ sentence }) => plain(sentence)),
    );
    await page.locator('.glance td button').last().click();
    await page.getByLabel('at most', { exact: true }).fill('1ms');
    await page.keyboard.press('Enter');
    await page.waitForSelector('body:not([data-judging])');
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    await fits(page, DESKTOP.width);
    await page.finish();
});

test('a script that got into the page would not run', async () => {
    const file = join(folder, 'smuggled.html');
    writeFileSync(
        file,
        readFileSync(first, 'utf8').replace(
            '<div id="page">',
            '<script>globalThis.pwned = 1</script><img src="x" onerror="globalThis.pwned = 2"><div id="page">',
        ),
    );
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('figure svg');
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    await page.close();
});

test('without scripts it is the text report', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(pathToFileURL(first).href);
    const shown = await page
        .locator('noscript')
        .innerText()
        .catch(() => page.content());
    assert.ok(shown.includes('The answer') && shown.includes('Service by service'));
    await page.close();
});

test('five backends, ten steps and three trials open at once, and the page itself is small', async () => {
    const file = join(folder, 'wide.jsonl');
    writeFileSync(file, wide(readFileSync(runs[0], 'utf8')));
    const made = await makePage('wide', file);
    const empty = statSync(join(folder, '..', 'web', 'page.html')).size;
    assert.ok(empty < 1 << 20, `${empty} bytes without data`);
    const page = await open(made);
    const took = await page.evaluate(() => performance.measure('opened', { start: 0, end: 'twofold:shown' }).duration);
    const bytes = statSync(made).size - empty;
    assert.ok(bytes < 150 * HEAVIEST.bytesAStep, `${bytes} bytes of data`);
    const elements = await page.evaluate(() => [
        document.querySelectorAll('*').length,
        document.querySelectorAll('svg *').length,
    ]);
    assert.ok(
        elements[0] < HEAVIEST.elements && elements[1] < HEAVIEST.marks,
        `${elements[0]} elements, ${elements[1]} of them in charts`,
    );
    assert.equal(
        await page.locator('.numbers td').count(),
        0,
        'tables of numbers are filled before anyone asks for them',
    );
    assert.equal(await page.locator('.glance tbody tr').count(), 5);
    await sameFigures(page, await json(file));
    console.log(`     ${statSync(made).size} bytes, shown after ${Math.round(took)} ms`);
    await page.finish();
});

test('screenshots are taken', async () => {
    for (const [name, viewport, scheme] of /** @type {any[][]} */ ([
        ['desktop', DESKTOP, 'light'],
        ['phone-dark', PHONE, 'dark'],
    ])) {
        const page = await open(first, { viewport, scheme });
        await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
        await page.finish();
    }
});

/* As many at a time as there are cores: each page is a process of its own. */
let failed = 0;
async function work() {
    for (let next = tests.shift(); next !== undefined; next = tests.shift()) {
        const began = Date.now();
        try {
            await next.run();
            console.log(`ok   ${next.name} (${Date.now() - began} ms)`);
        } catch (error) {
            failed++;
            console.error(`FAIL ${next.name}\n${error.stack}`);
        }
    }
}
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
await browser.close();
process.exit(failed > 0 ? 1 : 0);
