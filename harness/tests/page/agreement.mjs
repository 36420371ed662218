// @ts-check
/* What the page says, held against what the program says: `said` and `program` are its JSON. */
import assert from 'node:assert/strict';
import { numbersOf, plain, rows, words } from './reports.mjs';

const labelOf = (limits) => (limits.latency_ns !== null ? words.percentile(limits.percentile) : 'p99');

/* The answer, a sentence a service, the pairs and the warnings, against the program's. */
export async function sameWords(page, said) {
    assert.equal(plain((await page.locator('.answer').textContent()) ?? ''), said.answer);
    assert.deepEqual(
        (await page.locator('.distrusted li, .sentences:not(.soaked) li').allTextContents()).map(plain).sort(),
        said.backends.map(({ sentence }) => sentence).sort(),
    );
    assert.deepEqual(
        (await page.locator('.languages li').allTextContents()).map(plain),
        said.languages.map(({ in_words: words }) => words),
    );
    assert.deepEqual(
        await page.$$eval('.warnings li', (found) => found.map((item) => item.firstChild?.textContent)),
        said.warnings.map(({ text }) => text),
    );
    assert.equal(await page.locator('.pairs tbody tr').count(), said.comparisons.length);
}

/* What the page says of every step and backend, against what the program says. */
export async function sameFigures(page, said) {
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

export async function everyChartIsDrawn(page) {
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
