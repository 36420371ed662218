// @ts-check
/* Limits as the page's controls take them: read from what a person types, in the words of the command line ("50ms",
 * "0.1%", "512MiB", "none"), and written in those words for the judge. 0 is a limit that is not judged. */

export const PERCENTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 };

const DURATIONS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const SIZES = { B: 1, KiB: 1024, MiB: 1048576, GiB: 1073741824, kB: 1e3, MB: 1e6, GB: 1e9 };
const SHARES = { '%': 1 };

/* A number and its unit; people may leave a space between them. NaN for anything else. */
function withUnit(text, units) {
    const match = /^([0-9][0-9.]*)\s*([A-Za-z%]+)$/.exec(text.trim());
    if (match === null || !(match[2] in units) || !Number.isFinite(Number(match[1]))) {
        return NaN;
    }
    return Number(match[1]) * units[match[2]];
}

function above(value, most) {
    return value > 0 && value <= most ? value : undefined;
}

/* Each gives the limit, 0 for "none" and for nothing, undefined where the text is no limit. */
function reader(read) {
    return (text) => (/^\s*(none)?\s*$/.test(text) ? 0 : read(text));
}

/* The limits of the response time by which the page's log (harness/report/page/page_log.h) can be judged, from 10 us to
 * 10 s. */
const TENTHS = [10, 12, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90];
export const LATENCIES_NS = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
    .flatMap((ten) => TENTHS.map((each) => each * ten))
    .filter((ns) => ns <= 1e10);

/* The place of the nearest of them, by ratio. */
export function nearestLatency(ns) {
    const off = (each) => Math.abs(Math.log(each / Math.max(ns, 1)));
    return LATENCIES_NS.reduce((best, each, i) => (off(each) < off(LATENCIES_NS[best]) ? i : best), 0);
}

export const readLatency = reader((text) => {
    const ns = above(Math.round(withUnit(text, DURATIONS)), 2 ** 53);
    return ns === undefined ? undefined : LATENCIES_NS[nearestLatency(ns)];
});
export const readShare = reader((text) => above(withUnit(text, SHARES) / 100, 1));
export const readSize = reader((text) => above(Math.round(withUnit(text, SIZES)), 2 ** 53));

function trimmed(value) {
    return String(Number(value.toPrecision(9)));
}

function inUnit(value, units) {
    const fitting = units.filter(([, size]) => value >= size).pop() ?? units[0];
    return `${trimmed(value / fitting[1])}${fitting[0]}`;
}

export function writeTime(ns) {
    return ns > 0
        ? inUnit(ns, [
              ['ns', 1],
              ['us', 1e3],
              ['ms', 1e6],
              ['s', 1e9],
          ])
        : 'none';
}

export function writeShare(share) {
    return share > 0 ? `${trimmed(share * 100)}%` : 'none';
}

export function writeSize(bytes) {
    return bytes > 0
        ? inUnit(bytes, [
              ['B', 1],
              ['KiB', 1024],
              ['MiB', 1048576],
              ['GiB', 1073741824],
          ])
        : 'none';
}

/* From the report's limits, where null is "not judged". */
export function limitsOf(reported) {
    return {
        percentile: reported.percentile ?? 0.99,
        latency_ns: reported.latency_ns ?? 0,
        error_share: reported.error_share ?? 0,
        throughput_share: reported.throughput_share ?? 0,
        memory_bytes: reported.memory_bytes ?? 0,
    };
}

export function percentileName(share) {
    return Object.keys(PERCENTILES).find((name) => PERCENTILES[name] === share) ?? 'p99';
}

export function sameLimits(a, b) {
    const sameLatency = a.latency_ns === b.latency_ns && (a.latency_ns === 0 || a.percentile === b.percentile);
    return (
        sameLatency &&
        a.error_share === b.error_share &&
        a.throughput_share === b.throughput_share &&
        a.memory_bytes === b.memory_bytes
    );
}

/* What to add to `twofold report` for these limits instead of those: ["p99=100ms", …]. */
export function assignments(limits, own) {
    const made = [];
    if (
        !sameLimits(
            { ...limits, error_share: 0, throughput_share: 0, memory_bytes: 0 },
            { ...own, error_share: 0, throughput_share: 0, memory_bytes: 0 },
        )
    ) {
        const name = percentileName(limits.latency_ns > 0 ? limits.percentile : own.percentile);
        made.push(`${name}=${writeTime(limits.latency_ns)}`);
    }
    if (limits.error_share !== own.error_share) {
        made.push(`errors=${writeShare(limits.error_share)}`);
    }
    if (limits.throughput_share !== own.throughput_share) {
        made.push(`throughput=${writeShare(limits.throughput_share)}`);
    }
    if (limits.memory_bytes !== own.memory_bytes) {
        made.push(`memory=${writeSize(limits.memory_bytes)}`);
    }
    return made;
}

/* All of them, whatever the run's own are: for the judge. */
export function allAssignments(limits) {
    const name = percentileName(limits.percentile);
    const none = limits.latency_ns > 0 ? [] : [`${name}=1s`]; /* only a percentile that is judged can be left out */
    return [
        ...none,
        `${name}=${writeTime(limits.latency_ns)}`,
        `errors=${writeShare(limits.error_share)}`,
        `throughput=${writeShare(limits.throughput_share)}`,
        `memory=${writeSize(limits.memory_bytes)}`,
    ];
}

/* The percentile that is judged, by name and share; p99 where response time is not judged. */
export function judgedPercentile(limits) {
    const share = limits.latency_ns > 0 ? limits.percentile : 0.99;
    return { name: percentileName(share), share };
}
