// @ts-check
/* Tests of limits that a reader moves: the page judges as the program does. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sameFigures, sameWords } from './agreement.mjs';
import { all, first, folder, json, makePage, open, plain, report, runs, test, web } from './reports.mjs';

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
    const file = join(web, '../tests/runs/catalog-epyc-2cores-quiet.jsonl.gz');
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

test('the report is copied as Markdown, under the limits in force', async () => {
    const file = join(web, '../tests/runs/catalog-epyc-2cores-quiet.jsonl.gz');
    const page = await open(await makePage('copied', file));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const changes of [[], ['--limit', 'p99=4ms']]) {
        if (changes.length > 0) {
            await page.getByLabel('at most', { exact: true }).fill('4ms');
            await page.keyboard.press('Enter');
            await page.waitForSelector('body:not([data-judging])');
        }
        await page.getByRole('button', { name: 'Copy as Markdown' }).click();
        await page.getByRole('button', { name: 'Copied' }).waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        const said = await report(file, '--format', 'markdown', ...changes);
        /* The program says which file it read. */
        assert.equal(copied.replaceAll('twofold report RUN', ''), said.replace(/\S*twofold report \S+/g, ''));
        await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
    }
    await page.finish();
});

test('where the browser forbids to copy, the Markdown is shown and selected, until a limit is moved', async () => {
    const page = await open(first);
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    const area = page.getByRole('textbox', { name: 'The browser does not let this page copy' });
    assert.equal(await area.isVisible(), false);
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await area.waitFor();
    const selected = await page.evaluate(() => {
        const { value, selectionStart, selectionEnd } = /** @type {any} */ (document.activeElement);
        return value.slice(selectionStart, selectionEnd);
    });
    const program = await report(runs[0], '--format', 'markdown');
    assert.ok(selected.includes('| service | capacity'), selected);
    assert.equal(selected.replaceAll('twofold report RUN', ''), program.replace(/\S*twofold report \S+/g, ''));
    await page.getByLabel('at most', { exact: true }).fill('3ms');
    await page.keyboard.press('Enter');
    await area.waitFor({ state: 'hidden' });
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
