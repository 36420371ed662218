/* Numbers as people read them: the words of harness/report/figures.c and harness/base/units.c. */

function scaled(value, unit) {
    return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${unit}`;
}

export function count(value) {
    return Math.round(value)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, ',');
}

export function time(ns) {
    if (ns === null || ns === undefined) {
        return '–';
    }
    return ns < 999.5
        ? `${Math.round(ns)} ns`
        : ns < 999.5e3
          ? scaled(ns / 1e3, 'µs')
          : ns < 999.5e6
            ? scaled(ns / 1e6, 'ms')
            : ns < 600e9
              ? scaled(ns / 1e9, 's')
              : scaled(ns / 60e9, 'min');
}

export function size(bytes) {
    if (!bytes) {
        return '–';
    }
    return bytes < 1023.5
        ? `${Math.round(bytes)} B`
        : bytes < 1023.5 * 1024
          ? scaled(bytes / 1024, 'KiB')
          : bytes < 1023.5 * 1048576
            ? scaled(bytes / 1048576, 'MiB')
            : scaled(bytes / 1073741824, 'GiB');
}

export function share(value) {
    if (value === null || value === undefined || !(value >= 0)) {
        return '–';
    }
    const percent = value * 100;
    if (value > 0 && value < 0.00005) {
        return '<0.01 %';
    }
    return `${percent.toFixed(percent >= 9.95 || percent === 0 ? 0 : percent >= 0.995 ? 1 : 2)} %`;
}

/* Beside a limit, where rounding must not turn "almost all" into all. */
export function fineShare(value) {
    if (value > 0.99995 && value < 1) {
        return '>99.99 %';
    }
    return value >= 0.0001 && value <= 1
        ? `${Number((value * 100).toPrecision(value > 0.985 ? 4 : 3))} %`
        : share(value);
}

export function rate(rps) {
    return rps > 0 && rps < 9.95 ? `${rps.toFixed(1)}/s` : `${count(rps)}/s`;
}

/* "50.0 ms" as people write limits: "50 ms". */
function trimmed(words) {
    return words.replace(/^(\d+)\.0+ /, '$1 ').replace(/^(\d+\.\d*[1-9])0+ /, '$1 ');
}

/* "3.1 h", "12 min" (harness/report/rise.c) */
export function longTime(seconds) {
    const [unit, name] =
        seconds < 120 ? [1, 's'] : seconds < 7200 ? [60, 'min'] : seconds < 172800 ? [3600, 'h'] : [86400, 'days'];
    return `${(seconds / unit).toFixed(name === 'h' && seconds < 9.95 * unit ? 1 : 0)} ${name}`;
}

export const setTime = (ns) => trimmed(time(ns));
export const setSize = (bytes) => trimmed(size(bytes));
export const setShare = (value) => `${Number((value * 100).toPrecision(6))} %`;

export function percentile(quantile) {
    return `p${Number((quantile * 100).toPrecision(6))}`;
}

/* Ticks: "1k", "128k", "1M". */
export function shortCount(value) {
    const [divided, unit] = value >= 1e6 ? [value / 1e6, 'M'] : value >= 1e3 ? [value / 1e3, 'k'] : [value, ''];
    return `${Number(divided.toPrecision(3))}${unit}`;
}

export function shortTime(ns) {
    const [divided, unit] =
        ns >= 1e9 ? [ns / 1e9, 's'] : ns >= 1e6 ? [ns / 1e6, 'ms'] : ns >= 1e3 ? [ns / 1e3, 'µs'] : [ns, 'ns'];
    return `${Number(divided.toPrecision(3))} ${unit}`;
}

/* What doubles: "32,000/s", "64 connections", "n = 4,096"; for an axis "offered, requests/s". */
export function level(run, value) {
    const { what, level_unit } = run.report.doubling;
    if (what === 'rate') {
        return `${count(value)}/s`;
    }
    if (what === 'open_connections') {
        return `${count(value)} open connection${value === 1 ? '' : 's'}`;
    }
    return what === 'connections'
        ? `${count(value)} connection${value === 1 ? '' : 's'}`
        : `${level_unit} = ${count(value)}`;
}

export function levelAxis(run) {
    const { what, level_unit } = run.report.doubling;
    return what === 'rate' ? 'offered load, requests/s' : what === 'connections' ? 'connections' : level_unit;
}

export function list(words) {
    return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/* A number and its unit stay on one line. */
export function kept(words) {
    return words.replace(/(\d) (?=(?:%|ns|µs|ms|s|min|B|KiB|MiB|GiB)(?![A-Za-z0-9]))/g, '$1\u00a0');
}

export const INVALID_WORDS = {
    send_lag: 'requests left late',
    generator_busy: 'a generator thread was full',
    starved: 'a generator thread was kept from its core',
    opening: 'connections were still being opened',
    unsent: 'requests stayed unsent',
    little: 'counts and times contradict Little’s law',
    foreign: 'other programs held its cores',
    no_requests: 'no request was due',
};

/* The requests that broke a limit by themselves. */
const OF = { all: '', expected_success: ' of what is to be served', expected_error: ' of what is to be refused' };
const FOR = { all: '', expected_success: ' for what is to be served' };

/* "p99 310 ms against 50 ms" */
export function breach(found, limits, step) {
    const { observed, allowed } = found;
    switch (found.limit) {
        case 'latency': {
            const least = step.load.censored > 0 ? 'at least ' : '';
            return `${percentile(limits.percentile)} ${least}${time(observed)} against ${setTime(allowed)}${FOR[found.of]}`;
        }
        case 'errors':
            return `${fineShare(observed)}${OF[found.of]} failed against ${setShare(allowed)}`;
        case 'throughput':
            return `${fineShare(observed)} answered well in time against ${setShare(allowed)}`;
        case 'memory':
            return `${size(observed)} against ${setSize(allowed)}`;
        case 'growth':
            return `memory rose all through the step, at the end by ${size(observed)} a second`;
        case 'queue':
            return `${count(observed)} requests in flight and still growing`;
        default:
            return death(step.reported.death);
    }
}

export function death(reported) {
    if (!reported) {
        return 'how is not known';
    }
    return reported.signal !== null ? `killed by signal ${reported.signal}` : `exit status ${reported.exit_status}`;
}
