/* Judges one step against limits, by the same rules as harness/analysis/verdict.c, line for line: a test holds the two
 * to the same verdicts (harness/tests/page/agrees.mjs). Change one, change the other. */
import { percentileName } from './limits.js';
import { loadOnHost } from './on_host.js';

const BUSY_MOST = 0.9;
const STARVED_MOST = 0.1;
const OPENING_SHARE = 0.01;
const FOREIGN_MOST = 0.15;
const FOREIGN_SHARE = 0.2;
const FOREIGN_DELAY = 0.1;
const LATENCY_ASSUMED_NS = 50e6;
const QUEUE_SHARE = 0.01;
const QUEUE_LEAST = 20;
const SAMPLES_ABOVE = 10;
const GROWTH_LEAST = 16 * 1048576;
const GROWTH_SHARE = 0.25;
const HORIZON = 5;
const CHANCE = 1.5;
const SAMPLES_LEAST = 12;

const FAILED_BY_CRASH = ['reset', 'connect', 'unanswered', 'unsent'];

/* --- the limits, over the whole step or a window ---------------------------------------------------------------- */

function failedShare(tally) {
    return tally.offered === 0 ? 0 : tally.failed / tally.offered;
}

function goodShare(tally) {
    return tally.offered === 0 ? 1 : tally.good / tally.offered;
}

function latencyBroken(quantile_ns, limits) {
    return limits.latency_ns > 0 && quantile_ns > limits.latency_ns;
}

function errorsBroken(tally, limits) {
    return limits.error_share > 0 && failedShare(tally) > limits.error_share;
}

function throughputBroken(tally, limits) {
    return limits.throughput_share > 0 && goodShare(tally) < limits.throughput_share;
}

/* A window's requests without those that a later crash caught under way. */
function tallyWithoutCrash(step, window) {
    const { windows, load, died_at_ns } = step;
    let good = windows.good[window];
    let failed = 0;
    let underWay = windows.in_flight[window];
    const spared = died_at_ns !== null && (window + 1) * load.window_ns <= died_at_ns;
    for (const counts of Object.values(windows.failures)) {
        failed += counts[window];
    }
    for (const kind of spared ? FAILED_BY_CRASH : []) {
        const caught = Math.min(windows.failures[kind]?.[window] ?? 0, underWay);
        failed -= caught;
        good += caught;
        underWay -= caught;
    }
    return { offered: windows.offered[window], good, failed };
}

function windowBroken(step, window, limits, limit) {
    switch (limit) {
        case 'latency':
            return latencyBroken(step.windows.quantiles[percentileName(limits.percentile)][window], limits);
        case 'errors':
            return errorsBroken(tallyWithoutCrash(step, window), limits);
        default:
            return throughputBroken(tallyWithoutCrash(step, window), limits);
    }
}

/* Whether a window alone says enough. */
function enoughSamples(step, window, limits, limit) {
    const tally = tallyWithoutCrash(step, window);
    switch (limit) {
        case 'latency':
            return tally.offered * (1 - limits.percentile) > SAMPLES_ABOVE - 1e-6;
        case 'errors':
            return tally.failed >= SAMPLES_ABOVE;
        default:
            return tally.offered - tally.good >= SAMPLES_ABOVE;
    }
}

/* The end of the first window in which `limit` was violated, and not by a blip in a window of few requests. */
function firstViolation(step, limits, limit) {
    const count = step.windows.offered.length;
    const broken = Array.from({ length: count }, (_, window) => windowBroken(step, window, limits, limit));
    const sure = broken.findIndex(
        (is, window) => is && window + 1 < count && (broken[window + 1] || enoughSamples(step, window, limits, limit)),
    );
    const first = broken.indexOf(true);
    const window = sure >= 0 ? sure : first >= 0 ? first : Math.max(count - 1, 0);
    return (window + 1) * step.load.window_ns;
}

function add(breaches, limit, at_ns, observed, allowed, of = 'all') {
    let place = breaches.length;
    while (place > 0 && breaches[place - 1].at_ns > at_ns) {
        place--;
    }
    breaches.splice(place, 0, { limit, at_ns, observed, allowed, of });
}

function judgeRequests(step, limits, breaches) {
    const quantile = step.response.quantiles[percentileName(limits.percentile)];
    if (latencyBroken(quantile, limits)) {
        add(breaches, 'latency', firstViolation(step, limits, 'latency'), quantile, limits.latency_ns);
    }
    if (errorsBroken(step.tally, limits)) {
        add(breaches, 'errors', firstViolation(step, limits, 'errors'), failedShare(step.tally), limits.error_share);
    }
    if (throughputBroken(step.tally, limits)) {
        add(
            breaches,
            'throughput',
            firstViolation(step, limits, 'throughput'),
            goodShare(step.tally),
            limits.throughput_share,
        );
    }
}

/* What is to be served and what is to be refused by themselves: mirrors the rule of harness/analysis/kinds.h. */
function slow(group, limits) {
    return (
        group.total * (1 - limits.percentile) > SAMPLES_ABOVE - 1e-6 &&
        latencyBroken(group.quantiles[percentileName(limits.percentile)], limits)
    );
}

function fails(group, limits) {
    return limits.error_share > 0 && Math.sqrt(group.failed) - Math.sqrt(group.offered * limits.error_share) > CHANCE;
}

function judgeApart(step, limits, breaches) {
    const { apart, load, windows } = step;
    if (step.died_at_ns !== null || apart === null) {
        return;
    }
    const has = (limit) => breaches.some((breach) => breach.limit === limit);
    const end = windows.offered.length * load.window_ns;
    if (slow(apart.expected_success, limits) && !has('latency')) {
        add(
            breaches,
            'latency',
            end,
            apart.expected_success.quantiles[percentileName(limits.percentile)],
            limits.latency_ns,
            'expected_success',
        );
    }
    for (const of of ['expected_success', 'expected_error']) {
        if (fails(apart[of], limits) && !has('errors')) {
            add(breaches, 'errors', end, failedShare(apart[of]), limits.error_share, of);
        }
    }
}

/* Nothing was due, and requests of the settle time were still not answered at the end. */
function judgeSilence(step, limits, breaches) {
    const { load } = step;
    if (limits.latency_ns > 0 && load.measured_ns > limits.latency_ns) {
        add(breaches, 'latency', load.window_ns, load.measured_ns, limits.latency_ns);
    }
    if (limits.error_share > 0) {
        add(breaches, 'errors', load.window_ns, 1, limits.error_share);
    }
    if (limits.throughput_share > 0) {
        add(breaches, 'throughput', load.window_ns, 0, limits.throughput_share);
    }
}

/* --- memory ----------------------------------------------------------------------------------------------------- */

/* The share of the sum of resident sizes that is not counted twice. */
export function realShare(memory) {
    return memory.pss_bytes > 0 && memory.rss_bytes > 0 ? Math.min(1, memory.pss_bytes / memory.rss_bytes) : 1;
}

/* Growth that does not level off: mirrors harness/analysis/held_memory.c. `held` are [moment, bytes]. */
function growthOf(held, limit, measured_ns) {
    const count = held.length;
    const seconds = measured_ns / 1e9;
    if (limit === 0 || count < SAMPLES_LEAST) {
        return null;
    }
    const means = [0, 1, 2, 3].map((i) =>
        mean(held.slice(Math.floor((count * i) / 4), Math.floor((count * (i + 1)) / 4)).map(([, bytes]) => bytes)),
    );
    const allowed = Math.max(GROWTH_LEAST, GROWTH_SHARE * means[0]);
    const meanRise = (means[3] - means[0]) / 3;
    const levelsOff = [1, 2, 3].some((i) => means[i] - means[i - 1] < meanRise / 2);
    const rate = ((means[3] - means[2]) * 4) / seconds;
    const allowedRate = (limit - means[3]) / (HORIZON * seconds);
    if (means[3] - means[0] < allowed || levelsOff || rate <= allowedRate) {
        return null;
    }
    const at = held.find(([, bytes]) => bytes >= means[0] + allowed) ?? held[count - 1];
    return { at_ns: at[0], rate, allowedRate };
}

function judgeMemory(step, limits, breaches) {
    const at = step.samples.at_ns.abs;
    const rss = step.samples.rss_bytes.abs;
    const real = realShare(step.memory);
    let highest = 0;
    let first = null;
    const held = [];
    for (let i = 0; i < at.length; i++) {
        if (at[i] < 0 || at[i] > step.load.measured_ns) {
            continue;
        }
        const memory = rss[i] * real;
        held.push([at[i], memory]);
        highest = Math.max(highest, memory);
        if (memory > limits.memory_bytes && first === null) {
            first = at[i];
        }
    }
    if (limits.memory_bytes > 0 && first !== null) {
        add(breaches, 'memory', first, highest, limits.memory_bytes);
        return;
    }
    const growth = growthOf(held, limits.memory_bytes, step.load.measured_ns);
    if (growth !== null) {
        add(breaches, 'growth', growth.at_ns, growth.rate, growth.allowedRate);
    }
}

/* --- a growing queue -------------------------------------------------------------------------------------------- */

function mean(values) {
    return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}

/* Mann and Kendall's test for a trend. */
function trend(values) {
    const n = values.length;
    let score = 0;
    for (let i = 0; i < n; i++) {
        for (let j = i + 1; j < n; j++) {
            score += Math.sign(values[j] - values[i]);
        }
    }
    const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
    return deviation > 0 ? score / deviation : 0;
}

function judgeQueue(step, breaches) {
    const inFlight = step.windows.in_flight;
    const quarter = Math.floor(inFlight.length / 4);
    if (quarter === 0) {
        return;
    }
    const atFirst = mean(inFlight.slice(0, quarter));
    const atLast = mean(inFlight.slice(inFlight.length - quarter));
    const allowed = Math.max(QUEUE_LEAST, Math.sqrt(2 * step.tally.offered), QUEUE_SHARE * step.tally.offered);
    if (atLast - atFirst > allowed && trend(inFlight) > 3) {
        let window = 0;
        while (window + 1 < inFlight.length && inFlight[window] < atFirst + allowed) {
            window++;
        }
        add(breaches, 'queue', (window + 1) * step.load.window_ns, atLast, 0);
    }
}

/* --- validity --------------------------------------------------------------------------------------------------- */

function littleViolated(step) {
    const { load, tally, service, windows } = step;
    const count = windows.in_flight.length;
    if (count === 0 || tally.completed < tally.sent || tally.sent === 0) {
        return false;
    }
    const meanService = service.total === 0 ? 0 : service.sum / service.total;
    const byRate = (tally.completed / load.measured_ns) * meanService;
    const atEnds = 2 * windows.in_flight[count - 1] + 2;
    const slack = (atEnds * service.max) / load.measured_ns;
    return Math.abs(byRate - load.mean_in_flight) > 0.1 * Math.max(byRate, load.mean_in_flight) + slack;
}

function unsentThoughFree({ load, tally }) {
    const busy = Math.max(load.mean_in_flight, tally.failures.unanswered);
    return tally.sent < 0.98 * tally.offered && busy < 0.9 * load.connections && tally.failures.connect === 0;
}

function stillOpening({ load, tally, connections, died_at_ns: died }) {
    return (
        connections > 0 &&
        died === null &&
        load.connections_missing > Math.max(1, OPENING_SHARE * connections) &&
        tally.failures.connect === 0
    );
}

function disturbed(step, coresShared) {
    const { load } = step;
    const host = loadOnHost(step, 1);
    const generator = coresShared && load.measured_ns > 0 ? (load.cpu_ns + load.spin_ns) / load.measured_ns : 0;
    const foreign = host.foreign_cores - generator;
    return (
        foreign > FOREIGN_MOST && foreign > FOREIGN_SHARE * host.service_cores && host.run_delay_share > FOREIGN_DELAY
    );
}

/* In the order of enum invalidity. */
function judgeValidity(step, limits, coresShared, breaches) {
    const { load, tally } = step;
    const latency = limits.latency_ns > 0 ? limits.latency_ns : LATENCY_ASSUMED_NS;
    const broke = breaches.length > 0;
    const found = {
        send_lag: step.release_lag_p99_ns > latency / 10,
        generator_busy: load.busiest_thread > BUSY_MOST && broke,
        starved: load.starved_thread > STARVED_MOST && broke,
        opening: stillOpening(step),
        unsent: step.died_at_ns === null && unsentThoughFree(step),
        little: !broke && littleViolated(step),
        foreign: broke && disturbed(step, coresShared),
        no_requests: tally.offered === 0 && !broke,
    };
    return Object.keys(found).filter((name) => found[name]);
}

/* {verdict: "pass" | "break" | "invalid", breaches: [{limit, at_ns, observed, allowed, of}] in order of time, invalid: […]} */
export function judge(step, limits, coresShared) {
    const breaches = [];
    const inFlight = step.windows.in_flight;
    if (step.died_at_ns !== null) {
        add(breaches, 'crash', step.died_at_ns, 0, 0);
    }
    if (step.tally.offered > 0) {
        judgeRequests(step, limits, breaches);
        judgeApart(step, limits, breaches);
    } else if (inFlight.length > 0 && inFlight[inFlight.length - 1] > 0) {
        judgeSilence(step, limits, breaches);
    }
    judgeMemory(step, limits, breaches);
    judgeQueue(step, breaches);
    const invalid = judgeValidity(step, limits, coresShared, breaches);
    const verdict = invalid.length > 0 && step.died_at_ns === null ? 'invalid' : breaches.length > 0 ? 'break' : 'pass';
    return { verdict, breaches, invalid };
}
