// @ts-check
/* The page in a real browser: browser.mjs TWOFOLD WEB-FOLDER TOOLS-FOLDER CHROMIUM FOLDER RUN…
 *
 * Charts are drawn, figures are those of `--format json`, limits that are moved judge as the program does, nothing is
 * complained about, nothing is fetched, and what a run log says stays text. Screenshots stay in FOLDER. */
import { availableParallelism } from 'node:os';
import './charts.mjs';
import './limits_moved.mjs';
import './picture.mjs';
import './reading.mjs';
import { browser, tests } from './reports.mjs';

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
