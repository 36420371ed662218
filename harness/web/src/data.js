// @ts-check
/* The runs that the program put into the page (harness/report/html.h), as plain objects: what was found of each, and
 * out of its run log what is drawn. Nothing here knows of limits or of the screen. */
import { decodeCounts, quantileOf } from './histogram.js';
import { limitsOf, PERCENTILES } from './limits.js';

/** @param {any} object @param {string} name @param {() => any} make */
function lazily(object, name, make) {
    /** @type {any} */
    let made;
    Object.defineProperty(object, name, { enumerable: true, get: () => (made ??= make()) });
}

function quantilesOf(histogram) {
    const counts = decodeCounts(histogram.counts);
    const names = Object.entries(PERCENTILES);
    return Object.fromEntries(
        names.map(([name, share]) => [name, histogram.total > 0 ? quantileOf(counts, histogram, share) : 0]),
    );
}

function decodeHistogram(histogram) {
    const decoded = { total: histogram.total, max: histogram.max, sum: histogram.sum };
    lazily(decoded, 'quantiles', () => quantilesOf(histogram));
    lazily(decoded, 'counts', () => decodeCounts(histogram.counts));
    return decoded;
}

/* A column of numbers over the twentieths of a step. */
function decodeIntervals(intervals) {
    const quantiles = intervals.map(({ response }) => quantilesOf(response));
    const column = (of) => intervals.map(of);
    return {
        offered: column(({ tally }) => tally.offered),
        good: column(({ tally }) => tally.good),
        in_flight: column(({ in_flight }) => in_flight),
        max: column(({ response }) => (response.total > 0 ? response.max : 0)),
        quantiles: Object.fromEntries(
            Object.keys(PERCENTILES).map((name) => [name, quantiles.map((each) => each[name])]),
        ),
    };
}

/* Moments count from the start of the measured part. */
function decodeSamples(samples, started_ns) {
    return { ...samples, at_ns: samples.at_ns.map((ns) => ns - started_ns) };
}

/* What a step, a recovery and a soak have. */
function decodeRecord({ record, backend, trial, index, level, phase, load, samples, dependencies }) {
    const decoded = { kind: record, backend, trial: trial + 1, index: index + 1, level, phase, load };
    lazily(decoded, 'response', () => decodeHistogram(load.response));
    lazily(decoded, 'service', () => decodeHistogram(load.service));
    lazily(decoded, 'intervals', () => decodeIntervals(load.windows));
    lazily(decoded, 'samples', () => decodeSamples(samples, load.started_ns));
    lazily(decoded, 'dependencies', () =>
        dependencies.map((each) => ({ name: each.name, samples: decodeSamples(each.samples, load.started_ns) })),
    );
    return decoded;
}

const byTrial = (a, b) => a.trial - b.trial || a.index - b.index;

/* The records of a run log that are drawn, by backend; steps by trial, then as they were run. */
function decodeLog(text) {
    const backends = new Map();
    const of = (name) => {
        if (!backends.has(name)) {
            backends.set(name, { steps: [], recoveries: [], soaks: [], forecasts: [] });
        }
        return backends.get(name);
    };
    for (const line of text.split('\n').filter(Boolean)) {
        const record = JSON.parse(line);
        switch (record.record) {
            case 'step':
                of(record.backend).steps.push(decodeRecord(record));
                break;
            case 'recovery':
                of(record.backend).recoveries.push(decodeRecord(record));
                break;
            case 'soak':
                of(record.backend).soaks.push(decodeRecord(record));
                break;
            case 'forecast':
                of(record.backend).forecasts.push({
                    trial: record.trial + 1,
                    step: record.index + 1,
                    ...record.expected,
                });
                break;
        }
    }
    for (const { steps } of backends.values()) {
        steps.sort(byTrial);
    }
    return of;
}

function scenarioOf(text) {
    try {
        return JSON.parse(text);
    } catch {
        return {};
    }
}

/**
 * `data` is an object of harness/report/page/page_data.h, `log` the run log as the page holds it: JSON Lines.
 * @param {any} data
 * @param {string} log
 */
export function decodeRun(data, log) {
    const { file, report, scenario_text } = data;
    return {
        file,
        data,
        own: limitsOf(report.limits),
        scenarioText: scenario_text,
        scenario: scenarioOf(scenario_text),
        coreCount: report.cores.service_count,
        recordsOf: decodeLog(log),
    };
}
