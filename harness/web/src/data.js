/* The data that the program put into the page (harness/report/html.h), decoded into plain objects. Numbers and strings
 * only: nothing here knows of limits in force or of the screen. */

/* Base64 of pairs of LEB128 numbers into [[bucket, count], …]. */
export function decodeCounts(base64) {
    const bytes = atob(base64);
    const pairs = [];
    let at = 0;
    let bucket = 0;
    const number = () => {
        let value = 0;
        let factor = 1;
        for (;;) {
            const byte = bytes.charCodeAt(at++);
            value += (byte & 0x7f) * factor;
            if (byte < 0x80) {
                return value;
            }
            factor *= 128;
        }
    };
    while (at < bytes.length) {
        bucket += number();
        pairs.push([bucket, number()]);
    }
    return pairs;
}

const HALF_BITS = 7; /* of a histogram of two digits */

/* The highest value that is counted in a bucket. */
export function bucketEnd(bucket) {
    const octave = bucket >> HALF_BITS;
    const sub = bucket & ((1 << HALF_BITS) - 1);
    return octave === 0 ? sub : (sub + 2 ** HALF_BITS + 1) * 2 ** (octave - 1) - 1;
}

/* Differences into values: `abs` as they were, `rel` from the first one on, which stays exact where a counter is huge. */
function decodeColumn(differences) {
    const rel = new Array(differences.length);
    for (let i = 0, sum = 0; i < differences.length; i++) {
        sum += i > 0 ? differences[i] : 0;
        rel[i] = sum;
    }
    return { rel, abs: rel.map((value) => value + differences[0]) };
}

function decodeColumns(columns) {
    return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, decodeColumn(column)]));
}

function lazily(object, name, make) {
    let made;
    Object.defineProperty(object, name, { enumerable: true, get: () => (made ??= make()) });
}

/* What a step and a soak have. */
function decodeRecord(raw) {
    const record = {
        load: raw.load,
        connections: raw.connections,
        memory: raw.memory,
        died_at_ns: raw.died_at_ns,
        release_lag_p99_ns: raw.release_lag_p99_ns,
        response: raw.response,
        intervals: raw.intervals,
        service: raw.service,
        windows: raw.windows,
        apart: raw.apart,
    };
    lazily(record, 'samples', () => decodeColumns(raw.samples));
    lazily(record, 'dependencies', () =>
        raw.dependencies.map(({ name, shared, samples }) => ({ name, shared, samples: decodeColumns(samples) })),
    );
    return record;
}

function decodeStep(reported, raw, order) {
    const failures = reported.failures;
    return Object.assign(decodeRecord(raw), {
        order,
        trial: reported.trial,
        index: reported.step,
        level: reported.level,
        rps: reported.load_rps,
        reported,
        requests: reported.requests,
        tally: {
            offered: reported.offered,
            sent: reported.sent,
            completed: reported.completed,
            good: reported.good,
            failures,
            failed: Object.values(failures).reduce((sum, count) => sum + count, 0),
        },
    });
}

/* A step that none of the ladder's or the search's is, and the program's words for its memory. */
function decodeSoak(raw) {
    const { trial, level, offered, sent, completed, good, failures, death, memory } = raw;
    const reported = {
        trial,
        step: null,
        level,
        load_rps: null,
        requests: null,
        offered,
        sent,
        completed,
        good,
        failures,
        death,
    };
    return Object.assign(decodeStep(reported, raw.record, null), { rise: memory });
}

function scenarioOf(text) {
    try {
        return JSON.parse(text);
    } catch {
        return {};
    }
}

function decodeRun({ file, report, scenario_text, raw }) {
    return {
        file,
        report,
        scenarioText: scenario_text,
        scenario: scenarioOf(scenario_text),
        coreCount: report.cores.service_count,
        coresShared: report.cores.shared,
        backends: report.backends.map((reported, i) => ({
            name: reported.name,
            reported,
            steps: reported.steps.map((step, k) => decodeStep(step, raw[i].steps[k], k)),
            idle: raw[i].idle,
            recoveries: raw[i].recoveries,
            soaks: raw[i].soaks.map(decodeSoak),
            forecasts: raw[i].forecasts,
        })),
    };
}

export function decode(text) {
    return JSON.parse(text).runs.map(decodeRun);
}
