/* The page judges as the program does: agrees.mjs TWOFOLD WEB-FOLDER RUN…
 *
 * Each run is judged under many limits twice: by `twofold report --limit … --format json`, and by the page's own rules out
 * of the data inside `--format html`. Whatever a verdict consists of must be the same. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { distrusted, takenPart } from './distrusted.mjs';

const [twofold, web, ...files] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(resolve(web), 'src', name)));
const { decode } = await load('data.js');
const { find } = await load('findings.js');
const { limitsOf, assignments } = await load('rules/limits.js');

/* One of them once more, with a service whose answers do not add up. */
const log = readFileSync(files[0], 'utf8');
const wrong = `${files[0]}.distrusted`;
writeFileSync(wrong, distrusted(log, takenPart(log)[0]));
const runs = [...files, wrong];

function report(run, ...options) {
    return execFileSync(twofold, ['report', run, ...options], { maxBuffer: 1 << 30, encoding: 'utf8' });
}

function dataOf(run) {
    const folder = mkdtempSync(join(tmpdir(), 'twofold-page-'));
    const file = join(folder, 'page.html');
    report(run, '--format', 'html', '--out', file);
    const html = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    return /<script type="application\/json" id="twofold-data"[^>]*>(.*?)<\/script>/s.exec(html)[1];
}

/* The same seed, the same limits: xorshift. */
let state = 20260101;
function random() {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
}

const pick = (list) => list[Math.floor(random() * list.length)];
const scattered = (least, most) => least * (most / least) ** random();

function someLimits() {
    const none = () => random() < 0.15;
    return {
        percentile: pick([0.5, 0.9, 0.95, 0.99, 0.999]),
        latency_ns: none() ? 0 : Math.round(scattered(2e5, 2e9)),
        error_share: none() ? 0 : Number(scattered(1e-5, 1).toPrecision(6)),
        throughput_share: none() ? 0 : Number((1 - scattered(1e-4, 0.9)).toPrecision(6)),
        memory_bytes: none() ? 0 : Math.round(scattered(4e6, 2e9)),
    };
}

const near = (a, b) =>
    a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-8 * Math.max(Math.abs(a), Math.abs(b)));
const failures = [];

function same(what, program, page) {
    const agree = typeof program === 'number' ? near(program, page) : program === page;
    if (!agree) {
        failures.push(`${what}: the program says ${program}, the page ${page}`);
    }
}

function sameBreaks(what, program, page) {
    const said = program.map((breach) => breach.limit).join(' ');
    same(`${what}: limits broken`, said, page.map((breach) => breach.limit).join(' '));
    program.forEach((breach, i) => {
        if (page[i]?.limit === breach.limit) {
            same(`${what}: ${breach.limit}: at_ms`, breach.at_ms, page[i].at_ns / 1e6);
            same(`${what}: ${breach.limit}: observed`, breach.observed ?? 0, page[i].observed);
            same(`${what}: ${breach.limit}: allowed`, breach.allowed ?? 0, page[i].allowed);
            same(`${what}: ${breach.limit}: of`, breach.of, page[i].of);
        }
    });
}

const seen = new Set();

function sameScores(what, program, page) {
    for (const [limit, level] of Object.entries(program.capacity_levels_by_p99)) {
        same(`${what}: under ${limit}`, level, page.capacities[limit]);
    }
    const figures = [
        ['critical_capacity_level', page.criticalCapacity],
        ['doublings', page.doublings],
        ['cpu_ns_per_request', page.cpuPerRequest],
        ['good_rps_per_core', page.goodPerCore],
        ['good_rps_per_100mb', page.goodPer100MB],
        ['memory_bytes_per_connection', page.memoryPerConnection],
    ];
    for (const [name, figure] of figures) {
        same(`${what}: ${name}`, program[name], figure);
        seen.add(figure === null ? `no ${name}` : name);
    }
}

function sameSoak(what, program, page) {
    same(`${what}: trial`, program?.trial, page?.step.trial);
    if (program === null || page === null) {
        return;
    }
    seen.add(`soak: ${program.verdict}`).add(
        program.memory_limit_after_s === null ? 'soak: no limit ahead' : 'soak: a limit ahead',
    );
    same(`${what}: verdict`, program.verdict, page.verdict);
    sameBreaks(what, program.breaks, page.breaches);
    same(`${what}: level`, program.level, page.step.level);
    same(`${what}: memory_start_bytes`, program.memory_start_bytes, page.step.rise.start_bytes);
    same(`${what}: memory_limit_after_s`, program.memory_limit_after_s ?? 0, page.limitAfter_s);
}

function sameRecovery(what, program, page) {
    same(`${what}: measured`, program !== null, page !== null);
    if (program === null || page === null) {
        return;
    }
    seen.add(program.died ? 'recovery: died' : program.recovered ? 'recovery: well again' : 'recovery: not well');
    same(`${what}: died`, program.died, page.died);
    same(`${what}: recovered`, program.recovered, page.recovered);
    same(`${what}: after_ms`, program.after_ms, page.recovered ? page.after_ns / 1e6 : null);
    same(`${what}: within_ms`, program.within_ms, page.within_ns / 1e6);
    const sizes = {
        idle_bytes: 'idle_bytes',
        first_step_bytes: 'first_bytes',
        highest_bytes: 'highest_bytes',
        held_bytes: 'held_bytes',
    };
    for (const [key, name] of Object.entries(sizes)) {
        same(`${what}: ${key}`, program[key] ?? 0, page[name]);
    }
}

function compare(where, program, found) {
    same(`${where}: common_level`, program.common_level, found.common);
    same(
        `${where}: order of backends`,
        program.backends.map(({ name }) => name).join(),
        found.backends.map(({ name }) => name).join(),
    );
    for (const backend of program.backends) {
        const page = found.backends.find(({ name }) => name === backend.name);
        const what = `${where}: ${backend.name}`;
        const judged = page.lastGood !== null || page.firstBreak !== null;
        same(`${what}: capacity_level`, backend.capacity_level, page.lastGood?.level ?? null);
        same(`${what}: capacity_rps`, backend.capacity_rps, page.lastGood?.rps ?? null);
        same(`${what}: breaks_at_level`, backend.breaks_at_level, page.breaksAt);
        same(`${what}: capacity_least_level`, backend.capacity_least_level, judged ? page.holdsLeast : null);
        same(`${what}: capacity_most_level`, backend.capacity_most_level, judged ? page.holdsMost : null);
        const sure = page.lastGood !== null && page.confidence > 0;
        same(`${what}: capacity_low_level`, backend.capacity_low_level, sure ? page.capacityLow : null);
        same(`${what}: capacity_high_level`, backend.capacity_high_level, sure ? page.capacityHigh : null);
        same(`${what}: capacity_confidence`, backend.capacity_confidence, page.confidence);
        same(`${what}: not_monotone`, backend.not_monotone, page.notMonotone);
        same(`${what}: all_invalid`, backend.all_invalid, page.allInvalid);
        same(`${what}: trials`, backend.trials, page.trials);
        sameBreaks(`${what}: at its break`, backend.breaks, page.firstBreak?.breaches ?? []);
        sameScores(what, backend.scores, found.scores(page));
        sameSoak(`${what}: soak`, backend.soak, page.soak);
        if (backend.distrusted === null) {
            sameRecovery(`${what}: recovery`, backend.recovery, page.recovery);
        }
        backend.steps.forEach((step, i) => {
            const at = `${what}: trial ${step.trial}, ${step.level}`;
            same(`${at}: verdict`, step.verdict, page.steps[i].verdict);
            same(`${at}: invalid because`, step.invalid_because.join(' '), page.steps[i].invalid.join(' '));
            sameBreaks(at, step.breaks, page.steps[i].breaches);
        });
    }
}

const TIMES = 6; /* limits for each run */
let verdicts = 0;
for (const file of runs) {
    const [run] = decode(dataOf(file));
    const own = limitsOf(run.report.limits);
    const all = [own, ...Array.from({ length: TIMES }, someLimits)];
    for (const limits of all) {
        const changes = assignments(limits, own);
        const program = JSON.parse(
            report(file, '--format', 'json', ...changes.flatMap((change) => ['--limit', change])),
        );
        const found = find(run, limitsOf(program.limits));
        compare(`${file} ${changes.join(' ')}`, program, found);
        if (program.backends.some(({ distrusted }) => distrusted !== null)) {
            seen.add('distrusted');
        }
        for (const step of program.backends.flatMap((backend) => backend.steps)) {
            verdicts++;
            seen.add(step.verdict);
            step.breaks.forEach(({ limit, of }) => seen.add(limit).add(`${limit} of ${of}`));
            step.invalid_because.forEach((why) => seen.add(why));
        }
    }
}

console.log(`${verdicts} verdicts of ${runs.length} runs; seen: ${[...seen].sort().join(', ')}`);
const unseen = [
    'pass',
    'break',
    'invalid',
    'latency',
    'errors',
    'throughput',
    'memory',
    'queue',
    'crash',
    'send_lag',
    'little',
    'foreign',
    'critical_capacity_level',
    'no critical_capacity_level',
    'cpu_ns_per_request',
    'no cpu_ns_per_request',
    'distrusted',
    'latency of expected_success',
    'errors of expected_error',
    'soak: pass',
    'soak: break',
    'soak: invalid',
    'soak: a limit ahead',
    'recovery: well again',
    'recovery: not well',
    'recovery: died',
].filter((kind) => !seen.has(kind));
if (unseen.length > 0) {
    failures.push(`the runs do not put it to the test: ${unseen.join(', ')}`);
}
for (const failure of failures.slice(0, 20)) {
    console.error(failure);
}
if (failures.length > 0) {
    console.error(`${failures.length} differences`);
    process.exit(1);
}
