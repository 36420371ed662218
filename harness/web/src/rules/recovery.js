/* How a service came back after the ladder. Mirrors harness/analysis/recovery.c. */
import { bucketEnd, decodeCounts } from '../data.js';

const IN_FLIGHT_LEAST = 20;
const SECOND_NS = 1e9;

const memoryOf = ({ pss_bytes: pss, rss_bytes: rss }) => (pss > 0 ? pss : rss);
const since = (from, to) => Math.max(0, to - from);
const sum = (values) => values.reduce((all, value) => all + value, 0);

/* Response times above the limit. */
function late(counts, latency_ns) {
    const pairs = decodeCounts(counts);
    const total = sum(pairs.map(([, count]) => count));
    const below = sum(
        pairs.filter(([bucket]) => bucket === 0 || bucketEnd(bucket - 1) < latency_ns).map(([, count]) => count),
    );
    return { answered: total, late: total - below };
}

function stretchOf(windows, i, limits) {
    const failed = sum(Object.values(windows.failures).map((counts) => counts[i]));
    return {
        offered: windows.offered[i],
        failed,
        good: windows.good[i],
        ...late(windows.counts[i], limits.latency_ns),
    };
}

function add(stretch, window, sign) {
    for (const key of Object.keys(window)) {
        stretch[key] = (stretch[key] ?? 0) + sign * window[key];
    }
}

function holds(stretch, limits) {
    const latency = limits.latency_ns === 0 || stretch.late <= (1 - limits.percentile) * stretch.answered * (1 + 1e-9);
    const errors = limits.error_share <= 0 || stretch.failed <= limits.error_share * stretch.offered;
    const throughput = limits.throughput_share <= 0 || stretch.good >= limits.throughput_share * stretch.offered;
    return latency && errors && throughput;
}

/* The first window from which on it is well; their number where none is. */
function firstWell({ load, windows }, limits, inFlight) {
    const count = windows.offered.length;
    const second = load.window_ns > 0 ? Math.floor((SECOND_NS - 1) / load.window_ns) + 1 : 1;
    const own = windows.offered.map((_, i) => stretchOf(windows, i, limits));
    const rest = {};
    const next = {};
    let well = count;
    for (let i = count - 1; i >= 0; i--) {
        add(rest, own[i], 1);
        add(next, own[i], 1);
        if (i + second < count) {
            add(next, own[i + second], -1);
        }
        if (holds(own[i], limits) && holds(next, limits) && holds(rest, limits) && windows.in_flight[i] <= inFlight) {
            well = i;
        }
    }
    return well;
}

/* `ladder` are the trial's steps of the ladder in order, `record` its recovery, `idle` its memory before any load. */
export function recoveryOf(ladder, record, idle, limits) {
    const first = ladder[0];
    const last = ladder[ladder.length - 1];
    const found = {
        record,
        died: false,
        recovered: false,
        gap_ns: 0,
        after_ns: 0,
        within_ns: 0,
        idle_bytes: memoryOf(idle),
        first_bytes: first !== undefined ? memoryOf(first.memory) : 0,
        highest_bytes: Math.max(0, ...ladder.map(({ memory }) => memoryOf(memory))),
        held_bytes: 0,
    };
    if (last === undefined) {
        return { ...found };
    }
    const { load, windows } = record;
    const gap_ns = since(last.load.started_ns + last.load.measured_ns, load.started_ns);
    const well = firstWell(record, limits, Math.max(IN_FLIGHT_LEAST, ...first.windows.in_flight));
    const died = record.died_at_ns !== null;
    return {
        ...found,
        died,
        recovered: well < windows.offered.length && !died,
        gap_ns,
        after_ns: gap_ns + well * load.window_ns,
        within_ns: gap_ns + load.measured_ns,
        held_bytes: memoryOf(record.memory),
    };
}
