// @ts-check
/* Tests of what is drawn: every chart of every run, its figures, and whether they fit. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyChartIsDrawn, sameFigures } from './agreement.mjs';
import { overflowing } from './chromium.mjs';
import { distrusted, takenPart } from './distrusted.mjs';
import {
    accessible,
    all,
    DESKTOP,
    first,
    folder,
    json,
    makePage,
    open,
    PHONE,
    plain,
    runs,
    test,
    words,
} from './reports.mjs';

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
