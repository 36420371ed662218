// @ts-check
/* What the program found of a run (harness/report/page/page_data.h), beside the records that it was found of. Judges
 * nothing. */
import { limitsOf } from './limits.js';

/* Of the trial that stands for the service, the last one recorded. */
const ofTrial = (records, trial) => records.filter((record) => record.trial === trial).pop() ?? null;

const nanoseconds = (ms) => Math.round(ms * 1e6);

function breachesOf(reported, words) {
    return reported.breaks.map(({ limit, at_ms, observed, allowed, of }, i) => ({
        limit,
        at_ns: nanoseconds(at_ms),
        observed,
        allowed,
        of,
        words: words[i],
        first: false,
    }));
}

/* A step of the report with its record: what is drawn of it comes from the record, what is said of it from the report.
 * */
function judgedOf(record, reported, shown, order) {
    const { offered, sent, completed, good, failures } = reported;
    const step = Object.assign(Object.create(record), {
        order,
        reported,
        requests: reported.requests,
        tally: { offered, sent, completed, good, failures },
        bounds: shown.intervals,
        memoryShare: shown.memory_share,
    });
    const breaches = breachesOf(reported, shown.breaks);
    breaches.slice(0, shown.first_breaks).forEach((each) => {
        each.first = true;
    });
    return {
        step,
        phase: reported.phase,
        attempt: reported.attempt,
        trial: record.trial,
        index: record.index,
        level: reported.level,
        verdict: reported.verdict,
        breaches,
        limits: breaches.map(({ limit }) => limit),
        firstLimits: /** @type {string[]} */ ([]),
        invalidWords: shown.invalid,
        disturbedWords: shown.disturbed,
        firstWrong: reported.first_wrong,
    };
}

function recoveryOf(reported, shown, records) {
    const record = ofTrial(records.recoveries, shown.standing_trial);
    if (reported.recovery === null || record === null || shown.recovery_gap_ns === null) {
        return null;
    }
    const { recovered, again, died, after_ms, within_ms, idle_bytes, first_step_bytes, highest_bytes, held_bytes } =
        reported.recovery;
    return {
        record,
        recovered,
        again,
        died,
        gap_ns: shown.recovery_gap_ns,
        after_ns: nanoseconds(after_ms),
        within_ns: nanoseconds(within_ms),
        idle_bytes,
        first_bytes: first_step_bytes,
        highest_bytes,
        held_bytes,
    };
}

function soakOf(reported, shown, records) {
    const record = shown.soak !== null ? ofTrial(records.soaks, shown.soak.trial) : null;
    if (record === null) {
        return null;
    }
    const { sentence, estimate, interval } = shown.soak;
    return { ...judgedOf(record, reported.soak, shown.soak, null), soak: reported.soak, sentence, estimate, interval };
}

/* The limits that a step violated, in the order in which they break as the load grows. When inside the step each was
 * violated decides nothing. */
function orderLimits(judged, limits) {
    const orders = new Map(limits.map(({ limit, order }) => [limit, order]));
    const orderOf = (limit) => orders.get(limit) ?? Infinity;
    judged.limits.sort((a, b) => (orderOf(a) === orderOf(b) ? 0 : orderOf(a) - orderOf(b)));
    judged.firstLimits = judged.limits.filter((limit) => orderOf(limit) === orderOf(judged.limits[0]));
}

/* Those that break at the lowest load, which need not be those that this one step violated. */
function firstOf(judged, limits) {
    const first = limits.filter(({ order, breaks_at_level: at }) => order === 1 && at !== null);
    if (judged !== null && first.length > 0) {
        judged.firstLimits = first.map(({ limit }) => limit);
    }
}

function backendOf(reported, shown, records) {
    const steps = reported.steps.map((each, i) => judgedOf(records.steps[i], each, shown.steps[i], i));
    const at = (index) => (index !== null ? steps[index] : null);
    steps.forEach((judged) => orderLimits(judged, reported.limits));
    firstOf(at(shown.first_break), reported.limits);
    firstOf(at(shown.lowest_break), reported.limits);
    return {
        name: reported.name,
        reported,
        steps,
        skipped: reported.skipped !== null,
        distrusted: reported.distrusted,
        trials: reported.trials,
        standingTrial: shown.standing_trial,
        lastGood: at(shown.last_good),
        lowestBreak: at(shown.lowest_break),
        firstBreak: at(shown.first_break),
        holdsAt: reported.capacity_level ?? 0,
        breaksAt: reported.breaks_at_level,
        holdsLeast: reported.capacity_least_level ?? 0,
        holdsMost: reported.capacity_most_level ?? 0,
        capacityLow: reported.capacity_low_level,
        capacityHigh: reported.capacity_high_level,
        confidence: reported.capacity_confidence,
        forecasts: records.forecasts,
        recovery: recoveryOf(reported, shown, records),
        soak: soakOf(reported, shown, records),
    };
}

/**
 * `run` as data.js decodes it, `data` what was found of it under the limits in force.
 * @param {any} run
 * @param {any} data
 */
export function find(run, data) {
    const { report, shown } = data;
    const backends = report.backends.map((each, i) => backendOf(each, shown[i], run.recordsOf(each.name)));
    return {
        run: { ...run, report },
        data,
        limits: limitsOf(report.limits),
        backends,
        trusted: backends.filter(({ distrusted }) => distrusted === null),
        common: report.common_level,
    };
}
