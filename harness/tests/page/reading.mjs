// @ts-check
/* Tests of those who read it: by mouse, keyboard, phone or on paper, without scripts, and of a stranger’s run log. */
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sameFigures } from './agreement.mjs';
import { fits, overflowing } from './chromium.mjs';
import { hostile } from './hostile.mjs';
import {
    accessible,
    all,
    browser,
    DESKTOP,
    first,
    folder,
    json,
    makePage,
    numbersOf,
    open,
    PHONE,
    plain,
    runs,
    test,
} from './reports.mjs';
import { wide } from './wide.mjs';

/* What the largest run's page may come to when it opens: about a quarter more than it does. Time is not asserted. */
const HEAVIEST = { bytesAStep: 10000, elements: 3400, marks: 1400 };
/* A4 between its margins, at 96 dots an inch. */
const PAPER = { width: 718, height: 1000 };

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
    await page.setViewportSize(PAPER);
    assert.deepEqual(await overflowing(page), [], 'words are torn, or do not fit their cells');
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
