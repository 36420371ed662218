// @ts-check
/* The picture in README.md: what the page of the run that README shows looks like now. Beside it, report.txt has the
 * words that are in it, so that a figure that changed is seen however small it is. TWOFOLD_UPDATE=1 makes both anew. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browser, first, makePage, open, test, web } from './reports.mjs';

const SHOWN = join(web, '../../results/shared/catalog-epyc-zen4-2cores.jsonl.gz');
const PICTURE = join(web, 'report.png');
const WORDS = join(web, 'report.txt');
const SIZE = { width: 1180, height: 1020 };
/* Of 255, on average; a page of another run is 15 away. */
const FURTHEST = 5;

/** The words that stand in the first screen, an element a line. */
const wordsIn = (page) =>
    page.evaluate(() =>
        [...document.querySelectorAll('h1, .about, .answer span, .headroom svg text, .glance th, .glance td')]
            .filter((each) => each.getBoundingClientRect().bottom <= innerHeight)
            .map((each) => (each.textContent ?? '').replace(/\s+/g, ' ').trim())
            .filter((each) => each !== '')
            .join('\n'),
    );

/** How far two pictures are from each other, reduced so that the edges of letters do not count. */
async function distance(one, other) {
    const page = await browser.newPage();
    const far = await page.evaluate(
        async (pictures) => {
            const [width, height] = [118, 102];
            const pixels = await Promise.all(
                pictures.map(async (picture) => {
                    const image = new Image();
                    image.src = `data:image/png;base64,${picture}`;
                    await image.decode();
                    const context = /** @type {any} */ (new OffscreenCanvas(width, height).getContext('2d'));
                    context.imageSmoothingQuality = 'high';
                    context.drawImage(image, 0, 0, width, height);
                    return context.getImageData(0, 0, width, height).data;
                }),
            );
            return pixels[0].reduce((sum, each, i) => sum + Math.abs(each - pixels[1][i]), 0) / (width * height * 3);
        },
        [one, other].map((picture) => picture.toString('base64')),
    );
    await page.close();
    return far;
}

test('the picture in README is the page of the run that README shows', async () => {
    const page = await open(await makePage('shown', SHOWN), { viewport: SIZE });
    const [picture, words] = [await page.screenshot(), `${await wordsIn(page)}\n`];
    await page.finish();
    if (process.env.TWOFOLD_UPDATE === '1') {
        writeFileSync(PICTURE, picture);
        writeFileSync(WORDS, words);
    }
    assert.ok(existsSync(WORDS), 'TWOFOLD_UPDATE=1 makes it');
    assert.equal(words, readFileSync(WORDS, 'utf8'), 'TWOFOLD_UPDATE=1 makes the picture and its words anew');
    const kept = readFileSync(PICTURE);
    const far = await distance(picture, kept);
    const other = await open(first, { viewport: SIZE });
    const further = await distance(await other.screenshot(), kept);
    await other.finish();
    console.log(`     the picture is ${far.toFixed(2)} from the page, ${further.toFixed(2)} from another run's`);
    assert.ok(far < FURTHEST, `the picture is ${far} from the page: TWOFOLD_UPDATE=1 makes it anew`);
    assert.ok(further > FURTHEST, `another run's page is ${further} from it, so that nothing is told apart`);
});
