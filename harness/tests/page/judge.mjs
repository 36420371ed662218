// @ts-check
/* The page's judge says what the program says, byte for byte: judge.mjs TWOFOLD PAGE-WASM RANDOM-RUN FOLDER RUN…
 *
 * Each run, and 60 random ones (TWOFOLD_RUNS), is judged under random limits by `twofold report --limit … --format
 * html`, whose data is in the page it makes, and by the WebAssembly module: once from the run log itself, once from the
 * log that the page holds. The page of the run's own limits must hold what it takes to judge it by every limit of the
 * response time that the page offers. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { loadJudge } from '../../web/src/judge/module.js';
import { LATENCIES_NS } from '../../web/src/limits.js';

const RANDOM_RUNS = Number(process.env.TWOFOLD_RUNS ?? 60);
/* What a page may come to, of a run in one trial and of one in six. */
const LARGEST = { 'catalog-epyc-2cores-quiet.jsonl.gz': 940e3, 'catalog-epyc-2cores.jsonl.gz': 4.1e6 };

const [twofold, wasm, randomRun, folder, ...files] = process.argv.slice(2);
/** @param {string} file */
const bytesOf = (file) => new Uint8Array(readFileSync(file));

const judge = await loadJudge(bytesOf(wasm));
const execute = promisify(execFile);

/* The same seed, the same limits: xorshift. */
let state = 20260101;
function random() {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
}

/** @param {string[]} list */
const pick = (list) => list[Math.floor(random() * list.length)];
/** @param {number} least @param {number} most */
const scattered = (least, most) => least * (most / least) ** random();

function someLimits() {
    /** @param {string} words */
    const orNone = (words) => (random() < 0.15 ? 'none' : words);
    const percentile = pick(['p50', 'p90', 'p95', 'p99', 'p999']);
    return [
        `${percentile}=${Math.round(scattered(2e5, 2e9))}ns`,
        ...(random() < 0.15 ? [`${percentile}=none`] : []),
        `errors=${orNone(`${scattered(1e-3, 100).toPrecision(6)}%`)}`,
        `throughput=${orNone(`${(100 - scattered(1e-2, 90)).toPrecision(6)}%`)}`,
        `memory=${orNone(`${Math.round(scattered(4e6, 2e9))}B`)}`,
    ];
}

/* {data, log} of the only run in the page. */
/** @param {string} html */
function unpacked(html) {
    /** @param {RegExp} place */
    const packed = (place) => {
        const found = place.exec(html);
        assert.ok(found !== null, `${place} is not in the page`);
        return new Uint8Array(gunzipSync(new Uint8Array(Buffer.from(found[1], 'base64'))));
    };
    const data = new TextDecoder().decode(packed(/id="twofold-data"[^>]*>([^<]*)/));
    const [, run] = /^\{"format":2,"runs":\[(.*)\]\}$/s.exec(data) ?? assert.fail('the data is of another format');
    return { data: run, log: packed(/class="twofold-log">([^<]*)/) };
}

/* Strings of megabytes that differ are told by the first place that does. */
/** @param {string} what @param {string} page @param {string} program */
function same(what, page, program) {
    if (page !== program) {
        let at = 0;
        while (page[at] === program[at]) {
            at++;
        }
        const around = (/** @type {string} */ text) => text.slice(Math.max(0, at - 200), at + 100);
        assert.fail(`${what}: at byte ${at}\n  the page:    ${around(page)}\n  the program: ${around(program)}`);
    }
}

/* Under a limit that the page offers, by the log in the page of the run's own limits. */
/** @param {string} file @param {string[]} limits */
function moved(file, limits) {
    const name = basename(file);
    const offered = LATENCIES_NS[Math.floor(random() * LATENCIES_NS.length)];
    const changes = [limits[0].replace(/\d+(?=ns)/, String(offered)), ...limits.slice(1)];

    judge.read(name, bytesOf(file));
    const [expected, own] = [judge.judge(changes), judge.log([])];
    judge.read(name, new TextEncoder().encode(own));
    same(`${name} under ${changes.join(' ')}, from the log of its own limits`, judge.judge(changes), expected);
}

/** @param {string} file @param {string[]} limits */
async function holds(file, limits) {
    const options = limits.flatMap((limit) => ['--limit', limit]);
    const { stdout } = await execute(twofold, ['report', file, '--format', 'html', ...options], { maxBuffer: 1 << 30 });
    const { data, log } = unpacked(stdout);
    const name = basename(file);
    const what = `${name} under ${limits.join(' ')}`;

    judge.read(name, bytesOf(file));
    same(`${what}, from its log`, judge.judge(limits), data);
    same(`${name}, the log that the page holds`, judge.log(limits), new TextDecoder().decode(log));
    judge.read(name, log);
    same(`${what}, from the log that the page holds`, judge.judge(limits), data);
    if (random() < 0.25) {
        moved(file, limits);
    }
    const largest = /** @type {Record<string, number>} */ (LARGEST)[name] ?? Infinity;
    assert.ok(stdout.length <= largest, `${name}: its page has ${stdout.length} bytes, at most ${largest}`);
}

const tasks = files.map((file) => ({ file, limits: someLimits(), seed: 0 }));
for (let seed = 1; seed <= RANDOM_RUNS; seed++) {
    tasks.push({ file: join(folder, `seed-${seed}.jsonl`), limits: someLimits(), seed });
}

let failed = 0;
async function work() {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        try {
            if (task.seed > 0) {
                await execute(randomRun, [String(task.seed), task.file]);
            }
            await holds(task.file, task.limits);
        } catch (problem) {
            failed++;
            console.error(`FAIL ${problem instanceof Error ? problem.message : problem}`);
        }
        if (task.seed > 0) {
            rmSync(task.file, { force: true });
        }
    }
}
const count = tasks.length;
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));

/* What is no run log is refused in words that name it, and leaves the module as it was. */
const before = judge.judge([]);
for (const wrong of ['', 'not JSON\n', '{"record":"run","schema":99}\n', '{"record":"step"}\n']) {
    assert.throws(() => judge.read('wrong.jsonl', new TextEncoder().encode(wrong)), /wrong\.jsonl/);
}
assert.throws(() => judge.judge(['p99=fast']), /p99/);
assert.equal(judge.judge([]), before);

console.log(`${count - failed} of ${count} runs are judged in the page as by the program`);
process.exit(failed > 0 ? 1 : 0);
